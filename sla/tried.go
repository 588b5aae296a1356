package sla

import (
	"slices"
	"time"

	"huiyin/internal/letter"
)

// WithPolicy gives the rules in which a policy takes effect at its From: the
// version of the same id that holds then ends there, one that is to come later
// ends the new one, and one with the same From is replaced. What starts before
// From goes by what held before.
func (r *Rules) WithPolicy(p Policy) *Rules {
	other := *r
	other.Policies = nil
	p.Until = time.Time{}
	place := -1
	for _, q := range r.Policies {
		switch {
		case q.ID != p.ID:
		case q.From.Equal(p.From):
			place = len(other.Policies)
			p.Until = q.Until
			continue
		case q.From.Before(p.From) && (q.Until.IsZero() || q.Until.After(p.From)):
			p.Until, q.Until = q.Until, p.From
			place = len(other.Policies) + 1
		case q.From.After(p.From) && (p.Until.IsZero() || q.From.Before(p.Until)):
			p.Until = q.From
		}
		other.Policies = append(other.Policies, q)
	}
	if place < 0 {
		place = len(other.Policies)
	}
	// In the place of the one it follows: of two that are equally specific the earlier holds.
	other.Policies = slices.Insert(other.Policies, place, p)
	return &other
}

// Always gives the rules under which this version of a policy had held from the
// beginning and no other of its id: how would it have been.
func (r *Rules) Always(p Policy) *Rules {
	other := *r
	other.Policies = nil
	p.From, p.Until = time.Time{}, time.Time{}
	put := false
	for _, q := range r.Policies {
		if q.ID != p.ID {
			other.Policies = append(other.Policies, q)
			continue
		}
		if !put {
			other.Policies, put = append(other.Policies, p), true
		}
	}
	if !put {
		other.Policies = append(other.Policies, p)
	}
	return &other
}

// WithFirst gives the rules with policies of new ids before all others, in force from
// their From: of two that are equally specific the earlier holds.
func (r *Rules) WithFirst(added ...Policy) *Rules {
	other := *r
	other.Policies = append(slices.Clone(added), r.Policies...)
	return &other
}

// AlwaysFirst is WithFirst as if the policies had held from the beginning.
func (r *Rules) AlwaysFirst(added ...Policy) *Rules {
	added = slices.Clone(added)
	for i := range added {
		added[i].From, added[i].Until = time.Time{}, time.Time{}
	}
	return r.WithFirst(added...)
}

// Stir counts open letters by what other rules do to their due moments.
type Stir struct {
	Letters int // looked at
	Later   int // of them, a due moment moves later
	Answers int // of Later, the date told to the sender moves
	Stay    int // would be due earlier, and keep what was told
	Firm    int // only stop being provisional
	Most    time.Duration
}

// Take counts one letter by its Moves.
func (s *Stir) Take(moves []Move) {
	s.Letters++
	var later, sender, earlier bool
	for _, m := range moves {
		by := m.Now.Sub(m.Was)
		later, earlier = later || by > 0, earlier || by < 0
		sender = sender || by > 0 && m.Clock == letter.SenderClock
		s.Most = max(s.Most, by)
	}
	switch {
	case later:
		s.Later++
	case earlier:
		s.Stay++
	case len(moves) > 0:
		s.Firm++
	}
	if sender {
		s.Answers++
	}
}

// Tally counts answers against the sender's date.
type Tally struct{ Answers, OnTime int }

// Late is how many came after it.
func (t Tally) Late() int { return t.Answers - t.OnTime }

func (t *Tally) add(late bool) {
	t.Answers++
	if !late {
		t.OnTime++
	}
}

// Past compares how answered letters stand under two sets of rules.
type Past struct {
	All, AllTried   Tally
	Mine, MineTried Tally // of the letters whose sender's clock goes by the policies in question
}

// Take judges one answered letter by both rules; one without a sender's clock, as
// imported with its answer, is left out.
func (p *Past) Take(l *letter.Letter, now, tried *Rules, policies ...string) {
	is, would := now.Figures(l), tried.Figures(l)
	if is.DueAt.IsZero() || would.DueAt.IsZero() {
		return
	}
	p.All.add(is.Late)
	p.AllTried.add(would.Late)
	if slices.Contains(policies, now.senderPolicy(l)) || slices.Contains(policies, tried.senderPolicy(l)) {
		p.Mine.add(is.Late)
		p.MineTried.add(would.Late)
	}
}

// senderPolicy is the policy that the newest sender's clock goes by.
func (r *Rules) senderPolicy(l *letter.Letter) string {
	if u := newest(r.runs(l), letter.SenderClock); u != nil {
		return u.policy
	}
	return ""
}

// Told says of a day whether it is worked and why, as an explanation would.
func (c *Calendar) Told(t time.Time) Day {
	d := c.day(t)
	line := c.off(d)
	if c.works(d) {
		line = c.on(d, whyWorking)
	}
	line.Date = d.String()
	return line
}
