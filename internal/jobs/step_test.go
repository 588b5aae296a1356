package jobs_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"huiyin/internal/jobs"
	"huiyin/internal/letter"
)

// setClock is a clock that can be set: timers run by the clock that moves it, as
// timers of a machine do, and so does what has passed since a moment it gave.
type setClock struct {
	*clockwork.FakeClock
	mu    sync.Mutex
	by    time.Duration
	given map[time.Time]time.Time // the moving clock's moments by those shown
}

func newSetClock() *setClock {
	return &setClock{FakeClock: clockwork.NewFakeClockAt(start), given: map[time.Time]time.Time{}}
}

func (c *setClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.FakeClock.Now()
	c.given[now.Add(c.by)] = now
	return now.Add(c.by)
}

func (c *setClock) Since(t time.Time) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.FakeClock.Now().Sub(c.given[t])
}

func (c *setClock) set(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.by += by
}

// A machine whose clock is set a day back or forth goes on with its tasks within
// seconds, and a daily one runs when its hour comes by the new time.
func TestTasksGoOnWhenTheClockIsSet(t *testing.T) {
	for what, by := range map[string]time.Duration{"back": -24 * time.Hour, "forth": 23 * time.Hour} {
		t.Run(what, func(t *testing.T) {
			var seen calls
			daily := make(chan time.Time, 9)
			clock := newSetClock()
			r := runBy(t, open(t), jobs.List{Tasks: []jobs.Task{
				{Name: "sweep", Every: 30 * time.Second, Run: func(context.Context, time.Time) error { seen.add("sweep"); return nil }},
				{Name: "daily", Cron: "30 9 * * *", Run: func(_ context.Context, now time.Time) error { daily <- now; return nil }},
			}}, clock, clock.FakeClock)
			r.until(t, time.Second, "it runs", func() bool { return seen.of("sweep") > 1 })
			clock.set(by)
			before, passed := seen.of("sweep"), r.clock.Now()
			// The next one waits for a timer that was set before.
			r.until(t, time.Second, "it runs after the clock was set", func() bool { return seen.of("sweep") > before+1 })
			if took := r.clock.Since(passed); took > 3*time.Minute {
				t.Errorf("two sweeps came after %v", took)
			}
			r.until(t, time.Minute, "the daily task runs", func() bool { return len(daily) > 0 })
			if at := (<-daily).UTC(); at.Hour() != 1 || at.Minute() < 30 || at.Minute() > 35 {
				t.Errorf("the daily task ran at %v", at)
			}
		})
	}
}

// What was leased or waited until tomorrow, which is now the day after, is made.
func TestDeliveriesGoOnWhenTheClockIsSetBack(t *testing.T) {
	q, clock := &queue{}, newSetClock()
	q.add("notice", "fails")
	var seen calls
	r := runBy(t, open(t), jobs.List{Queue: q, Handlers: map[string]jobs.Handler{
		"notice": func(_ context.Context, d letter.Delivery) error {
			if seen.add(d.Number) < 3 {
				return errors.New("no line")
			}
			return nil
		},
	}}, clock, clock.FakeClock)
	r.until(t, 100*time.Millisecond, "it has failed", func() bool { return seen.of("fails") == 1 })
	clock.set(-24 * time.Hour)
	passed := r.clock.Now()
	r.until(t, time.Second, "it is delivered", func() bool { return q.open() == 0 })
	if took := r.clock.Since(passed); took > 2*time.Minute {
		t.Errorf("delivered after %v", took)
	}
}

// A killed process leaves leases behind; the clock may be set before the next start.
func TestLeasesOfTheFutureAreFreeAfterAStart(t *testing.T) {
	q := &queue{}
	q.add("index", "1")
	q.rows[0].until = start.Add(24 * time.Hour)
	r := run(t, open(t), jobs.List{Queue: q, Handlers: map[string]jobs.Handler{
		"index": func(context.Context, letter.Delivery) error { return nil },
	}})
	r.until(t, time.Second, "it is delivered", func() bool { return q.open() == 0 })
	if took := r.clock.Since(start); took > time.Minute {
		t.Errorf("delivered after %v", took)
	}
}

// A process that stood still for a week does each task once and goes on.
func TestTasksGoOnAfterAWeekStopped(t *testing.T) {
	var seen calls
	r := run(t, open(t), jobs.List{Tasks: []jobs.Task{
		{Name: "sweep", Every: 30 * time.Second, Run: func(context.Context, time.Time) error { seen.add("sweep"); return nil }},
	}})
	r.until(t, time.Second, "it runs", func() bool { return seen.of("sweep") > 1 })
	before := seen.of("sweep")
	r.clock.Advance(7 * 24 * time.Hour)
	passed := r.clock.Now()
	r.until(t, time.Second, "it runs again", func() bool { return seen.of("sweep") > before+1 })
	if took := r.clock.Since(passed); took > 2*time.Minute {
		t.Errorf("two sweeps took %v", took)
	}
}
