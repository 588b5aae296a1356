package casework

import (
	"context"
	"errors"
	"fmt"
	"time"

	"huiyin/internal/letter"
)

// sweepBatch is how many rungs one look takes; the next look takes the rest.
const sweepBatch = 500

// Sweep writes one event for every rung whose moment has passed by now, stamped
// with that moment, and takes the steps that time takes: automatic acceptance,
// closure, and the end of a pause that lasted as long as it may. It may run in two replicas at once; what another one did is
// found done. It returns how many events it wrote.
func (s *Service) Sweep(ctx context.Context, now time.Time) (int, error) {
	written := 0
	for {
		n, err := s.look(ctx, now)
		written += n
		// One letter that cannot be written must not hold up the others. Writing one
		// rung may show that the next one has passed too: look again.
		if n == 0 || ctx.Err() != nil {
			return written, err // what failed is found again by every look
		}
	}
}

// look takes one batch of due rungs.
func (s *Service) look(ctx context.Context, now time.Time) (written int, err error) {
	due, err := s.Letters.DueRungs(ctx, now, sweepBatch)
	if err != nil {
		return 0, fmt.Errorf("find due rungs: %w", err)
	}
	var failed error
	for _, d := range due {
		err := s.rung(ctx, d, now)
		if errors.Is(err, errDone) {
			continue
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("rung %s of %s: %w", d.Rung, d.Number, err))
			continue
		}
		written++
	}
	return written, failed
}

// errDone says that somebody else wrote this rung, or that the clock stopped meanwhile.
var errDone = errors.New("done meanwhile")

func (s *Service) rung(ctx context.Context, d letter.DueRung, now time.Time) error {
	city := s.City()
	_, err := s.Letters.Update(ctx, d.Number, func(l *letter.Letter) error {
		changed, err := current(l, city, now)
		if err != nil {
			return err
		}
		c, ok := next(l, d)
		if !ok && changed {
			return nil // the rules in force put it off
		}
		if !ok {
			return errDone
		}
		step, public, private := timeTakes(c)
		if err := l.Record(step, letter.TimeActor, c.NextRung, public, private); err != nil {
			return err
		}
		settle(l, city)
		return nil
	})
	return err
}

// timeTakes is the step that the next rung of a clock leads to.
func timeTakes(c letter.Clock) (step letter.Step, public, private letter.Facts) {
	if c.RungName == letter.DueRungName {
		switch c.Name {
		case letter.AcceptanceClock:
			return letter.Acceptance, public, private
		case letter.FollowUpClock:
			return letter.Closure, public, private
		case letter.SupplementClock:
			return letter.Supplement, public, letter.Facts{Text: "等待补充的期限已到，来信人没有补充，按现有情况继续办理。"}
		case letter.SuspensionClock:
			return letter.Resumption, public, letter.Facts{Text: "中止计时的最长期限已到，时限恢复计算。"}
		}
	}
	return letter.Rung, letter.Facts{Clock: c.Name, Rung: c.RungName, Unit: c.Unit}, private
}

// next finds the clock that d speaks of, if its next rung is still the one due.
func next(l *letter.Letter, d letter.DueRung) (letter.Clock, bool) {
	for _, c := range l.Clocks {
		if c.Running() && c.Name == d.Clock && c.Part == d.Part && c.RungName == d.Rung && c.NextRung.Equal(d.At) {
			return c, true
		}
	}
	return letter.Clock{}, false
}
