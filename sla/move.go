package sla

import (
	"slices"
	"time"

	"huiyin/internal/letter"
)

// Move is a running clock that is due at another moment by these rules than by
// those it was kept under: another notice, another local order, another policy.
type Move struct {
	Clock    string
	Part     int
	Unit     string
	Was      time.Time // as kept, and told
	Now      time.Time // as these rules give it
	Calendar string    // version by which Now was counted
	Policy   string
	Firm     bool // Was was provisional and Now is not
	Past     bool // Was has passed, so it stays

	started time.Time
}

// Told is the moment that holds after the move: a date that was told is never
// moved earlier (issue "Clocks that a lawyer could check").
func (m Move) Told() time.Time {
	if m.Past {
		return m.Was
	}
	return later(m.Was, m.Now)
}

// Moves compares the clocks that a letter keeps with those that these rules give
// by the same events, in their order. A due moment that has passed by now stays
// what it was (domain.md 2.8 no. 10), and so do clocks that have stopped. A clock
// that only became firm moves from its moment to the same one. Nothing is changed:
// to see what a policy would do before it is saved, ask the rules with it.
func (r *Rules) Moves(l *letter.Letter, now time.Time) []Move {
	return slices.DeleteFunc(r.compare(l, now), func(m Move) bool { return m.Past })
}

// compare is Moves with what has passed.
func (r *Rules) compare(l *letter.Letter, now time.Time) []Move {
	var list []Move
	given := r.Clocks(l)
	for _, kept := range l.Clocks {
		if !kept.Running() {
			continue
		}
		g, ok := same(given, kept)
		if !ok || g.Due.Equal(kept.Due) && g.Provisional == kept.Provisional {
			continue
		}
		list = append(list, Move{
			Clock: kept.Name, Part: kept.Part, Unit: kept.Unit, Was: kept.Due, Now: g.Due, Calendar: g.Calendar, Policy: g.Policy,
			Firm: kept.Provisional && !g.Provisional, Past: passed(kept, now), started: kept.Started,
		})
	}
	return list
}

// passed says whether a running clock is over; while it is paused it is what it
// was when the pause began.
func passed(c letter.Clock, now time.Time) bool {
	if !c.PausedSince.IsZero() {
		now = c.PausedSince
	}
	return !c.Due.After(now)
}

// same finds the clock that the same event started.
func same(given []letter.Clock, kept letter.Clock) (letter.Clock, bool) {
	for _, g := range given {
		if g.Running() && g.Name == kept.Name && g.Part == kept.Part && g.Unit == kept.Unit && g.Started.Equal(kept.Started) {
			return g, true
		}
	}
	return letter.Clock{}, false
}
