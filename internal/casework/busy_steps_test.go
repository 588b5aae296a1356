package casework_test

import (
	"fmt"
	"slices"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// deed is a step that somebody takes, or tries to take.
type deed struct {
	at   time.Time
	step letter.Step
	in   casework.Input
	till time.Time // of an extension, as a moment

	refused bool     // as the model has it
	dates   []string // after it
}

// states are those from which a step can be taken (product.md).
var states = map[letter.Step][]letter.State{
	letter.Assignment: {letter.Received, letter.Returned}, letter.DirectAnswer: {letter.Received},
	letter.Refusal: {letter.Received, letter.Returned}, letter.RefusalApproval: {letter.Received, letter.Returned},
	letter.RefusalObjection:  {letter.Refused},
	letter.SupplementRequest: {letter.Received, letter.Assigned, letter.Handling, letter.InReview, letter.Returned},
	letter.Supplement:        {letter.AwaitingSender}, letter.Acceptance: {letter.Assigned},
	letter.FirstContact: {letter.Assigned, letter.Handling}, letter.Admission: {letter.Assigned, letter.Handling},
	letter.Objection: {letter.Assigned, letter.Handling}, letter.Ruling: {letter.Returned},
	letter.ExtensionRequest: {letter.Handling}, letter.ExtensionApproval: {letter.Handling}, letter.ExtensionRefusal: {letter.Handling},
	letter.Suspension: {letter.Handling}, letter.Resumption: {letter.Handling}, letter.InterimReply: {letter.Handling},
	letter.DraftReply: {letter.Handling}, letter.Review: {letter.Handling}, letter.ReturnDraft: {letter.InReview}, letter.Approval: {letter.InReview},
	letter.Rating: {letter.Answered, letter.Closed}, letter.Publication: {letter.Answered, letter.Closed}, letter.Withholding: {letter.Answered, letter.Closed},
	letter.Withdrawal: {letter.Received, letter.Assigned, letter.Handling, letter.InReview, letter.Returned, letter.AwaitingSender},
}

// may says whether the step is allowed, for reasons of the letter alone; who
// takes it always may.
func (l *life) may(d deed) bool {
	if !slices.Contains(states[d.step], l.state) {
		return false
	}
	rests := l.running("suspension") != nil
	switch d.step {
	case letter.Objection:
		w := l.running("objection-window")
		return !l.ruled && !rests && (w == nil || !d.at.After(w.due))
	case letter.SupplementRequest:
		return !rests
	case letter.Review:
		return l.drafted && !rests
	case letter.FirstContact:
		return !l.contacted
	case letter.Admission:
		return l.kind == letter.Report && !l.admitted && l.deadline.IsZero()
	case letter.ExtensionRequest:
		u := l.running("unit")
		return l.asked.IsZero() && !rests && l.extended == 0 && !d.at.After(u.due) && l.grantable(d.till, d.at)
	case letter.ExtensionApproval:
		u := l.running("unit")
		return !l.asked.IsZero() && !(l.pausedSince(u).IsZero() && l.asked.After(u.due)) && l.grantable(l.askedFor, d.at)
	case letter.ExtensionRefusal:
		return !l.asked.IsZero()
	case letter.Suspension:
		return !rests
	case letter.Resumption:
		return rests
	case letter.Refusal:
		return !l.refuser
	case letter.RefusalApproval:
		return l.refuser
	case letter.RefusalObjection:
		return !l.objected
	case letter.Rating:
		return !l.rated
	case letter.Publication, letter.Withholding:
		return !l.public
	}
	return true
}

// grantable says whether a new date is later than those told, later than now, a
// working day and not further than the most that the city gives (domain.md 2.8 no. 6).
func (l *life) grantable(till, now time.Time) bool {
	u := l.running("unit")
	base, most := u.due, u.due.Add(time.Duration(l.limits["more-time"].n)*time.Hour)
	if s := l.running("sender"); s != nil {
		base = latest(base, s.due)
	}
	if l.limits["more-time"].in == workingDays {
		most = l.almanac.next(dateOf(u.due), l.limits["more-time"].n).end()
	}
	if l.limits["unit"].in != inHours && !l.almanac.works(dateOf(till)) {
		return false
	}
	return till.After(base) && till.After(now) && !till.After(most)
}

// start begins a watch, if the city limits what it measures.
func (l *life) start(at time.Time, names ...string) {
	for _, name := range names {
		if l.limits[name].none() {
			continue
		}
		w := &watch{name: name, unit: l.unit, started: at, played: map[string]bool{}, pauses: len(l.pauses)}
		if l.resting() {
			w.pauses--
		}
		if name == "sender" {
			w.unit = ""
		}
		if name == "sender" || name == "unit" {
			w.external = l.deadline
		}
		l.watches = append(l.watches, w)
	}
}

// stop ends watches; without names all of them.
func (l *life) stop(at time.Time, names ...string) {
	for _, w := range l.watches {
		if w.running() && (len(names) == 0 || slices.Contains(names, w.name)) {
			w.stopped = at
		}
	}
}

func (l *life) accept(at time.Time) {
	l.state = letter.Handling
	l.stop(at, "acceptance")
}

func (l *life) pause(at time.Time, name string) {
	l.pauses = append(l.pauses, pause{from: at, cap: l.limits[name]})
	l.start(at, name)
}

func (l *life) resume(at time.Time) {
	if l.resting() {
		l.pauses[len(l.pauses)-1].until = at
	}
}

func (l *life) supplemented(at time.Time) {
	l.state = l.back
	l.resume(at)
	l.stop(at, "supplement")
}

func (l *life) resumed(at time.Time) {
	l.resume(at)
	l.stop(at, "suspension")
}

// submitted is the birth of a letter.
func submitted(m matter, deadline, at time.Time, a *almanac) *life {
	l := &life{matter: m, almanac: a, limits: limitsOf(m), state: letter.Received, deadline: deadline}
	l.start(at, "sender")
	l.happened(at, "submission")
	l.keep(at)
	return l
}

// taken is the letter after the deed, or as it was if it is refused.
func (l *life) taken(d *deed, a *almanac) *life {
	next := l.clone()
	next.touched(d.at, a)
	if d.refused = !next.may(*d); d.refused {
		return l
	}
	facts := ""
	switch d.step {
	case letter.Assignment:
		facts = " " + d.in.Unit
	case letter.ExtensionRequest:
		facts = " " + stamp(d.till)
	case letter.ExtensionApproval:
		facts = " " + stamp(next.askedFor)
	}
	next.happened(d.at, "%s%s", d.step, facts)
	next.take(d)
	next.keep(d.at)
	d.dates = next.dates()
	return next
}

func (l *life) String() string {
	return fmt.Sprintf("%s %s %s %s, %s at %q, pauses %v", l.kind, l.urgency, l.column, l.channel, l.state, l.unit, l.pauses)
}
