package routing

import "strings"

// Leader gives the leader of that id.
func (r *Router) Leader(id string) (Leader, bool) {
	l, ok := r.leaders[id]
	return l, ok
}

// Find gives the unit that people mean by an id, a name or an alias.
func (r *Router) Find(named string) (Unit, bool) {
	named = strings.TrimSpace(named)
	if u, ok := r.Unit(named); ok {
		return u, true
	}
	for _, u := range r.cfg.Units {
		if named == u.Name || named == u.Short {
			return u, true
		}
	}
	for _, u := range r.cfg.Units {
		for _, a := range u.Aliases {
			if named == a {
				return u, true
			}
		}
	}
	return Unit{}, false
}

// Fallback is the unit that stands over an imported answer when nothing speaks
// for any unit: the office of the first leader, who answers for the whole house,
// or the first unit of a city without leaders.
func (r *Router) Fallback() string {
	if len(r.cfg.Leaders) > 0 {
		return r.cfg.Leaders[0].Office
	}
	if len(r.cfg.Units) > 0 {
		return r.cfg.Units[0].ID
	}
	return ""
}

// HasCategory says whether the city has a category with that code.
func (r *Router) HasCategory(code string) bool {
	for _, top := range r.cfg.Categories {
		if top.Code == code {
			return true
		}
		for _, c := range top.Children {
			if c.Code == code {
				return true
			}
		}
	}
	return false
}

// Discipline is the unit that accusations go to, and the login of the member
// above it, to whom those against that unit go; "" in a city that names none.
func (r *Router) Discipline() (unit, above string) {
	return r.cfg.DisciplineUnit, r.cfg.DisciplineMember
}
