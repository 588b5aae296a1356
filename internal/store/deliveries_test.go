package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

var twoHandlers = store.WithHandlers(func(e letter.Event, _ *letter.Letter) []string {
	if e.Step == letter.Submission {
		return []string{"notice", "index"}
	}
	return []string{"notice"}
})

func TestEachDeliveryHasOneHolder(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		one, two := storetest.Open(t, url, twoHandlers), storetest.Open(t, url, twoHandlers)
		for i := range 40 {
			insert(t, one, written(i+1))
		}
		var mu sync.Mutex
		held := map[string]int{}
		var wait sync.WaitGroup
		for i := range 8 {
			s := []*store.Store{one, two}[i%2]
			wait.Go(func() {
				for {
					list, err := s.ClaimDeliveries(t.Context(), "notice", day, time.Minute, 7)
					if err != nil {
						t.Error(err)
					}
					if len(list) == 0 {
						return
					}
					mu.Lock()
					for _, d := range list {
						held[fmt.Sprint(d.Number, d.Seq)]++
					}
					mu.Unlock()
				}
			})
		}
		wait.Wait()
		if len(held) != 80 {
			t.Errorf("%d deliveries were claimed, want 80", len(held))
		}
		for d, n := range held {
			if n != 1 {
				t.Errorf("%s was claimed %d times", d, n)
			}
		}
	})
}

func TestALeaseThatRunsOutIsGivenAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		insert(t, s, written(1))
		claim := func(at time.Time) []letter.Delivery {
			t.Helper()
			list, err := s.ClaimDeliveries(t.Context(), "notice", at, time.Minute, 10)
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		first := claim(day)
		if len(first) != 2 || first[0].Seq != 1 || first[0].Step != letter.Submission || first[1].Seq != 2 || first[0].Attempts != 0 {
			t.Fatalf("claimed %+v", first)
		}
		if list := claim(day.Add(59 * time.Second)); len(list) != 0 {
			t.Errorf("claimed again during the lease: %+v", list)
		}
		again := claim(day.Add(time.Minute))
		if len(again) != 2 || again[0].Attempts != 1 {
			t.Fatalf("after the lease: %+v", again)
		}
		if err := s.FinishDeliveries(t.Context(), again[:1], day); err != nil {
			t.Fatal(err)
		}
		if err := s.FailDeliveries(t.Context(), again[1:], day.Add(time.Hour), errors.New("no line")); err != nil {
			t.Fatal(err)
		}
		if list := claim(day.Add(59 * time.Minute)); len(list) != 0 {
			t.Errorf("a failed one came before its next try: %+v", list)
		}
		if list := claim(day.Add(time.Hour)); len(list) != 1 || list[0].Seq != 2 || list[0].Attempts != 2 {
			t.Errorf("at its next try: %+v", list)
		} else if err := s.DeferDeliveries(t.Context(), list, day.Add(2*time.Hour), errors.New("line engaged")); err != nil {
			t.Fatal(err)
		}
		if list := claim(day.Add(119 * time.Minute)); len(list) != 0 {
			t.Errorf("a deferred one came before its time: %+v", list)
		}
		if list := claim(day.Add(2 * time.Hour)); len(list) != 1 || list[0].Attempts != 2 {
			t.Errorf("deferred: %+v", list)
		}
		pending, err := s.PendingDeliveries(t.Context())
		if err != nil || pending["notice"] != 1 || pending["index"] != 1 {
			t.Errorf("pending %v %v", pending, err)
		}
		if err := s.Forget(t.Context(), store.Expiry{Deliveries: day.Add(time.Millisecond)}); err != nil {
			t.Fatal(err)
		}
		if totals, err := s.Totals(t.Context()); err != nil || totals.Pending != 2 {
			t.Errorf("forgetting what is done took what is pending: %+v %v", totals, err)
		}
	}, twoHandlers)
}

func TestOnlyFreshEventsAreDelivered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := written(1)
		insert(t, s, l)
		_, err := s.Update(t.Context(), l.Number, func(l *letter.Letter) error {
			return l.Record(letter.Withdrawal, letter.SenderActor, day, letter.Facts{}, letter.Facts{})
		})
		if err != nil {
			t.Fatal(err)
		}
		if pending, err := s.PendingDeliveries(t.Context()); err != nil || pending["notice"] != 3 || pending["index"] != 1 {
			t.Errorf("pending %v %v", pending, err)
		}
	}, twoHandlers)
}

func TestRungsOfRunningClocksComeWhenTheirMomentHasCome(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		running, paused, stopped := written(1), written(2), written(3)
		for i := range paused.Clocks {
			paused.Clocks[i].PausedSince = day.Add(time.Hour)
			stopped.Clocks[i].Stopped = day.Add(time.Hour)
		}
		insert(t, s, running, paused, stopped)
		for _, c := range []struct {
			after time.Duration
			want  int
		}{{40*time.Hour - time.Millisecond, 0}, {40 * time.Hour, 1}, {48 * time.Hour, 2}} {
			due, err := s.DueRungs(t.Context(), day.Add(c.after), letter.DueRung{}, 10)
			if err != nil || len(due) != c.want {
				t.Fatalf("after %v: %+v %v, want %d", c.after, due, err, c.want)
			}
			for i, at := range []time.Duration{40 * time.Hour, 48 * time.Hour}[:c.want] {
				if due[i] != (letter.DueRung{Number: running.Number, At: day.Add(at)}) {
					t.Errorf("got %+v", due)
				}
			}
		}
	})
}
