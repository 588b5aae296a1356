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
	// FailDelivery lets nobody take it before next and keeps the cause.
	FailDelivery(ctx context.Context, d letter.Delivery, next time.Time, cause error) error
	// FreeDeliveries lets those be taken at once that nobody could take until some
	// moment after beyond, and counts them.
	FreeDeliveries(ctx context.Context, handler string, beyond time.Time) (int64, error)
}

const (
	look  = time.Second           // between two looks into the queue
	rest  = 20 * time.Millisecond // after a poke: what comes close together is handed over together
	lease = 30 * time.Second      // how long events wait whose process was killed
	batch = 64
	// Work on a batch stops here, with time left to say so before the lease ends.
	patience = lease * 3 / 4

	firstWait = 2 * time.Second
	longest   = time.Hour
)

// deliver hands one handler its events, one after the other: two at once could
// put an older state of a letter over a newer one.
func (j *Jobs) deliver(name string, h Handler, poke <-chan struct{}) {
	defer j.loops.Done()
	tick := j.clock.NewTicker(look)
	defer tick.Stop()
	down, poked := false, false
	for {
		more, err := j.round(name, h)
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
func (j *Jobs) round(name string, h Handler) (more bool, err error) {
	began := j.clock.Now()
	ctx, cancel := context.WithTimeout(j.ctx, patience)
	defer cancel()
	claimed, err := j.list.Queue.ClaimDeliveries(ctx, name, began, lease, batch)
	if err != nil || len(claimed) == 0 {
		return false, err
	}
	done, err := j.handAll(ctx, h, claimed, began)
	// ctx may be what ran out; the queue is told all the same.
	tell, cancel := context.WithTimeout(j.ctx, lease-patience)
	defer cancel()
	if len(done) > 0 {
		err = errors.Join(err, j.list.Queue.FinishDeliveries(tell, done, j.clock.Now()))
	}
	return err == nil && len(claimed) == batch, err
}

// handAll gives the deliveries to their handler one by one and returns those that
// are done, which are recorded together: one flush to disk for all. It ends early
// when the program stops or the lease runs out; the rest comes back after that.
func (j *Jobs) handAll(ctx context.Context, h Handler, claimed []letter.Delivery, began time.Time) (done []letter.Delivery, err error) {
	for _, d := range claimed {
		select {
		case <-j.stop:
			return done, nil
		default:
		}
		if j.clock.Since(began) > patience {
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
	return j.list.Queue.FailDelivery(tell, d, next, cause)
}

// wait doubles with each attempt, from two seconds up to an hour.
func wait(attempts int) time.Duration {
	if attempts > 11 {
		return longest
	}
	return min(firstWait<<attempts, longest)
}
