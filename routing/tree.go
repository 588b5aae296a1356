package routing

import "slices"

// Unit gives the unit of that id.
func (r *Router) Unit(id string) (Unit, bool) {
	i, ok := r.units[id]
	if !ok {
		return Unit{}, false
	}
	return r.cfg.Units[i], true
}

// Units lists all units in the order of the configuration.
func (r *Router) Units() []Unit { return slices.Clone(r.cfg.Units) }

// Tree lists all units, each followed by those below it: a list to choose from that indents a unit means the one above.
func (r *Router) Tree() []Unit {
	var units []Unit
	for i, u := range r.cfg.Units {
		if r.parent[i] >= 0 {
			continue
		}
		for _, id := range r.Under(u.ID) {
			units = append(units, r.cfg.Units[r.units[id]])
		}
	}
	return units
}

// Name is the full name of a unit, or the id itself for one that is not known.
func (r *Router) Name(id string) string {
	if u, ok := r.Unit(id); ok {
		return u.Name
	}
	return id
}

// Under lists a unit and everything below it; nil for an unknown unit.
func (r *Router) Under(id string) []string {
	i, ok := r.units[id]
	if !ok {
		return nil
	}
	ids := []string{id}
	for _, c := range r.children[i] {
		ids = append(ids, r.Under(r.cfg.Units[c].ID)...)
	}
	return ids
}

// Categories is the tree of contents.
func (r *Router) Categories() []Category { return slices.Clone(r.cfg.Categories) }

// ByHand says whether only people may give the category.
func (r *Router) ByHand(code string) bool { return byHand(r.cfg.Categories, code) }

func byHand(list []Category, code string) bool {
	return slices.ContainsFunc(list, func(c Category) bool { return c.Code == code && c.ByHand || byHand(c.Children, code) })
}

// Leaders lists the leaders residents can write to.
func (r *Router) Leaders() []Leader { return slices.Clone(r.cfg.Leaders) }

// Words lists the city's own words of at least two characters, for the
// segmenter to keep whole: names, aliases, places and keywords.
func (r *Router) Words() []string {
	var all []string
	for _, u := range r.cfg.Units {
		all = append(append(all, u.Name, u.Short), u.Aliases...)
		all = append(append(append(all, u.Places...), u.Keywords...), u.Weak...)
	}
	for _, top := range r.cfg.Categories {
		for _, c := range top.Children {
			all = append(append(all, c.Keywords...), c.Weak...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.DeleteFunc(all, func(w string) bool { return len([]rune(w)) < 2 })
}
