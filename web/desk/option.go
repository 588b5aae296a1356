package desk

import (
	"slices"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// option is a step that the member can take now.
type option struct {
	Step    letter.Step
	Primary bool
}

// order in which steps are offered. The first one that is possible is the
// primary one; what ends a letter against its sender comes last.
var order = []letter.Step{
	letter.RefusalApproval, letter.Ruling, letter.Acceptance, letter.PartDelivery, letter.Review, letter.Approval, letter.Publication,
	letter.Assignment, letter.DirectAnswer, letter.DraftReply, letter.ReturnDraft, letter.ExtensionApproval, letter.ExtensionRefusal,
	letter.Admission, letter.FirstContact, letter.InterimReply, letter.SupplementRequest, letter.Part, letter.ExtensionRequest,
	letter.Resumption, letter.Suspension, letter.Merge, letter.Unmerge, letter.Objection, letter.Withholding, letter.Takedown, letter.Refusal,
}

// neverPrimary are steps that somebody must look for.
var neverPrimary = []letter.Step{letter.SupplementRequest, letter.Objection, letter.Withholding, letter.Takedown, letter.Refusal, letter.DirectAnswer,
	letter.Merge, letter.Unmerge, letter.Part, letter.ExtensionRefusal, letter.Admission, letter.FirstContact, letter.InterimReply, letter.ExtensionRequest,
	letter.Resumption, letter.Suspension}

// offered lists the steps that the member can take on the letter as it stands:
// his right, the table, and the rules that need the letter's past. So no button
// is shown that would surely be refused.
func (s *Server) offered(m staff.Member, l *letter.Letter) []option {
	var options []option
	primary := false
	for _, step := range order {
		if !s.possible(m, l, step) {
			continue
		}
		o := option{Step: step, Primary: !primary && !slices.Contains(neverPrimary, step)}
		primary = primary || o.Primary
		options = append(options, o)
	}
	return options
}

func offers(options []option, step letter.Step) bool {
	return slices.ContainsFunc(options, func(o option) bool { return o.Step == step })
}

// possible asks everybody who may refuse the step: the member's right, the letter
// itself, and the city's rules.
func (s *Server) possible(m staff.Member, l *letter.Letter, step letter.Step) bool {
	if m.May(step, l) != nil {
		return false
	}
	if _, err := tried(m, l, step, s.Now()); err != nil {
		return false
	}
	return s.rules().Allows(step, l, s.Now()) == nil
}

// tried takes the step on a copy with everything filled in that a step may need.
func tried(m staff.Member, l *letter.Letter, step letter.Step, now time.Time) (*letter.Letter, error) {
	trial := *l
	trial.Events = slices.Clip(l.Events)
	if step == letter.Review && trial.Reply.Text == "" {
		trial.Reply.Text = filled // one form writes the draft and sends it
	}
	public := letter.Facts{Unit: filled, Guard: l.Guard, Reason: filled, Lead: filled, Until: now.UnixMilli()}
	if step == letter.PartDelivery {
		public.Unit = owed(m, l)
	}
	if step == letter.Suspension {
		public.Reason = casework.SuspensionReasons[0].Code
	}
	private := letter.Facts{Text: filled, Basis: filled, Open: &letter.OpenText{Title: filled, Body: filled, Reply: filled}}
	return &trial, trial.Record(step, m.Actor(step), now, public, private)
}

const filled = "-"

// reasonsOf are the codes that a step offers.
func reasonsOf(step letter.Step) []casework.Reason {
	switch step {
	case letter.Refusal:
		return casework.RefusalReasons
	case letter.Objection:
		return casework.ObjectionReasons
	case letter.Withholding, letter.Takedown:
		return casework.WithholdingReasons
	case letter.ExtensionRequest:
		return casework.ExtensionReasons
	case letter.Suspension:
		return casework.SuspensionReasons
	}
	return nil
}

// reasonWord is the word of a reason code, the code itself when it is unknown.
func reasonWord(reasons []casework.Reason, code string) string {
	for _, r := range reasons {
		if r.Code == code {
			return r.Word
		}
	}
	return code
}
