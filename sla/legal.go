package sla

import (
	"cmp"

	"huiyin/internal/letter"
)

// Legal starts. The sender's clock runs from the submission and the unit's from
// the assignment; where a law counts from a later step, the policy names it for a
// clock and the clock starts anew with that step, once:
//
//   - admission 受理: the 60 days of a petition (信访工作条例第三十四条);
//   - supplement: a corrected application for disclosure (政府信息公开条例第三十条:
//     答复期限自行政机关收到补正的申请之日起计算). A limit that passed without an
//     answer of the sender corrects nothing.
//
// 签收 is no such step: who signs late would have more time.
var legalSteps = map[letter.Step]bool{letter.Admission: true, letter.Supplement: true}

func (p Policy) checkStarts() error {
	for name, step := range p.Starts {
		if name != letter.SenderClock && name != letter.UnitClock {
			return letter.Refuse("时限规则“%s”：只有来信人和承办单位的时限可以另定起点。", p.Name)
		}
		if step == letter.Acceptance {
			return letter.Refuse("时限规则“%s”：签收不能作为时限的起点。", p.Name)
		}
		if !legalSteps[step] {
			return letter.Refuse("时限规则“%s”：起点只能是受理或者补正，不能是“%s”。", p.Name, string(step))
		}
	}
	return nil
}

// legalStarts starts the clocks anew for which a policy names this step. A clock
// that a legal step or a redo has started is not started again.
func (t *tape) legalStarts(e *letter.Event) {
	if !legalSteps[e.Step] || e.Actor.Party == letter.ByTime {
		return
	}
	then := asOf(t.letter, e)
	for _, u := range t.list {
		if !t.countsFrom(then, &u, e.Step) {
			continue
		}
		if anew := t.begin(u.name, e, letter.Facts{}); !anew.limit.IsZero() {
			t.stop(u.name, e, letter.Facts{})
			t.list = append(t.list, anew)
		}
	}
}

// asOf is what policies ask of the letter as it was at an event. A kind that was
// corrected afterwards does not undo a start that the sender was told of, nor cap a
// pause that is over.
func asOf(l *letter.Letter, e *letter.Event) *letter.Letter {
	then := letter.Letter{Kind: l.Kind, Urgency: l.Urgency, Category: l.Category, Column: l.Column, Channel: l.Channel}
	for i := range l.Events {
		before := &l.Events[i]
		if before.Seq > e.Seq {
			break
		}
		if before.Step != letter.Submission && before.Step != letter.Assignment {
			continue
		}
		f, _ := before.PublicFacts()
		if before.Step == letter.Submission && f.Kind != "" { // older ones do not say
			then.Kind, then.Urgency, then.Category = "", "", ""
		}
		then.Kind, then.Urgency, then.Category = cmp.Or(f.Kind, then.Kind), cmp.Or(f.Urgency, then.Urgency), cmp.Or(f.Category, then.Category)
	}
	return &then
}

// legalStart is the step from which a policy counts the clock, "" for its own.
func (t *tape) legalStart(l *letter.Letter, u *run) letter.Step {
	p := t.rules.find(l, unitFor(u.name, u.unit), u.started, func(p *Policy) bool { return p.Starts[u.name] != "" })
	if p == nil {
		return ""
	}
	return p.Starts[u.name]
}

// countsFrom says whether the step would start the clock anew.
func (t *tape) countsFrom(l *letter.Letter, u *run, step letter.Step) bool {
	return u.running() && !legalSteps[u.step] && u.step != letter.Redo && u.external.IsZero() && t.legalStart(l, u) == step
}

// CountsFrom says whether a limit of the letter counts from the step if it is taken
// now: it starts the sender's or the unit's clock anew, or a legal clock of its own.
func (r *Rules) CountsFrom(l *letter.Letter, step letter.Step) bool {
	t := tape{rules: r, letter: l}
	for i := range l.Events {
		t.take(&l.Events[i])
	}
	for i := range t.list {
		if t.countsFrom(l, &t.list[i], step) {
			return true
		}
	}
	row, _ := letter.Row(step)
	for _, name := range row.Starts {
		if limit, _ := r.limit(l, unitFor(name, t.unit), name, l.Received); name == letter.LegalClock && !limit.IsZero() {
			return true
		}
	}
	return false
}
