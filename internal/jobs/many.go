package jobs

import (
	"context"
	"time"

	"huiyin/internal/letter"
)

// handMany gives the deliveries to their handler all at once and returns those that are done. What fails is tried again
// in halves down to the letters that cannot be handled, each of which waits alone.
func (j *Jobs) handMany(ctx context.Context, b Batch, list []letter.Delivery, began time.Time) (done []letter.Delivery, err error) {
	if len(list) == 0 || j.tooLate(began) {
		return nil, nil
	}
	failure := guarded(func() error { return b(ctx, list) })
	switch {
	case failure == nil:
		return list, nil
	case j.ctx.Err() != nil:
		return nil, nil // cut off by Stop: not the handler's fault
	case letter.IsKind(failure, letter.KindConflict):
		return nil, j.inTheWay(list, failure)
	case len(list) == 1:
		return nil, j.failed(list[0], failure)
	case letter.IsKind(failure, letter.KindUnavailable):
		return nil, j.allFailed(list, failure)
	}
	half := len(list) / 2
	if done, err = j.handMany(ctx, b, list[:half:half], began); err != nil {
		return done, err
	}
	rest, err := j.handMany(ctx, b, list[half:], began)
	return append(done, rest...), err
}

// tooLate says that the program stops or the lease nearly ran out: what is not handed over yet comes back after that.
func (j *Jobs) tooLate(began time.Time) bool {
	select {
	case <-j.stop:
		return true
	default:
		return j.clock.Since(began) > patience
	}
}

// allFailed gives deliveries back for a later try that no handler could take: each as late as its own attempts say.
func (j *Jobs) allFailed(list []letter.Delivery, cause error) error {
	tell, cancel := context.WithTimeout(j.ctx, lease-patience)
	defer cancel()
	now := j.clock.Now()
	byWait := map[time.Duration][]letter.Delivery{}
	for _, d := range list {
		byWait[wait(d.Attempts)] = append(byWait[wait(d.Attempts)], d)
	}
	for length, some := range byWait {
		j.log.Warn("deliveries failed", "handler", some[0].Handler, "count", len(some), "next", now.Add(length), "error", cause)
		if err := j.list.Queue.FailDeliveries(tell, some, now.Add(length), cause); err != nil {
			return err
		}
	}
	return nil
}

// inTheWay gives deliveries back that met other work: they come again as soon as that may be over, however often.
func (j *Jobs) inTheWay(list []letter.Delivery, cause error) error {
	tell, cancel := context.WithTimeout(j.ctx, lease-patience)
	defer cancel()
	next := j.clock.Now().Add(aside)
	j.log.Warn("deliveries wait for other work", "handler", list[0].Handler, "count", len(list), "next", next, "error", cause)
	return j.list.Queue.DeferDeliveries(tell, list, next, cause)
}
