package casework_test

import (
	"database/sql"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

var toNotice = store.WithHandlers(func(letter.Event, *letter.Letter) []string { return []string{"notice"} })

// poison makes a letter that cannot be written: the place of its next event's
// delivery is taken.
func poison(t *testing.T, url string, numbers ...string) {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(url, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, url)
	must(t, err)
	defer db.Close()
	for _, n := range numbers {
		_, err := db.Exec(`INSERT INTO deliveries (letter, seq, handler, step, attempts, lease_until, done_at, last_error)
			VALUES ($1, 3, 'notice', 'acceptance', 0, 0, 0, '')`, n)
		must(t, err)
	}
}

// More letters than are written together cannot be written and are due before all
// others: the others are written all the same, and the log stays readable.
func TestManyFailingLettersDoNotHoldUpTheOthers(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		h := &house{testhouse.New(t, storetest.Open(t, url, toNotice))}
		var failing, rest []string
		for range 260 {
			failing = append(failing, h.lamps())
		}
		h.Now = h.Now.Add(time.Minute)
		for range 3 {
			rest = append(rest, h.lamps())
		}
		poison(t, url, failing...)
		n, err := h.Casework.Sweep(t.Context(), day(t, "2026-11-25 08:00"))
		if n != len(rest) || err == nil || !strings.Contains(err.Error(), failing[0]) || !strings.Contains(err.Error(), "and 240 more letters") {
			t.Errorf("%d events; %v", n, err)
		}
		for _, number := range rest {
			if l := h.Read(number); l.State != letter.Handling {
				t.Errorf("%s is %s", number, l.State)
			}
		}
		if l := h.Read(failing[0]); l.State != letter.Assigned || len(l.Events) != 2 {
			t.Errorf("%s with %d events", l.State, len(l.Events))
		}
	})
}

// The machine's clock jumps about while letters wait: no rung is written twice,
// none is lost, and each bears its own moment.
func TestRungsDoNotMindAClockThatIsSet(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.lamps()
		for _, now := range []string{
			"2026-11-24 12:00", "2026-11-25 12:00", "2026-11-24 12:00", // a day forth and back
			"2026-11-23 10:30", "2026-11-26 13:00", "2026-11-25 13:00", "2026-11-28 08:00", "2026-11-27 08:00",
			"2026-12-05 08:00", "2026-11-28 08:00", // the process stood still for a week, then the clock was corrected
			"2026-12-05 08:00",
		} {
			h.sweep(day(t, now))
		}
		want := "acceptance 11-24 23:59, unit/half 11-26 12:00, sender/reminder 11-27 23:59, unit/reminder 11-27 23:59, " +
			"sender/overdue 11-30 23:59, unit/overdue 11-30 23:59, sender/supervision 12-01 23:59, unit/supervision 12-01 23:59"
		if got := rungs(t, h.Read(number)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}

// Two replicas sweep at the same time: together they write each rung once.
func TestTwoReplicasWriteEachRungOnce(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		h := &house{testhouse.New(t, storetest.Open(t, url, toNotice))}
		var numbers []string
		for range 40 {
			numbers = append(numbers, h.lamps())
		}
		other := testhouse.New(t, storetest.Open(t, url, toNotice))
		var wait sync.WaitGroup
		for _, replica := range []*testhouse.House{h.House, other, h.House, other} {
			wait.Go(func() {
				if _, err := replica.Casework.Sweep(t.Context(), day(t, "2026-12-02 08:00")); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		for _, number := range numbers {
			l := h.Read(number)
			if got := strings.Count(rungs(t, l), ",") + 1; got != 8 {
				t.Errorf("%d events of time, want 8: %s", got, rungs(t, l))
			}
			if f := h.City.Clocks.Verify(l); len(f) != 0 {
				t.Error(f)
			}
		}
	})
}
