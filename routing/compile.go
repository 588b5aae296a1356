package routing

import (
	"fmt"
	"strings"

	"huiyin/internal/letter"
)

func (r *Router) compileUnits() error {
	for i, u := range r.cfg.Units {
		if u.ID == "" || u.Name == "" {
			return fmt.Errorf("units[%d]: id and name are needed", i)
		}
		if u.ID == Local {
			return fmt.Errorf("units[%d]: %q is kept for the street or town of the place", i, Local)
		}
		if _, twice := r.units[u.ID]; twice {
			return fmt.Errorf("units[%d]: id %q stands twice", i, u.ID)
		}
		r.units[u.ID] = int32(i)
	}
	r.parent = make([]int32, len(r.cfg.Units))
	r.children = make([][]int32, len(r.cfg.Units))
	for i, u := range r.cfg.Units {
		r.parent[i] = -1
		if u.Parent != "" {
			p, err := r.unit(u.Parent, "units "+u.ID+": parent")
			if err != nil {
				return err
			}
			r.parent[i] = p
			r.children[p] = append(r.children[p], int32(i))
		}
		r.learnUnit(int32(i), u)
	}
	for i, u := range r.cfg.Units {
		for steps, p := 0, r.parent[i]; p >= 0; steps, p = steps+1, r.parent[p] {
			if steps > len(r.cfg.Units) {
				return fmt.Errorf("units %s: its parents run in a loop", u.ID)
			}
		}
	}
	return nil
}

func (r *Router) learnUnit(i int32, u Unit) {
	r.learn(u.Vocabulary, forUnit, i, 1)
	for _, name := range append([]string{u.Name}, u.Aliases...) {
		r.lexicon.add(name, effect{namesUnit, i, alias})
	}
	short := alias
	if u.Kind == Grassroots {
		short = 0 // 河西镇 is where the matter is, not yet who is in charge
	}
	r.lexicon.add(u.Short, effect{namesUnit, i, short})
	for _, name := range u.Places {
		r.lexicon.add(name, effect{namesPlace, i, 0})
	}
}

// learn adds the words of a vocabulary for one target, at a part of their weight.
func (r *Router) learn(v Vocabulary, as role, target int32, part float64) {
	for _, w := range v.Keywords {
		r.lexicon.add(w, effect{as, target, strong * part})
	}
	for _, w := range v.Weak {
		r.lexicon.add(w, effect{as, target, weak * part})
	}
	for _, w := range v.Negative {
		r.lexicon.add(w, effect{as, target, negative * part})
	}
}

func (r *Router) compileCategories() error {
	seen := map[string]bool{}
	for t, top := range r.cfg.Categories {
		where := "categories " + top.Code
		if len(top.Code) != 2 || seen[top.Code] {
			return fmt.Errorf("%s: a top code has two digits and stands once", where)
		}
		seen[top.Code] = true
		for _, c := range top.Children {
			if len(c.Code) != 4 || !strings.HasPrefix(c.Code, top.Code) || seen[c.Code] {
				return fmt.Errorf("%s: child code %q must be %s and two digits and stand once", where, c.Code, top.Code)
			}
			seen[c.Code] = true
			if c.ByHand && len(c.Keywords)+len(c.Weak) > 0 {
				return fmt.Errorf("%s: child code %q is given by hand and has keywords", where, c.Code)
			}
			if len(c.Units) == 0 {
				c.Units = top.Units
			}
			units, err := r.targets(c.Units, "categories "+c.Code)
			if err != nil {
				return err
			}
			at := int32(len(r.categories))
			r.categories = append(r.categories, leaf{c.Code, c.Name, int32(t), units})
			r.learn(c.Vocabulary, forCategory, at, 1)
			r.learnThrough(c.Vocabulary, units)
		}
	}
	if _, err := r.targets([]string{Local}, "local"); err != nil {
		return err
	}
	r.learn(r.cfg.Local, forLocal, 0, 1)
	return nil
}

// learnThrough lets the words of a category speak for the units usually
// responsible for it, the first most.
func (r *Router) learnThrough(v Vocabulary, units []int32) {
	for n, u := range units {
		part := 0.6
		if n > 0 {
			part = 0.3
		}
		v := Vocabulary{Keywords: v.Keywords, Weak: v.Weak} // what a category denies, a unit need not
		if u < 0 {
			r.learn(v, forLocal, 0, part)
			continue
		}
		r.learn(v, forUnit, u, part)
	}
}

