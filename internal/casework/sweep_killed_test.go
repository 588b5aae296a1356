package casework_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

const sweptDatabase = "HUIYIN_SWEPT_DATABASE"

// TestSweepToBeKilled is the process that the next test kills.
func TestSweepToBeKilled(t *testing.T) {
	url := os.Getenv(sweptDatabase)
	if url == "" {
		t.Skip("runs only as the process of TestAKilledSweepIsFinishedByTheNext")
	}
	h := testhouse.New(t, storetest.Open(t, url, toNotice))
	_, err := h.Casework.Sweep(t.Context(), day(t, "2026-12-02 08:00"))
	must(t, err)
}

// A process killed with kill -9 amid a sweep has written whole letters only, and
// the next sweep finishes its work: no rung twice, none lost.
func TestAKilledSweepIsFinishedByTheNext(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		h := &house{testhouse.New(t, storetest.Open(t, url, toNotice))}
		var numbers []string
		for range 800 {
			numbers = append(numbers, h.lamps())
		}
		before := events(t, h.Store)
		child := exec.Command(os.Args[0], "-test.run", "^TestSweepToBeKilled$")
		child.Env = append(os.Environ(), sweptDatabase+"="+url)
		must(t, child.Start())
		end := time.Now().Add(time.Minute)
		for events(t, h.Store) == before && time.Now().Before(end) {
			time.Sleep(time.Millisecond) // between two questions, not for something to happen
		}
		must(t, child.Process.Kill())
		if err := child.Wait(); err == nil {
			t.Error("it ended before it was killed")
		}
		if n := events(t, h.Store) - before; n == 0 || n == 8*len(numbers) {
			t.Errorf("%d events at the kill: it shows nothing", n)
		}
		h.sweep(day(t, "2026-12-02 08:00"))
		for _, number := range numbers {
			l := h.Read(number)
			if got := rungs(t, l); strings.Count(got, ",") != 7 || len(l.Events) != 10 {
				t.Fatalf("%d events: %s", len(l.Events), got)
			}
		}
		must(t, h.Store.EachLetter(t.Context(), func(l *letter.Letter, kept letter.Kept) error {
			for _, f := range append(l.Verify(kept), h.City.Clocks.Verify(l)...) {
				t.Error(f)
			}
			return nil
		}))
	})
}

func events(t *testing.T, s *store.Store) int {
	t.Helper()
	totals, err := s.Totals(t.Context())
	must(t, err)
	return totals.Events
}
