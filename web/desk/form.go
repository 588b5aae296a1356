package desk

import (
	"html/template"
	"slices"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// What the forms on the page of a letter ask of it.

// Offers says whether the member can take the step now.
func (p *letterPage) Offers(step letter.Step) bool { return offers(p.Options, step) }

// Primary says whether the step is the one that is offered first.
func (p *letterPage) Primary(step letter.Step) bool {
	return slices.Contains(p.Options, option{step, true})
}

// To is the address that a step is sent to; it remembers the queue.
func (p *letterPage) To(step string) string {
	to := "/desk/letters/" + p.Letter.Number + "/" + step
	if p.From.Key != "" {
		to += "?from=" + p.From.Key
	}
	return to
}

// Open says whether the form of a step is unfolded: it came back refused.
func (p *letterPage) Open(step letter.Step) bool { return p.Came == step }

// In is what the form of a step holds: what was typed if it came back, otherwise
// nothing. A letter that was merged goes where its lead is, unless somebody
// chooses otherwise.
func (p *letterPage) In(step letter.Step) casework.Input {
	if p.Came == step {
		return p.Typed
	}
	if step == letter.Assignment && len(p.Merged.Lead) > 0 {
		return casework.Input{Unit: p.Merged.Lead[0].Unit}
	}
	return casework.Input{}
}

// Draft is what the form of the answer holds: what was typed, else what was saved.
func (p *letterPage) Draft() letter.Reply {
	if p.Came == letter.DraftReply {
		return letter.Reply{Text: p.Typed.Text, Note: p.Typed.Note}
	}
	return p.Letter.Reply
}

// FaultOf is the sentence under a field of the step that came back; other forms
// have fields of the same name.
func (p *letterPage) FaultOf(step letter.Step, field string) template.HTML {
	if p.Came != step {
		return ""
	}
	return p.Fault(field)
}

// BadOf are the attributes of a refused field.
func (p *letterPage) BadOf(step letter.Step, field string) template.HTMLAttr {
	if p.Came != step {
		return ""
	}
	return p.Bad(field)
}

// Reasons are the codes that a step offers.
func (p *letterPage) Reasons(step letter.Step) []casework.Reason { return reasonsOf(step) }

// Best are the three things the router saw first. Earlier letters are not among
// them: who reads this letter may not read those.
func (p *letterPage) Best() []letter.Reason {
	var best []letter.Reason
	for _, r := range p.Letter.Placement.Reasons {
		if r.Rule != precedent && len(best) < 3 {
			best = append(best, r)
		}
	}
	return best
}

// Precedents is how many earlier letters spoke for a unit.
func (p *letterPage) Precedents() (n int) {
	for _, r := range p.Letter.Placement.Reasons {
		if r.Rule == precedent {
			n++
		}
	}
	return n
}

const precedent = "precedent"
