package staff

import "huiyin/internal/letter"

// May says whether the member may take the step on the letter: nil, ErrNotFound
// when he may not even read it, or Forbidden with the reason. Whether the
// letter's state allows the step, the letter itself says when it is recorded.
// For a submission there is no letter yet: l may be nil.
func (m Member) May(step letter.Step, l *letter.Letter) error {
	row, known := letter.Row(step)
	if !known {
		return letter.Refuse("没有“%s”这个步骤。", string(step))
	}
	fresh := l == nil || l.State == letter.None
	if !fresh && !m.MayRead(l) {
		return letter.ErrNotFound
	}
	party := m.party(row)
	if party == "" && !fresh && m.keeps(l) {
		party = standIn(row)
	}
	switch {
	case m.Disabled:
		return letter.Forbid("您的账号已停用。")
	case party == "":
		return letter.Forbid("您的岗位不能进行“%s”。", row.Word)
	case party == letter.ByUnit && !m.handles(l):
		return letter.Forbid("这封信不由您的单位办理，不能进行“%s”。", row.Word)
	case party == letter.ByCoUnit && !m.helps(l):
		return letter.Forbid("您的单位没有会办这封信，不能进行“%s”。", row.Word)
	}
	return nil
}

// Actor is the member as the event of the step names him. It plays the same
// party that May examined; ask May first.
func (m Member) Actor(step letter.Step) letter.Actor {
	row, _ := letter.Row(step)
	party := m.party(row)
	if party == "" {
		party = standIn(row) // May has let nobody else through
	}
	return letter.Actor{Party: party, Member: m.Login, Unit: m.Unit}
}

// keeps says whether a guard keeps the letter to this member alone. No
// dispatcher may read it, so he does what a dispatcher does with others.
func (m Member) keeps(l *letter.Letter) bool { return l.Guard == letter.GuardMember(m.Login) }

func standIn(row letter.Transition) letter.Party {
	for _, p := range row.By {
		if p == letter.ByDispatcher {
			return p
		}
	}
	return ""
}

// party picks the part the member plays in a step, "" for none. A post that
// works for the whole city comes before the one bound to a unit, so that a
// dispatcher who is also a handler is not held to his unit's letters.
func (m Member) party(row letter.Transition) letter.Party {
	var bound letter.Party
	for _, p := range row.By {
		if !m.plays(p) {
			continue
		}
		if p != letter.ByUnit && p != letter.ByCoUnit {
			return p
		}
		if bound == "" {
			bound = p
		}
	}
	return bound
}

// MayRead says whether the member may see the letter at all. A guard keeps it to
// those it names. The accused never read a letter about them, whatever their
// post (信访工作条例 art. 44: what a report says must not reach the accused),
// unless the guard names them. Who runs the system reads no letters.
func (m Member) MayRead(l *letter.Letter) bool {
	if m.Disabled || l == nil || !m.readsLetters() {
		return false
	}
	if l.Guard != "" {
		return m.named(l.Guard)
	}
	for _, unit := range l.Accused {
		if unit == m.Unit {
			return false
		}
	}
	for _, r := range []Role{Dispatcher, Operator, Supervisor, Reviewer, Leader} {
		if m.Has(r) {
			return true
		}
	}
	if m.Has(Duty) && urgent(l) {
		return true
	}
	return m.Has(Handler) && (m.InUnit(l.Unit) || m.helps(l))
}

// readsLetters says whether any of the member's roles works with letters.
func (m Member) readsLetters() bool {
	for _, r := range m.Roles {
		if len(parties[r]) > 0 {
			return true
		}
	}
	return false
}

// named says whether a guard names the member. A guarded unit is the unit
// itself: a unit above it does not read along.
func (m Member) named(guard string) bool {
	switch guard {
	case letter.GuardDuty:
		return m.Has(Duty)
	case letter.GuardMember(m.Login):
		return true
	}
	return m.Unit != "" && guard == letter.GuardUnit(m.Unit)
}

// urgent says that the duty officer had to do with the letter, so that he can
// follow it after he sent it on.
func urgent(l *letter.Letter) bool {
	return l.Urgency == letter.Critical || l.Placement.Queue == letter.DutyQueue
}

// handles says whether the letter is with the member's unit. The member a
// sealed letter is kept to handles it wherever its unit stands.
func (m Member) handles(l *letter.Letter) bool {
	return l != nil && (m.InUnit(l.Unit) || m.keeps(l))
}

// helps says whether one of the member's units was asked to take part.
func (m Member) helps(l *letter.Letter) bool {
	if l == nil {
		return false
	}
	for _, e := range l.Events {
		if e.Step != letter.Part {
			continue
		}
		if f, err := e.PublicFacts(); err == nil && m.InUnit(f.Unit) {
			return true
		}
	}
	return false
}
