package jobs

import (
	"context"
	"time"

	"huiyin/internal/letter"
)

// Queue holds the deliveries. The store is one.
type Queue interface {
	// ClaimDeliveries takes up to limit open deliveries of a handler whose time has
	// come and which nobody holds, a letter's events in their order, counts an
	// attempt for each and holds them until now + lease.
	ClaimDeliveries(ctx context.Context, handler string, now time.Time, lease time.Duration, limit int) ([]letter.Delivery, error)
	// FinishDelivery marks it done.
	FinishDelivery(ctx context.Context, d letter.Delivery, now time.Time) error
	// FailDelivery lets nobody take it before next and keeps the cause.
	FailDelivery(ctx context.Context, d letter.Delivery, next time.Time, cause error) error
}

const (
	look  = time.Second // between two looks into the queue
	lease = 2 * time.Minute
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
	down := false
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
		select {
		case <-j.stop:
			return
		case <-tick.Chan():
		case <-poke:
		}
	}
}

// round claims and handles one batch; more says that there may be more.
func (j *Jobs) round(name string, h Handler) (more bool, err error) {
	began := j.clock.Now()
	ctx, cancel := context.WithTimeout(j.ctx, patience)
	defer cancel()
	claimed, err := j.list.Queue.ClaimDeliveries(ctx, name, began, lease, batch)
	if err != nil {
		return false, err
	}
	for _, d := range claimed {
		select {
		case <-j.stop:
			return false, nil
		default:
		}
		if j.clock.Since(began) > patience {
			return true, nil // the rest comes back when its lease ends
		}
		if err := j.hand(ctx, h, d); err != nil {
			return false, err
		}
	}
	return len(claimed) == batch, nil
}

// hand gives one delivery to its handler and records the outcome; an error means
// that the queue could not be told.
func (j *Jobs) hand(ctx context.Context, h Handler, d letter.Delivery) error {
	err := guarded(func() error { return h(ctx, d) })
	if err == nil {
		return j.list.Queue.FinishDelivery(ctx, d, j.clock.Now())
	}
	if j.ctx.Err() != nil {
		return nil // cut off by Stop: not the handler's fault
	}
	next := j.clock.Now().Add(wait(d.Attempts))
	j.log.Warn("delivery failed", "handler", d.Handler, "letter", d.Number, "event", d.Seq, "step", d.Step,
		"attempts", d.Attempts+1, "next", next, "error", err)
	// ctx may be what ran out; the queue is told all the same.
	tell, cancel := context.WithTimeout(j.ctx, lease-patience)
	defer cancel()
	return j.list.Queue.FailDelivery(tell, d, next, err)
}

// wait doubles with each attempt, from two seconds up to an hour.
func wait(attempts int) time.Duration {
	if attempts > 11 {
		return longest
	}
	return min(firstWait<<attempts, longest)
}
