package bulk_test

import (
	"context"
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/bulk"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/vault"
)

// house is the demonstration city on a real database.
type house struct {
	city     *citypack.Snapshot
	store    *store.Store
	intake   *intake.Service
	casework *casework.Service
}

var start = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func open(t *testing.T, s *store.Store) *house {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	must(t, err)
	pack, err := citypack.Demo()
	must(t, err)
	city, err := pack.Snapshot(zone, "test")
	must(t, err)
	words, err := segment.Open(t.TempDir(), append(city.Router.Words(), pack.City.Words...))
	must(t, err)
	keys, err := vault.Open(t.TempDir())
	must(t, err)
	now := func() time.Time { return start }
	return &house{city: city, store: s,
		intake: &intake.Service{Letters: s, Words: words, Vault: keys, Now: now, Limits: intake.DefaultLimits,
			City: func() intake.City { return intake.City{Router: city.Router, Clocks: city.Clocks} }},
		casework: &casework.Service{Letters: s, Now: now,
			City: func() casework.City { return casework.City{Router: city.Router, Clocks: city.Clocks} }},
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Every letter of the demonstration goes its way through the same intake and
// casework that residents use; what remains verifies, with clocks as its events give.
func TestTheDemonstrationCityIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := open(t, s)
		stories, err := citypack.DemoStories()
		must(t, err)
		teller := bulk.Teller{Start: start, Intake: h.intake, Casework: h.casework,
			Take: func(ctx context.Context, work *casework.Service, l bulk.Standing, step letter.Step, in casework.Input) (string, error) {
				by := h.city.Cast(step, l.Unit, l.Guard, l.Avoid)
				_, err := work.Take(ctx, l.Number, step, by, in)
				return by.Login, err
			}}
		must(t, teller.Tell(t.Context(), stories, func(int) {}))
		_, err = h.casework.Sweep(t.Context(), start)
		must(t, err)
		again, err := h.casework.Sweep(t.Context(), start)
		must(t, err)
		if again != 0 {
			t.Errorf("a second sweep at the same moment wrote %d rungs again", again)
		}
		h.verify(t, len(stories))
	})
}

func (h *house) verify(t *testing.T, want int) {
	t.Helper()
	states := map[letter.State]int{}
	n, published, overdue, sealed := 0, 0, 0, 0
	must(t, h.store.EachLetter(t.Context(), func(l *letter.Letter, row letter.Kept) error {
		n++
		states[l.State]++
		for _, f := range l.Verify(row) {
			t.Error(f)
		}
		for _, f := range h.city.Clocks.Verify(l) {
			t.Error(f)
		}
		if l.IsPublic() {
			published++
		}
		if l.Guard != "" {
			sealed++
		}
		if c, ok := l.Clock(letter.SenderClock); ok && c.Running() && c.Overdue(start) {
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
