package bulk_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/internal/bulk"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

var must = testhouse.Must

// Every letter of the demonstration goes its way through the same intake and
// casework that residents use; what remains verifies, with clocks as its events give.
func TestTheDemonstrationCityIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		stories, err := citypack.DemoStories()
		must(t, err)
		must(t, teller(h, h.Now).Tell(t.Context(), stories, func(int) {}))
		_, err = h.Casework.Sweep(t.Context(), h.Now)
		must(t, err)
		again, err := h.Casework.Sweep(t.Context(), h.Now)
		must(t, err)
		if again != 0 {
			t.Errorf("a second sweep at the same moment wrote %d rungs again", again)
		}
		verify(t, h, len(stories))
	})
}

// Letters of fixed days, and those that get more time, are told whenever the city
// starts: before those days, between them and in years whose holidays are unknown.
func TestLettersOfTheCalendarAreToldWheneverTheCityStarts(t *testing.T) {
	all, err := citypack.DemoStories()
	must(t, err)
	var stories []bulk.Story
	for _, s := range all {
		if strings.HasPrefix(s.ID, "jiaqi-") || strings.HasPrefix(s.ID, "yanqi-") {
			stories = append(stories, s)
		}
	}
	h := testhouse.New(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")))
	for _, row := range []struct {
		start string
		told  int
	}{
		{"2026-08-01 08:00", 1}, {"2026-09-29 23:00", 3}, {"2026-10-09 10:30", 4}, {"2026-10-12 00:30", 4}, {"2027-02-14 21:00", 4}, {"2028-05-03 12:00", 4},
	} {
		start, err := time.ParseInLocation("2006-01-02 15:04", row.start, h.City.Zone())
		must(t, err)
		before, err := h.Store.Totals(t.Context())
		must(t, err)
		must(t, teller(h, start).Tell(t.Context(), stories, func(int) {}))
		after, err := h.Store.Totals(t.Context())
		must(t, err)
		if n := after.Letters - before.Letters; n != row.told {
			t.Errorf("a city of %s has %d of them, want %d", row.start, n, row.told)
		}
		_, err = h.Casework.Sweep(t.Context(), start)
		must(t, err)
	}
}

func teller(h *testhouse.House, start time.Time) *bulk.Teller {
	return &bulk.Teller{Start: start, Intake: h.Intake, Casework: h.Casework,
		Take: func(ctx context.Context, work *casework.Service, l bulk.Standing, step letter.Step, in casework.Input) (string, error) {
			by := h.City.Cast(step, l.Unit, l.Guard, l.Avoid)
			_, err := work.Take(ctx, l.Number, step, by, in)
			return by.Login, err
		}}
}

func verify(t *testing.T, h *testhouse.House, want int) {
	t.Helper()
	states := map[letter.State]int{}
	n, published, overdue, sealed := 0, 0, 0, 0
	must(t, h.Store.EachLetter(t.Context(), func(l *letter.Letter, row letter.Kept) error {
		n++
		states[l.State]++
		for _, f := range l.Verify(row) {
			t.Error(f)
		}
		for _, f := range h.City.Clocks.Verify(l) {
			t.Error(f)
		}
		if l.IsPublic() {
			published++
		}
		if l.Guard != "" {
			sealed++
		}
		if c, ok := l.Clock(letter.SenderClock); ok && c.Running() && c.Overdue(h.Now) {
			overdue++
		}
		return nil
	}))
	if n != want {
		t.Errorf("%d letters, %d stories", n, want)
	}
	if published < 60 || overdue < 5 || sealed < 2 || states[letter.InReview] < 5 || states[letter.Returned] < 1 {
		t.Errorf("published %d, overdue %d, sealed %d, states %v: too little to show", published, overdue, sealed, states)
	}
}
