package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"huiyin/internal/jobs"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

func TestEventsInTheDatabaseReachTheirHandlersAgainUntilDone(t *testing.T) {
	both := store.WithHandlers(func(letter.Event, *letter.Letter) []string { return []string{"index", "notice"} })
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var seen calls
		r := runAt(t, open(t), jobs.List{Queue: s, Handlers: map[string]jobs.Handler{
			"index": func(_ context.Context, d letter.Delivery) error { seen.add("index" + d.Number); return nil },
			"notice": func(_ context.Context, d letter.Delivery) error {
				if seen.add("notice"+d.Number) < 3 {
					return errors.New("no line")
				}
				return nil
			},
		}}, clockwork.NewFakeClockAt(start))
		var numbers []string
		for serial := range 5 {
			l := &letter.Letter{Number: letter.NewNumber(start, serial), Key: []byte("0123456789abcdef0123456789abcdef"), Channel: letter.Web,
				Column: letter.Complaints, Kind: letter.Help, Title: "路灯", Body: "坏了", Received: start}
			if err := l.Record(letter.Submission, letter.SenderActor, start, letter.Facts{Digest: l.Digest()}, letter.Facts{}); err != nil {
				t.Fatal(err)
			}
			if err := s.Insert(t.Context(), l, nil); err != nil {
				t.Fatal(err)
			}
			numbers = append(numbers, l.Number)
		}
		r.Poke()
		r.until(t, time.Second, "nothing is pending", func() bool {
			pending, err := s.PendingDeliveries(t.Context())
			return err == nil && len(pending) == 0
		})
		for _, n := range numbers {
			if seen.of("index"+n) != 1 || seen.of("notice"+n) != 3 {
				t.Errorf("%s: index %d times, notice %d times", n, seen.of("index"+n), seen.of("notice"+n))
			}
		}
	}, both)
}
