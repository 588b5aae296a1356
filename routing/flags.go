package routing

import (
	"slices"

	"huiyin/internal/letter"
)

// mark sets the flags. The first rule that seals or stops the letter decides
// where it waits; later rules still leave their mark.
func (r *Router) mark(p *pad, out *letter.Placement) {
	settled := false
	for i, x := range r.flags {
		rule := r.cfg.Flags[i]
		if slices.Contains(out.Flags, rule.Flag) {
			continue
		}
		f, ok := p.meets(x.pattern, false)
		if !ok {
			continue
		}
		out.Flags = append(out.Flags, rule.Flag)
		out.Reasons = append(out.Reasons, letter.Reason{
			Rule: rule.ID, Text: "文中出现" + quoted(p.found(f)) + "，" + rule.Note, Words: p.found(f),
		})
		if rule.Flag == letter.Accusation {
			out.Accused = r.accused(p, f)
		}
		if !settled {
			settled = r.divert(rule.Flag, x.unit, out)
		}
	}
}

// divert takes a letter off the ordinary way and says whether it did.
func (r *Router) divert(f letter.Flag, track int32, out *letter.Placement) bool {
	switch f {
	case letter.Accusation:
		r.seal(out)
	case letter.Danger, letter.Secret, letter.Minor:
		out.Unit, out.Queue, out.Guard = "", letter.DutyQueue, "duty"
		if f == letter.Danger {
			out.Urgency = letter.Critical
		}
	case letter.LegalRoute:
		out.Unit, out.Queue = "", letter.DispatchQueue
	case letter.Disclosure:
		if track >= 0 {
			out.Unit, out.Queue = r.cfg.Units[track].ID, letter.UnitQueue
		}
	default:
		return false
	}
	return true
}

// seal gives an accusation to the discipline unit, or to the member above it
// when that unit is itself accused. Nobody else is told anything: no candidates,
// no leader's office, no copy (信访工作条例 第二十五条: 检举控告不得转给被举报单位).
func (r *Router) seal(out *letter.Placement) {
	unit := r.cfg.DisciplineUnit
	out.Unit, out.Queue, out.Guard = unit, letter.DisciplineQueue, "unit:"+unit
	out.Top, out.Copy, out.Leader = nil, false, ""
	if slices.Contains(out.Accused, unit) {
		out.Unit, out.Guard = "", "member:"+r.cfg.DisciplineMember
	}
}

// accused lists the units named in the sentence of the accusation. The
// discipline unit is usually the one asked for help: it counts only where it
// does the deed itself.
func (r *Router) accused(p *pad, f finding) []string {
	within := p.sentence(span{f.left(), f.right()})
	var ids []string
	for _, n := range p.named {
		inside := n.at.start >= within.start && n.at.end <= within.end
		if !inside || n.unit == r.discipline && !p.doer(n.at, f) {
			continue
		}
		if id := r.cfg.Units[n.unit].ID; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// doer says that the unit stands right at the person accused: 纪委干部收受红包,
// not 请纪委查处干部.
func (p *pad) doer(unit span, f finding) bool {
	if unit.start > f.first.end || f.first.start-unit.end > 6 {
		return false
	}
	for i := unit.start - 1; i >= 0 && i >= unit.start-4 && !stop(p.text[i]); i-- {
		switch p.text[i] {
		case '请', '望', '求', '向', '给', '到', '致', '由':
			return false
		}
	}
	for i := unit.end; i < f.first.start; i++ {
		switch p.text[i] {
		case '举', '查', '请', '处', ',':
			return false
		}
	}
	return true
}
