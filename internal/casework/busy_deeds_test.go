package casework_test

import (
	"time"

	"huiyin/internal/letter"
)

// take does to state and watches what product.md says of the step.
func (l *life) take(d *deed) {
	at := d.at
	switch d.step {
	case letter.Assignment:
		l.assign(d)
	case letter.Acceptance:
		l.accept(at)
	case letter.Objection:
		l.state = letter.Returned
		l.stop(at, "acceptance", "objection-window")
		l.start(at, "objection")
	case letter.Ruling:
		l.state, l.ruled = letter.Handling, true
		l.stop(at, "objection")
	case letter.SupplementRequest:
		l.back, l.state = l.state, letter.AwaitingSender
		l.pause(at, "supplement")
	case letter.Supplement:
		l.supplemented(at)
	case letter.Suspension:
		l.pause(at, "suspension")
	case letter.Resumption:
		l.resumed(at)
	case letter.FirstContact:
		l.contacted = true
		l.stop(at, "first-contact")
	case letter.InterimReply:
		l.stop(at, "interim-reply")
		l.start(at, "interim-reply")
	case letter.Admission:
		l.admit(d)
	case letter.ExtensionRequest, letter.ExtensionApproval, letter.ExtensionRefusal:
		l.moreTime(d)
	case letter.Refusal:
		l.refuser = true
	case letter.RefusalObjection:
		l.state, l.objected = letter.Received, true
		l.start(at, "sender")
	case letter.DraftReply:
		l.drafted = true
	case letter.Review:
		l.state = letter.InReview
		l.start(at, "review")
	case letter.ReturnDraft:
		l.state = letter.Handling
		l.stop(at, "review")
	case letter.Rating:
		l.state, l.rated = letter.Closed, true
		l.stop(at, "follow-up")
	case letter.Publication:
		l.public, l.withheld = true, false
		l.stop(at, "publication")
	case letter.Withholding:
		l.withheld = true
		l.stop(at, "publication")
	default:
		l.end(d)
	}
}

// end are the steps after which nothing of what ran runs on.
func (l *life) end(d *deed) {
	l.resume(d.at)
	l.stop(d.at)
	switch d.step {
	case letter.DirectAnswer, letter.Approval:
		l.state = letter.Answered
		l.start(d.at, "follow-up", "publication")
	case letter.RefusalApproval:
		l.state, l.refuser = letter.Refused, false
	case letter.Withdrawal:
		l.state = letter.Withdrawn
	}
}

// assign gives the letter to a unit, whose watches start; the sender's runs on, and
// is not moved earlier when kind or urgency are corrected.
func (l *life) assign(d *deed) {
	l.stop(d.at, "objection", "extension", "unit", "acceptance", "objection-window", "first-contact", "interim-reply")
	l.settle(d.at)
	l.state, l.unit = letter.Assigned, d.in.Unit
	l.ruled, l.contacted, l.refuser, l.asked = false, false, false, time.Time{}
	if d.in.Kind != "" {
		l.kind = d.in.Kind
	}
	if d.in.Urgency != "" {
		l.urgency = d.in.Urgency
	}
	l.limits = limitsOf(l.matter)
	l.moved(d.at)
	l.start(d.at, "unit", "acceptance", "objection-window", "first-contact", "interim-reply")
}

// settle keeps what has stopped as it is: other limits come too late for it.
func (l *life) settle(at time.Time) {
	l.keep(at)
	for _, w := range l.watches {
		w.settled = !w.running()
	}
}

// admit starts the legal limit of a petition anew.
func (l *life) admit(d *deed) {
	l.admitted = true
	for _, name := range []string{"sender", "unit"} {
		if w := l.running(name); w != nil {
			l.stop(d.at, name)
			l.start(d.at, name)
		}
	}
}

func (l *life) moreTime(d *deed) {
	switch d.step {
	case letter.ExtensionRequest:
		l.asked, l.askedFor = d.at, d.till
		l.start(d.at, "extension")
		return
	case letter.ExtensionApproval:
		l.extended++
		for _, name := range []string{"sender", "unit"} {
			if w := l.running(name); w != nil {
				w.extended, w.until, w.renewed, w.played = d.at, l.askedFor, d.at, map[string]bool{}
			}
		}
	}
	l.asked = time.Time{}
	l.stop(d.at, "extension")
}
