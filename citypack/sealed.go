package citypack

import (
	"fmt"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// sealedPath says whether somebody can work on the letters that nobody else may
// read: two persons in the discipline unit, one to write and one to sign, a
// member above it, and a duty officer. Without them such a letter would wait for ever.
func (p *Pack) sealedPath() error {
	unit, above := p.Routing.DisciplineUnit, p.Routing.DisciplineMember
	if unit == "" {
		return nil
	}
	if !p.any(func(m staff.Member) bool { return m.Login == above && m.Unit != unit && readsLetters(m) }) {
		return fmt.Errorf("discipline_member %q: it needs to be a member of another unit who works with letters", above)
	}
	for _, writer := range p.Staff {
		if writer.Unit != unit || !writer.Has(staff.Handler) {
			continue
		}
		if p.any(func(m staff.Member) bool { return m.Login != writer.Login && m.Unit == unit && m.Has(staff.Reviewer) }) {
			return p.dutyPath()
		}
	}
	return fmt.Errorf("discipline_unit %s: it needs a handler and another member as reviewer, because nobody else may read its letters", unit)
}

func (p *Pack) dutyPath() error {
	if !p.any(func(m staff.Member) bool { return m.Has(staff.Duty) }) {
		return fmt.Errorf("there is no duty officer, who alone may read letters about danger to life")
	}
	return nil
}

func (p *Pack) any(is func(staff.Member) bool) bool {
	for _, m := range p.Staff {
		if is(m) {
			return true
		}
	}
	return false
}

// readsLetters says whether the member may read a letter kept to him alone.
func readsLetters(m staff.Member) bool {
	l := &letter.Letter{}
	l.Guard = letter.GuardMember(m.Login)
	return m.MayRead(l)
}
