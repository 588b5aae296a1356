package casework

import (
	"context"
	"errors"
	"fmt"
	"time"

	"huiyin/internal/letter"
)

const sweepPage = 10_000 // rungs that one look finds

// Sweep writes one event for every rung whose moment has passed by now, stamped
// with that moment, and takes the steps that time takes: automatic acceptance,
// closure, and the end of a pause that lasted as long as it may. It may run in two replicas at
// once; what another one did is found done. It returns how many events it wrote.
//
// Letters that cannot be written do not hold up the others, however many they
// are: they are passed over, named in the error and tried again by the next sweep.
func (s *Service) Sweep(ctx context.Context, now time.Time) (written int, err error) {
	done := newTally()
	var last letter.DueRung
	for {
		due, err := s.Letters.DueRungs(ctx, now, last, sweepPage)
		if err != nil {
			return done.done, errors.Join(fmt.Errorf("find due rungs: %w", err), done.failures("sweep"))
		}
		if len(due) == 0 {
			return done.done, done.failures("sweep")
		}
		last = due[len(due)-1]
		done.byHands(ctx, lettersOf(due), sweepBatch, func(batch []string) (int, map[string]error) { return s.play(ctx, now, batch) })
		if ctx.Err() != nil {
			return done.done, errors.Join(ctx.Err(), done.failures("sweep"))
		}
	}
}

// lettersOf names each letter once, in the order of its oldest rung.
func lettersOf(due []letter.DueRung) []string {
	seen := make(map[string]bool, len(due))
	var numbers []string
	for _, d := range due {
		if !seen[d.Number] {
			seen[d.Number] = true
			numbers = append(numbers, d.Number)
		}
	}
	return numbers
}

// play writes all due rungs of some letters together.
func (s *Service) play(ctx context.Context, now time.Time, numbers []string) (written int, failed map[string]error) {
	city := s.City()
	rungs := make(map[string]int, len(numbers))
	failed = s.Letters.UpdateMany(ctx, numbers, func(l *letter.Letter) (err error) {
		rungs[l.Number], err = playAll(l, city, now)
		return err
	})
	for number, n := range rungs {
		if failed[number] == nil {
			written += n
		}
	}
	return written, failed
}

// mostRungs ends a letter whose rungs do not end: a ladder has a handful for each
// clock, and a letter a handful of clocks.
const mostRungs = 200

// playAll takes the steps that are due, the oldest first; each may start and stop
// clocks and so make others due. None is due when another replica was faster.
//
// A step that somebody takes comes after them too. Otherwise an answer given before
// the next sweep would stop its clock and lose the rungs that it had passed, and
// what the history says would depend on how often sweeps come.
func playAll(l *letter.Letter, city City, now time.Time) (played int, err error) {
	course := city.Clocks.Course(l)
	if _, err := renew(l, course, now); err != nil {
		return 0, err
	}
	for {
		c, ok := nextDue(l, now)
		if !ok {
			return played, nil
		}
		if played == mostRungs {
			return played, fmt.Errorf("still due after %d rungs: %s of %s", played, c.RungName, c.Name)
		}
		step, public, private := timeTakes(c)
		if err := l.Record(step, letter.TimeActor, c.NextRung, public, private); err != nil {
			return played, fmt.Errorf("rung %s of %s: %w", c.RungName, c.Name, err)
		}
		l.Clocks = course.Clocks()
		played++
	}
}

// nextDue is the clock with the oldest rung whose moment has passed.
func nextDue(l *letter.Letter, now time.Time) (oldest letter.Clock, ok bool) {
	for _, c := range l.Clocks {
		if !c.Running() || !c.PausedSince.IsZero() || c.NextRung.IsZero() || c.NextRung.After(now) {
			continue
		}
		if !ok || c.NextRung.Before(oldest.NextRung) {
			oldest, ok = c, true
		}
	}
	return oldest, ok
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
