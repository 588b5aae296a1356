package letter

import (
	"fmt"
	"time"
)

// Status is what a letter's events lead to; verify replays the events and
// compares it with the row.
type Status struct {
	State      State
	before     State  // state to return to after awaiting-sender
	Unit       string // lead unit, "" before the first assignment
	Guard      string // who alone may read it; see Guard constants
	Designated bool   // ruled to stay: may not be returned again
	Merged     string // number of the lead letter, "" when on its own

	Writer   string // login of the member who wrote the present draft
	Approver string // login of the member who signed the answer
	Refuser  string // login of the dispatcher whose refusal waits for a second one

	AssignedAt  time.Time // newest assignment
	AcceptedAt  time.Time
	ContactedAt time.Time // when its present unit first spoke with the sender
	AnsweredAt  time.Time
	ClosedAt    time.Time
	PublishedAt time.Time // zero when not public now

	Withheld   bool
	RefusedBy  int // refusal objections made: at most one
	Extensions int
	Redone     int

	ExtensionAsked bool   // and neither granted nor refused
	ExtensionBy    string // login of the member who asked for it last
	SuspendedFor   string // code of the legal reason that has stopped time, "" when it runs

	Solved    *bool
	Satisfied int
}

// Guards: "" lets everyone with the right read; GuardDuty only duty officers;
// otherwise "unit:ID" or "member:LOGIN".
const (
	GuardDuty   = "duty"
	guardUnit   = "unit:"
	guardMember = "member:"
)

// GuardUnit keeps a letter to the members of one unit.
func GuardUnit(id string) string { return guardUnit + id }

// GuardMember keeps a letter to one member.
func GuardMember(login string) string { return guardMember + login }

// IsPublic says whether the letter stands on the public pages now.
func (s Status) IsPublic() bool { return !s.PublishedAt.IsZero() }

// Replay folds events into the status they lead to.
func Replay(events []Event) (Status, error) {
	var s Status
	for i := range events {
		if err := s.apply(&events[i]); err != nil {
			return s, err
		}
	}
	return s, nil
}

// apply takes one event in. Only public facts decide, so that erasing a person
// leaves the status whole.
func (s *Status) apply(e *Event) error {
	f, err := e.PublicFacts()
	if err != nil {
		return fmt.Errorf("event %d: %w", e.Seq, err)
	}
	e.known = &f // clocks and pages ask for the same facts again
	if e.Step == SupplementRequest {
		s.before = s.State
	}
	s.State = e.To
	s.applyTime(*e, f)
	switch e.Step {
	case Submission:
		s.Guard = f.Guard
	case Assignment:
		s.Unit, s.Guard, s.AssignedAt, s.AcceptedAt = f.Unit, f.Guard, e.At, time.Time{}
		s.Designated, s.Refuser = false, ""
	case Transfer:
		s.Unit, s.AssignedAt, s.AcceptedAt = f.Unit, e.At, time.Time{}
	case Acceptance:
		s.AcceptedAt = e.At
	case Objection:
		s.keep(f.Guard)
	case Ruling:
		s.Designated = true
		s.keep(f.Guard)
	case Refusal:
		s.Refuser = e.Actor.Member
	case RefusalApproval:
		s.Refuser, s.ClosedAt = "", e.At
	case RefusalObjection:
		s.RefusedBy++
		s.ClosedAt = time.Time{}
	case DraftReply:
		s.Writer = e.Actor.Member
	case DirectAnswer:
		s.Writer, s.Approver, s.AnsweredAt = e.Actor.Member, e.Actor.Member, e.At
	case Approval:
		s.Approver, s.AnsweredAt = e.Actor.Member, e.At
	case Rating:
		s.Solved, s.Satisfied, s.ClosedAt = f.Solved, f.Satisfied, e.At
	case Redo:
		s.Redone++
		s.AnsweredAt, s.ClosedAt = time.Time{}, time.Time{}
	case Closure, Withdrawal:
		s.ClosedAt = e.At
	case Publication:
		s.PublishedAt, s.Withheld = e.At, false
	case Withholding:
		s.Withheld = true
	case Takedown:
		s.PublishedAt = time.Time{}
	case Merge:
		s.Merged = f.Lead
	case Unmerge:
		s.Merged = ""
	case Imported:
		s.Unit, s.ClosedAt, s.PublishedAt = f.Unit, e.At, e.At
		s.AnsweredAt = time.UnixMilli(f.Until)
	}
	return nil
}

// applyTime takes in what bears on the clocks.
func (s *Status) applyTime(e Event, f Facts) {
	switch e.Step {
	case Assignment, Transfer:
		s.ContactedAt, s.ExtensionAsked = time.Time{}, false
	case FirstContact:
		s.ContactedAt = e.At
	case ExtensionRequest:
		s.ExtensionAsked, s.ExtensionBy = true, e.Actor.Member
	case ExtensionApproval:
		s.ExtensionAsked, s.Extensions = false, s.Extensions+1
	case ExtensionRefusal:
		s.ExtensionAsked = false
	case Suspension:
		s.SuspendedFor = f.Reason
	case Resumption, Withdrawal:
		s.SuspendedFor = ""
	}
	if e.To == Answered {
		s.ExtensionAsked = false
	}
}

// keep moves a letter to those a guard names, when a step names one.
func (s *Status) keep(guard string) {
	if guard != "" {
		s.Guard = guard
	}
}
