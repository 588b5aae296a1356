package casework

import (
	"slices"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/routing"
	"huiyin/sla"
)

// Told lists the members whom a rung of the letter is told, each once, in the
// order of the members given. Nobody is told of a letter that he may not read, so
// a guard keeps its rungs as it keeps the letter; unit is what the rung's clock
// measures, "" for the sender's.
func Told(router *routing.Router, l *letter.Letter, unit string, to []sla.Recipient, members []staff.Member) []staff.Member {
	var may []staff.Member
	for _, m := range members {
		m.Covers = router.Under(m.Unit)
		if m.MayRead(l) {
			may = append(may, m)
		}
	}
	if unit == "" {
		unit = l.Unit
	}
	told := map[string]bool{}
	for _, r := range to {
		for _, m := range recipients(router, l, unit, r, may) {
			told[m.Login] = true
		}
	}
	return slices.DeleteFunc(may, func(m staff.Member) bool { return !told[m.Login] })
}

// recipients are those of the members who may read the letter that one code means.
func recipients(router *routing.Router, l *letter.Letter, unit string, to sla.Recipient, may []staff.Member) []staff.Member {
	switch to {
	case sla.ToHandler:
		return handlers(router, l, unit, may)
	case sla.ToHead:
		return nearest(router, unit, may, staff.Reviewer)
	case sla.ToSupervisor:
		return holding(may, staff.Supervisor)
	case sla.ToLeader:
		return holding(may, staff.Leader)
	}
	return nil
}

// handlers are who works on the letter: the duty officer on what is kept for him,
// the dispatchers while no unit has it. A guarded letter whose unit has no handler
// is told to all whom the guard names, because nobody else could see it wait.
func handlers(router *routing.Router, l *letter.Letter, unit string, may []staff.Member) []staff.Member {
	found := nearest(router, unit, may, staff.Handler)
	switch {
	case l.Guard == letter.GuardDuty:
		return holding(may, staff.Duty)
	case unit == "" && l.Guard == "":
		return holding(may, staff.Dispatcher)
	case l.Guard != "" && len(found) == 0:
		return may
	}
	return found
}

// nearest are the holders of a post in the unit, or in the nearest unit above it
// that has one: a unit without such an account is worked for by the one above.
func nearest(router *routing.Router, unit string, may []staff.Member, post staff.Role) []staff.Member {
	for unit != "" {
		var found []staff.Member
		for _, m := range holding(may, post) {
			if m.Unit == unit {
				found = append(found, m)
			}
		}
		if len(found) > 0 {
			return found
		}
		u, _ := router.Unit(unit)
		unit = u.Parent
	}
	return nil
}

func holding(members []staff.Member, post staff.Role) []staff.Member {
	var found []staff.Member
	for _, m := range members {
		if m.Has(post) {
			found = append(found, m)
		}
	}
	return found
}
