package routing

import (
	"slices"

	"huiyin/internal/letter"
)

// mark sets the flags and gives the first rule that takes the letter off its
// ordinary way, or -1.
func (r *Router) mark(p *pad, out *letter.Placement) int {
	first := -1
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
		if first < 0 && rule.Flag != letter.Health {
			first = i
		}
	}
	if slices.Contains(out.Flags, letter.Accusation) {
		out.Accused = r.accused(p)
	}
	return first
}

// seal gives an accusation to the discipline unit, or to the member above it
// when that unit is itself accused. Its placement names no candidate, no leader's
// office and no words but those of the accusation: an accusation must not reach
// the accused (信访工作条例：不得将检举控告材料转给被检举控告的人员或者单位).
func (r *Router) seal(out *letter.Placement) {
	unit := r.cfg.DisciplineUnit
	out.Unit, out.Queue, out.Guard = unit, letter.DisciplineQueue, "unit:"+unit
	out.Reasons = slices.DeleteFunc(out.Reasons, func(x letter.Reason) bool { return !r.flagRule(x.Rule) })
	if slices.Contains(out.Accused, unit) {
		out.Unit, out.Guard = "", "member:"+r.cfg.DisciplineMember
	}
}

func (r *Router) flagRule(id string) bool {
	return slices.ContainsFunc(r.cfg.Flags, func(f FlagRule) bool { return f.ID == id })
}

// divert takes a letter off the ordinary way by a rule other than accusation.
func (r *Router) divert(first int, out *letter.Placement) {
	if first < 0 {
		return
	}
	switch r.cfg.Flags[first].Flag {
	case letter.Danger:
		out.Unit, out.Queue, out.Guard, out.Urgency = "", letter.DutyQueue, "duty", letter.Critical
	case letter.Secret, letter.Minor:
		out.Unit, out.Queue, out.Guard = "", letter.DutyQueue, "duty"
	case letter.LegalRoute:
		out.Unit, out.Queue = "", letter.DispatchQueue
	case letter.Disclosure:
		if track := r.flags[first].unit; track >= 0 {
			out.Unit, out.Queue = r.cfg.Units[track].ID, letter.UnitQueue
		}
	}
}

// accused lists the units named in any sentence that accuses, whichever rule
// found it, and those a rule accuses by itself. The discipline unit is usually
// the one asked for help: it counts only where it does the deed itself.
func (r *Router) accused(p *pad) []string {
	var ids []string
	add := func(unit int32) {
		if id := r.cfg.Units[unit].ID; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for i, x := range r.flags {
		if r.cfg.Flags[i].Flag != letter.Accusation {
			continue
		}
		met := p.each(x.pattern, false, func(f finding) bool {
			p.namedIn(f, func(n naming) {
				if n.unit != r.discipline || p.doer(n.at, f) {
					add(n.unit)
				}
			})
			return true
		})
		if met && x.unit >= 0 {
			add(x.unit)
		}
	}
	slices.Sort(ids)
	return ids
}

// namedIn calls found with every unit named in the sentence of the finding.
func (p *pad) namedIn(f finding, found func(naming)) {
	within := p.sentence(span{f.left(), f.right()})
	for _, n := range p.named {
		if n.at.start >= within.start && n.at.end <= within.end {
			found(n)
		}
	}
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
