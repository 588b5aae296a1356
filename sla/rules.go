package sla

import (
	"time"

	"huiyin/internal/letter"
)

// Rules are the calendar and the policies of the city, with those that ended or
// are yet to come if their dates say so: one immutable snapshot.
//
// What a policy does not say, the next less specific one that matches says: a
// policy for urgent letters need not repeat the limit of a review. Of two that
// are equally specific the earlier holds. The sender's clock never asks whose
// letter it is now, so policies of a unit do not touch it: a new unit must not
// move the date that the sender was told.
type Rules struct {
	Calendar *Calendar // of the whole city
	Policies []Policy

	units map[string]*Calendar // of the units with local orders of their own, see WithOverlays
}

// Check refuses rules that cannot be counted with.
func (r *Rules) Check() error {
	for i, p := range r.Policies {
		if err := p.Check(); err != nil {
			return err
		}
		for _, q := range r.Policies[:i] {
			if q.ID == p.ID && q.overlaps(p) {
				return letter.Refuse("时限规则“%s”出现了两次。", p.ID)
			}
		}
	}
	return nil
}

// overlaps says whether both policies hold at some moment.
func (p Policy) overlaps(q Policy) bool {
	return (p.Until.IsZero() || q.From.Before(p.Until)) && (q.Until.IsZero() || p.From.Before(q.Until))
}

// PolicyOf is the most specific policy for a letter that comes in when this one
// did, false when none matches.
func (r *Rules) PolicyOf(l *letter.Letter) (Policy, bool) {
	p := r.find(l, l.Unit, l.Received, func(*Policy) bool { return true })
	if p == nil {
		return Policy{}, false
	}
	return *p, true
}

// PolicyAt is the version of a policy that held at a moment.
func (r *Rules) PolicyAt(id string, at time.Time) (Policy, bool) {
	at = later(at, r.oldest())
	for i := range r.Policies {
		if p := &r.Policies[i]; p.ID == id && p.holds(at) {
			return *p, true
		}
	}
	return Policy{}, false
}

// Limits are the limits that hold for a letter with its present unit, by name,
// as from the day it came in.
func (r *Rules) Limits(l *letter.Letter) map[string]Limit {
	limits := map[string]Limit{}
	for _, p := range r.Policies {
		for name := range p.Limits {
			if limit, _ := r.limit(l, unitFor(name, l.Unit), name, l.Received); !limit.IsZero() {
				limits[name] = limit
			}
		}
	}
	return limits
}

// limit is the limit of that name for what starts at a moment, and the policy
// that sets it; zero when none does.
func (r *Rules) limit(l *letter.Letter, unit, name string, at time.Time) (Limit, string) {
	p := r.find(l, unit, at, func(p *Policy) bool { _, ok := p.Limits[name]; return ok })
	if p == nil {
		return Limit{}, ""
	}
	return p.Limits[name], p.ID
}

// ladder is the list of rungs for a clock of a letter.
func (r *Rules) ladder(l *letter.Letter, unit string, at time.Time) []Rung {
	if p := r.find(l, unit, at, func(p *Policy) bool { return len(p.Rungs) > 0 }); p != nil {
		return p.Rungs
	}
	return nil
}

// find is the most specific matching policy that says what is asked for, of
// those that hold for what starts at the moment. What is older than all policies,
// as letters of an import are, goes by the first that held.
func (r *Rules) find(l *letter.Letter, unit string, at time.Time, says func(*Policy) bool) *Policy {
	var best *Policy
	most := -1
	at = later(at, r.oldest())
	for i := range r.Policies {
		p := &r.Policies[i]
		if !p.holds(at) {
			continue
		}
		if weight, ok := p.matches(l, unit); ok && weight > most && says(p) {
			best, most = p, weight
		}
	}
	return best
}

// oldest is when the first policy took effect, zero when one always held.
func (r *Rules) oldest() time.Time {
	var first time.Time
	for i := range r.Policies {
		from := r.Policies[i].From
		if from.IsZero() {
			return from
		}
		if first.IsZero() || from.Before(first) {
			first = from
		}
	}
	return first
}

// unitFor is the unit whose policies a clock asks: none for the sender's.
func unitFor(clock, unit string) string {
	if clock == letter.SenderClock {
		return ""
	}
	return unit
}
