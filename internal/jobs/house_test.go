package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"huiyin/internal/jobs"
	"huiyin/internal/letter"
	"huiyin/internal/live"
)

var start = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC) // nine in the morning in Shanghai

// queue is the table of deliveries as the interface describes it, in memory.
type queue struct {
	sync.Mutex
	rows   []*row
	broken error
}

type row struct {
	d     letter.Delivery
	until time.Time
	done  bool
}

func (q *queue) add(handler string, numbers ...string) {
	q.Lock()
	defer q.Unlock()
	for _, n := range numbers {
		q.rows = append(q.rows, &row{d: letter.Delivery{Number: n, Seq: 1, Step: letter.Submission, Handler: handler}})
	}
}

func (q *queue) ClaimDeliveries(_ context.Context, handler string, now time.Time, lease time.Duration, limit int) ([]letter.Delivery, error) {
	q.Lock()
	defer q.Unlock()
	var list []letter.Delivery
	for _, r := range q.rows {
		if r.d.Handler == handler && !r.done && !r.until.After(now) && len(list) < limit {
			r.until = now.Add(lease)
			list = append(list, r.d)
			r.d.Attempts++
		}
	}
	return list, q.broken
}

func (q *queue) find(d letter.Delivery) *row {
	for _, r := range q.rows {
		if r.d.Number == d.Number && r.d.Seq == d.Seq && r.d.Handler == d.Handler {
			return r
		}
	}
	return nil
}

func (q *queue) FinishDeliveries(_ context.Context, list []letter.Delivery, _ time.Time) error {
	q.Lock()
	defer q.Unlock()
	for _, d := range list {
		q.find(d).done = true
	}
	return q.broken
}

func (q *queue) FailDeliveries(_ context.Context, list []letter.Delivery, next time.Time, cause error) error {
	q.Lock()
	defer q.Unlock()
	for _, d := range list {
		q.find(d).until = next
	}
	return q.broken
}

func (q *queue) DeferDeliveries(ctx context.Context, list []letter.Delivery, next time.Time, cause error) error {
	q.Lock()
	for _, d := range list {
		q.find(d).d.Attempts--
	}
	q.Unlock()
	return q.FailDeliveries(ctx, list, next, cause)
}

func (q *queue) FreeDeliveries(_ context.Context, handler string, beyond time.Time) (n int64, err error) {
	q.Lock()
	defer q.Unlock()
	for _, r := range q.rows {
		if r.d.Handler == handler && !r.done && r.until.After(beyond) {
			r.until = time.Time{}
			n++
		}
	}
	return n, q.broken
}

func (q *queue) open() int {
	q.Lock()
	defer q.Unlock()
	n := 0
	for _, r := range q.rows {
		if !r.done {
			n++
		}
	}
	return n
}

// page is a log that many goroutines write.
type page struct {
	sync.Mutex
	bytes.Buffer
}

func (p *page) Write(b []byte) (int, error) {
	p.Lock()
	defer p.Unlock()
	return p.Buffer.Write(b)
}

func (p *page) String() string {
	p.Lock()
	defer p.Unlock()
	return p.Buffer.String()
}

type slots struct{ *live.Live }

func open(t *testing.T) slots {
	l, err := live.Open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return slots{l}
}

type running struct {
	*jobs.Jobs
	clock *clockwork.FakeClock
	log   *page
}

func run(t *testing.T, s jobs.Slots, list jobs.List) running {
	t.Helper()
	return runAt(t, s, list, clockwork.NewFakeClockAt(start))
}

func runAt(t *testing.T, s jobs.Slots, list jobs.List, clock *clockwork.FakeClock) running {
	t.Helper()
	return runBy(t, s, list, clock, clock)
}

// runBy runs by a clock that shows another time than the one that moves it.
func runBy(t *testing.T, s jobs.Slots, list jobs.List, shown clockwork.Clock, clock *clockwork.FakeClock) running {
	t.Helper()
	if list.Queue == nil {
		list.Queue = &queue{}
	}
	log := &page{}
	j, err := jobs.New(list, s, slog.New(slog.NewTextHandler(log, nil)), shown)
	if err != nil {
		t.Fatal(err)
	}
	j.Start()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := j.Stop(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
	return running{j, clock, log}
}

// until lets time go on in steps until something is so.
func (r running) until(t *testing.T, step time.Duration, what string, done func() bool) {
	t.Helper()
	end := time.Now().Add(10 * time.Second)
	for !done() {
		if time.Now().After(end) {
			t.Fatalf("never: %s\n%s", what, r.log)
		}
		r.clock.Advance(step)
		time.Sleep(2 * time.Millisecond)
	}
}

// calls counts by key.
type calls struct {
	sync.Mutex
	n map[string]int
}

func (c *calls) add(key string) int {
	c.Lock()
	defer c.Unlock()
	if c.n == nil {
		c.n = map[string]int{}
	}
	c.n[key]++
	return c.n[key]
}

func (c *calls) of(key string) int {
	c.Lock()
	defer c.Unlock()
	return c.n[key]
}
