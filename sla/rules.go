package sla

import "huiyin/internal/letter"

// Rules are the calendar and the policies in force: one immutable snapshot.
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
	seen := map[string]bool{}
	for _, p := range r.Policies {
		if err := p.Check(); err != nil {
			return err
		}
		if seen[p.ID] {
			return letter.Refuse("时限规则“%s”出现了两次。", p.ID)
		}
		seen[p.ID] = true
	}
	return nil
}

// PolicyOf is the most specific policy for a letter, false when none matches.
func (r *Rules) PolicyOf(l *letter.Letter) (Policy, bool) {
	p := r.find(l, l.Unit, func(*Policy) bool { return true })
	if p == nil {
		return Policy{}, false
	}
	return *p, true
}

// Limits are the limits that hold for a letter with its present unit, by name.
func (r *Rules) Limits(l *letter.Letter) map[string]Limit {
	limits := map[string]Limit{}
	for _, p := range r.Policies {
		for name := range p.Limits {
			if limit, _ := r.limit(l, unitFor(name, l.Unit), name); !limit.IsZero() {
				limits[name] = limit
			}
		}
	}
	return limits
}

// limit is the limit of that name and the policy that sets it, zero when none does.
func (r *Rules) limit(l *letter.Letter, unit, name string) (Limit, string) {
	p := r.find(l, unit, func(p *Policy) bool { _, ok := p.Limits[name]; return ok })
	if p == nil {
		return Limit{}, ""
	}
	return p.Limits[name], p.ID
}

// ladder is the list of rungs for a letter.
func (r *Rules) ladder(l *letter.Letter, unit string) []Rung {
	if p := r.find(l, unit, func(p *Policy) bool { return len(p.Rungs) > 0 }); p != nil {
		return p.Rungs
	}
	return nil
}

// find is the most specific matching policy that says what is asked for.
func (r *Rules) find(l *letter.Letter, unit string, says func(*Policy) bool) *Policy {
	var best *Policy
	most := -1
	for i := range r.Policies {
		p := &r.Policies[i]
		if weight, ok := p.matches(l, unit); ok && weight > most && says(p) {
			best, most = p, weight
		}
	}
	return best
}

// unitFor is the unit whose policies a clock asks: none for the sender's.
func unitFor(clock, unit string) string {
	if clock == letter.SenderClock {
		return ""
	}
	return unit
}
