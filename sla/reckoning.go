package sla

import "huiyin/internal/letter"

// Reckon says how a clock that the letter keeps came to its due moment, for those
// who read it; false when the letter's events start no such clock.
func (r *Rules) Reckon(l *letter.Letter, c letter.Clock) (letter.Reckoning, bool) {
	res, ok := r.ExplainClock(l, c)
	if !ok {
		return letter.Reckoning{}, false
	}
	k := letter.Reckoning{Clock: c, Step: res.Step, Calendar: res.Calendar, Silenced: Silenced(l, c)}
	if p, ok := r.PolicyAt(c.Policy, c.Started); ok {
		k.Policy, k.Source = p.Name, p.SourceOf(limitName(p, c.Name, res.Step))
	}
	if res.At.UnixMilli() != c.Due.UnixMilli() {
		k.Recount = res.At
		return k, true
	}
	k.Grounds, k.Days = res.Grounds, res.Days
	k.Counted, k.Told, k.Fixed = res.Counted, res.Told, res.Fixed
	k.Approved, k.Extended = res.Approved, res.Extended
	for _, b := range res.Breaks {
		k.Pauses = append(k.Pauses, pauseOf(b, c))
	}
	return k, true
}

// limitName is under which name the policy sets the clock's limit.
func limitName(p Policy, clock string, step letter.Step) string {
	if _, ok := p.Limits[RedoLimit]; ok && step == letter.Redo {
		return RedoLimit
	}
	return clock
}

// pauseOf ends a pause with the clock when that stopped before it.
func pauseOf(b Break, c letter.Clock) letter.Pause {
	p := letter.Pause{From: b.From, Until: b.Until, Why: whyPausedBy(b.Why), Lasts: c.PausedSince.Equal(b.From)}
	if !c.Running() && (p.Until.IsZero() || p.Until.After(c.Stopped)) {
		p.Until = c.Stopped
	}
	return p
}

// Reckonings are the clocks of a letter with how they are counted, those that run
// before those that have stopped, each in the order of their start.
func (r *Rules) Reckonings(l *letter.Letter) []letter.Reckoning {
	var running, stopped []letter.Reckoning
	for _, c := range l.Clocks {
		k, ok := r.Reckon(l, c)
		switch {
		case !ok:
		case c.Running():
			running = append(running, k)
		default:
			stopped = append(stopped, k)
		}
	}
	return append(running, stopped...)
}