func (r *Router) compileRules() error {
	seen := map[string]bool{}
	for i, x := range r.cfg.Rules {
		where := fmt.Sprintf("rules[%d] %s", i, x.ID)
		if x.ID == "" || seen[x.ID] {
			return fmt.Errorf("%s: a rule needs an id of its own", where)
		}
		seen[x.ID] = true
		p, err := r.pattern(x.Pattern, where)
		if err != nil {
			return err
		}
		to, err := r.targets(x.To, where)
		if err != nil {
			return err
		}
		c, err := r.category(x.Category, where)
		if err != nil {
			return err
		}
		if x.Points == 0 {
			x.Points = likely
		}
		r.rules = append(r.rules, rule{p, to, c, x.Points})
	}
	return nil
}

func (r *Router) compileUrgency() error {
	for i, x := range r.cfg.Urgency {
		where := fmt.Sprintf("urgency[%d] %s", i, x.ID)
		if x.ID == "" || x.Urgency != letter.Urgent && x.Urgency != letter.Critical {
			return fmt.Errorf("%s: needs an id and urgency urgent or critical", where)
		}
		p, err := r.pattern(x.Pattern, where)
		if err != nil {
			return err
		}
		r.urgency = append(r.urgency, p)
	}
	return nil
}

func (r *Router) compileFlags() error {
	for i, x := range r.cfg.Flags {
		where := fmt.Sprintf("flags[%d] %s", i, x.ID)
		if x.ID == "" || x.Flag.Word() == "" {
			return fmt.Errorf("%s: needs an id and a known flag", where)
		}
		if x.Flag == letter.Accusation && (r.cfg.DisciplineUnit == "" || r.cfg.DisciplineMember == "") {
			return fmt.Errorf("%s: accusations need discipline_unit and discipline_member", where)
		}
		p, err := r.pattern(x.Pattern, where)
		if err != nil {
			return err
		}
		unit := int32(-1)
		if x.Unit != "" {
			if unit, err = r.unit(x.Unit, where); err != nil {
				return err
			}
		}
		r.flags = append(r.flags, flag{p, unit})
	}
	return nil
}

func (r *Router) compileCautions() error {
	for i, x := range r.cfg.Cautions {
		where := fmt.Sprintf("cautions[%d] %s", i, x.ID)
		if x.ID == "" {
			return fmt.Errorf("%s: a caution needs an id", where)
		}
		p, err := r.pattern(x.Pattern, where)
		if err != nil {
			return err
		}
		r.cautions = append(r.cautions, p)
	}
	return nil
}

func (r *Router) compileKinds() error {
	for i, k := range r.cfg.Kinds {
		if !k.Kind.Known() {
			return fmt.Errorf("kinds[%d]: unknown kind %q", i, k.Kind)
		}
		r.learn(k.Vocabulary, forKind, int32(i), 1)
	}
	return nil
}

func (r *Router) compileLeaders() error {
	for i, l := range r.cfg.Leaders {
		where := fmt.Sprintf("leaders[%d] %s", i, l.ID)
		if _, twice := r.leaders[l.ID]; l.ID == "" || twice {
			return fmt.Errorf("%s: a leader needs an id of his own", where)
		}
		if _, err := r.unit(l.Office, where+": office"); err != nil {
			return err
		}
		r.leaders[l.ID] = l
	}
	return nil
}

func (r *Router) unit(id, where string) (int32, error) {
	i, ok := r.units[id]
	if !ok {
		return -1, fmt.Errorf("%s: unknown unit %q", where, id)
	}
	return i, nil
}

// targets looks up units; Local becomes -1.
func (r *Router) targets(ids []string, where string) ([]int32, error) {
	if len(ids) == 0 {
		return nil, fmt.Errorf("%s: names no unit", where)
	}
	to := make([]int32, 0, len(ids))
	for _, id := range ids {
		if id == Local {
			to = append(to, -1)
			continue
		}
		i, err := r.unit(id, where)
		if err != nil {
			return nil, err
		}
		to = append(to, i)
	}
	return to, nil
}

func (r *Router) category(code, where string) (int32, error) {
	if code == "" {
		return -1, nil
	}
	for i, c := range r.categories {
		if c.code == code {
			return int32(i), nil
		}
	}
	return -1, fmt.Errorf("%s: unknown category %q", where, code)
}
