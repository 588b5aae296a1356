package jobs

import (
	"context"
	"errors"
	"time"

	"huiyin/internal/letter"
)

// Queue holds the deliveries. The store is one.
type Queue interface {
	// ClaimDeliveries takes up to limit open deliveries of a handler whose time has
	// come and which nobody holds, a letter's events in their order, counts an
	// attempt for each and holds them until now + lease.
	ClaimDeliveries(ctx context.Context, handler string, now time.Time, lease time.Duration, limit int) ([]letter.Delivery, error)
	// FinishDeliveries marks them done, all or none.
	FinishDeliveries(ctx context.Context, list []letter.Delivery, now time.Time) error
	// FailDeliveries lets nobody take them before next and keeps the cause.
	FailDeliveries(ctx context.Context, list []letter.Delivery, next time.Time, cause error) error
	// DeferDeliveries does the same and does not count the attempt.
	DeferDeliveries(ctx context.Context, list []letter.Delivery, next time.Time, cause error) error
	// FreeDeliveries lets those be taken at once that nobody could take until some
	// moment after beyond, and counts them.
	FreeDeliveries(ctx context.Context, handler string, beyond time.Time) (int64, error)
}

const (
	look  = time.Second           // between two looks into the queue
	rest  = 20 * time.Millisecond // after a poke: what comes close together is handed over together
	lease = 30 * time.Second      // how long events wait whose process was killed
	few   = 64                    // taken at once for a Handler
	many  = 400                   // taken at once for a Batch: more saves no time
	// Work on a batch stops here, with time left to say so before the lease ends.
	patience = lease * 3 / 4

	firstWait = 2 * time.Second
	longest   = time.Hour
	aside     = 5 * time.Second // after a conflict, which is no fault of the event and may last an hour or end at once
)

// way is how one handler gets its events.
type way struct {
	limit int // taken at once
	// hand hands them over and returns those that are done.
	hand func(ctx context.Context, claimed []letter.Delivery, began time.Time) (done []letter.Delivery, err error)
}

// ways gives the way of each handler of the list.
func (j *Jobs) ways() map[string]way {
	ways := make(map[string]way, len(j.list.Handlers)+len(j.list.Batches))
	for name, h := range j.list.Handlers {
		ways[name] = way{few, func(ctx context.Context, claimed []letter.Delivery, began time.Time) ([]letter.Delivery, error) {
			return j.handAll(ctx, h, claimed, began)
		}}
	}
	for name, b := range j.list.Batches {
		ways[name] = way{many, func(ctx context.Context, claimed []letter.Delivery, began time.Time) ([]letter.Delivery, error) {
			return j.handMany(ctx, b, claimed, began)
		}}
	}
	return ways
}

// deliver hands one handler its events, one after the other: two at once could
// put an older state of a letter over a newer one.
func (j *Jobs) deliver(name string, w way, poke <-chan struct{}) {
	defer j.loops.Done()
	tick := j.clock.NewTicker(look)
	defer tick.Stop()
	down, poked := false, false
	for {
		more, err := j.round(name, w)
		switch {
		case err != nil && !down:
			j.log.Error("deliveries stand still", "handler", name, "error", err)
		case err == nil && down:
			j.log.Info("deliveries go on", "handler", name)
		}
		down = err != nil
		if more {
			select {
			case <-j.stop:
				return
			default:
				continue
			}
		}
		if poked {
			select {
			case <-j.stop:
				return
			case <-j.clock.After(rest):
			}
		}
		poked = false
		select {
		case <-j.stop:
			return
		case <-tick.Chan():
		case <-poke:
			poked = true
		}
	}
}

// round claims and handles one batch; more says that there may be more.
func (j *Jobs) round(name string, w way) (more bool, err error) {
	began := j.clock.Now()
	ctx, cancel := context.WithTimeout(j.ctx, patience)
	defer cancel()
	claimed, err := j.list.Queue.ClaimDeliveries(ctx, name, began, lease, w.limit)
	if err != nil || len(claimed) == 0 {
		return false, err
	}
	done, err := w.hand(ctx, claimed, began)
	// ctx may be what ran out; the queue is told all the same.
	tell, cancel := context.WithTimeout(j.ctx, lease-patience)
	defer cancel()
	if len(done) > 0 {
		err = errors.Join(err, j.list.Queue.FinishDeliveries(tell, done, j.clock.Now()))
	}
	return err == nil && len(claimed) == w.limit, err
}

// handAll gives the deliveries to their handler one by one and returns those that
// are done, which are recorded together: one flush to disk for all. It ends early
// when the program stops or the lease runs out; the rest comes back after that.
func (j *Jobs) handAll(ctx context.Context, h Handler, claimed []letter.Delivery, began time.Time) (done []letter.Delivery, err error) {
	for _, d := range claimed {
		if j.tooLate(began) {
			return done, nil
		}
		failure := guarded(func() error { return h(ctx, d) })
		if failure == nil {
			done = append(done, d)
			continue
		}
		if j.ctx.Err() != nil {
			return done, nil // cut off by Stop: not the handler's fault
		}
		if err := j.failed(d, failure); err != nil {
			return done, err
		}
	}
	return done, nil
}

// failed gives a delivery back for a later try.
func (j *Jobs) failed(d letter.Delivery, cause error) error {
	next := j.clock.Now().Add(wait(d.Attempts))
	j.log.Warn("delivery failed", "handler", d.Handler, "letter", d.Number, "event", d.Seq, "step", d.Step,
		"attempts", d.Attempts+1, "next", next, "error", cause)
	tell, cancel := context.WithTimeout(j.ctx, lease-patience)
	defer cancel()
	return j.list.Queue.FailDeliveries(tell, []letter.Delivery{d}, next, cause)
}

// wait doubles with each attempt, from two seconds up to an hour.
func wait(attempts int) time.Duration {
	if attempts > 11 {
		return longest
	}
	return min(firstWait<<attempts, longest)
}
