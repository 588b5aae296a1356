package routing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// groups numbers the word lists of all patterns; a list used by name is one
// group however many patterns use it.
type groups struct{ ids map[string]int32 }

// pattern is a Pattern with its lists as groups, -1 for a list it does not have.
type pattern struct {
	any, with, then, unless, before, between, by, notBy int32
	near                                                int32
	cues                                                []cue
	least                                               float64
}

// beforeReach is how far before the first word a Before word may stand.
const beforeReach = 4

func (r *Router) pattern(p Pattern, where string) (pattern, error) {
	if len(p.Any) == 0 && len(p.Cues) == 0 {
		return pattern{}, fmt.Errorf("%s: any is empty", where)
	}
	if len(p.Cues) > 0 && (len(p.By) == 0 || p.Least <= 0) {
		return pattern{}, fmt.Errorf("%s: cues need by and least", where)
	}
	c := pattern{near: int32(p.Near), least: p.Least}
	for _, list := range []struct {
		words []string
		to    *int32
	}{{p.Any, &c.any}, {p.With, &c.with}, {p.Then, &c.then}, {p.Unless, &c.unless}, {p.Before, &c.before}, {p.Between, &c.between}, {p.By, &c.by}, {p.NotBy, &c.notBy}} {
		g, err := r.group(list.words, where)
		if err != nil {
			return pattern{}, err
		}
		*list.to = g
	}
	for _, x := range p.Cues {
		g, err := r.group(x.Words, where)
		if err != nil {
			return pattern{}, err
		}
		c.cues = append(c.cues, cue{g, x.Points})
	}
	slices.SortStableFunc(c.cues, func(a, b cue) int { return cmp.Compare(b.rank(), a.rank()) })
	return c, nil
}

func (r *Router) group(words []string, where string) (int32, error) {
	if len(words) == 0 {
		return -1, nil
	}
	key := strings.Join(words, "\x00")
	if g, known := r.groups.ids[key]; known {
		return g, nil
	}
	g := int32(len(r.groups.ids))
	r.groups.ids[key] = g
	for _, w := range words {
		list := []string{w}
		if name, named := strings.CutPrefix(w, "@"); named {
			if list = r.list(name); list == nil {
				return -1, fmt.Errorf("%s: unknown list %q", where, w)
			}
		}
		for _, w := range list {
			r.lexicon.add(w, effect{inGroup, g, 0})
		}
	}
	return g, nil
}

func (r *Router) list(name string) []string {
	if name != "units" {
		return r.cfg.Lists[name]
	}
	var all []string
	for _, u := range r.cfg.Units {
		all = append(append(all, u.Name, u.Short), u.Aliases...)
	}
	return all
}

// finding is where a pattern was met: its first word and the word that had to
// stand with it (the same when one word is enough).
type finding struct{ first, second span }

// meets looks for the pattern; the salutation of a letter does not count where
// the rule is about persons.
func (p *pad) meets(c pattern, greetings bool) (finding, bool) {
	var first finding
	met := p.each(c, greetings, func(f finding) bool { first = f; return false })
	return first, met
}

// each calls found with every place where the pattern is met until it says no,
// and tells whether there was one.
func (p *pad) each(c pattern, greetings bool, found func(finding) bool) bool {
	if len(c.cues) > 0 {
		return p.eachSuspect(c, found)
	}
	met := false
	for _, a := range p.hits(c.any) {
		if !greetings && p.greeting(a.start) || p.near(c.before, span{a.start - beforeReach, a.start}) {
			continue
		}
		f, ok := p.partner(c, a)
		if ok && c.by >= 0 {
			f, ok = p.deed(c, f)
		}
		if ok && (c.unless < 0 || !p.near(c.unless, p.sentence(span{f.left(), f.right()}))) {
			if met = true; !found(f) {
				break
			}
		}
	}
	return met
}

// partner finds the words that must stand with a. Where both are asked for, Then
// tells the deed, near and with nothing between, and With its circumstance,
// anywhere in the sentence.
func (p *pad) partner(c pattern, a span) (finding, bool) {
	switch {
	case c.then < 0 && c.with < 0:
		return finding{a, a}, true
	case c.then < 0:
		b, ok := p.closest(c, c.with, a, p.reach(c, a))
		return finding{a, b}, ok
	}
	after := span{a.end, p.reach(c, a).end}
	b, ok := p.closest(c, c.then, a, after)
	if ok && c.with >= 0 {
		ok = p.near(c.with, p.sentence(span{a.start, b.end}))
	}
	return finding{a, b}, ok
}

// reach is where the partner of a may stand: so many characters away, or in
// the same sentence.
func (p *pad) reach(c pattern, a span) span {
	if c.near == 0 {
		return p.sentence(a)
	}
	return span{a.start - c.near, a.end + c.near}
}

// closest finds the word of the group nearest to a that touches the reach.
func (p *pad) closest(c pattern, group int32, a, reach span) (span, bool) {
	best, found := span{}, false
	for _, b := range p.hits(group) {
		if b.start > reach.end {
			break
		}
		overlap := b.start < a.end && b.end > a.start
		if b.end <= reach.start || overlap || p.barred(c.between, gap(a, b)) {
			continue
		}
		if !found || width(a, b) < width(a, best) {
			best, found = b, true
		}
	}
	return best, found
}

// barred says whether a word of the group begins in the gap; 拒收 bars 收红包
// although the two share a character.
func (p *pad) barred(group int32, gap span) bool {
	if group < 0 {
		return false
	}
	for _, h := range p.hits(group) {
		if h.start >= gap.start && h.start < gap.end {
			return true
		}
	}
	return false
}

// near says whether a word of the group lies within the stretch.
func (p *pad) near(group int32, within span) bool {
	if group < 0 {
		return false
	}
	for _, h := range p.hits(group) {
		if h.start >= within.start && h.end <= within.end {
			return true
		}
	}
	return false
}

func (f finding) left() int32  { return min(f.first.start, f.second.start) }
func (f finding) right() int32 { return max(f.first.end, f.second.end) }

func gap(a, b span) span {
	if a.end <= b.start {
		return span{a.end, b.start}
	}
	return span{b.end, a.start}
}

func width(a, b span) int32 { g := gap(a, b); return g.end - g.start }
