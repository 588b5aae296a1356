package routing

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"huiyin/internal/letter"
)

// pad is the working memory of one decision: what was found in the letter and
// the points it gives. It is reused, so that deciding allocates little.
type pad struct {
	layout
	matches []match
	groups  [][]span // by group: where its words stand
	times   []uint8  // by phrase: how often it counted so far

	units      []float64
	categories []float64
	kinds      []float64
	local      float64
	words      []spoken
	named      []naming
	used       []span  // words already counted as a cue
	here       []int32 // grassroots units whose places the letter names

	sight sight // what the model sees of the letter
}

// spoken is one word that gave a unit points.
type spoken struct {
	target int32 // unit; -1 local
	text   span
	points float64
}

// naming is a unit named in the text.
type naming struct {
	unit int32
	at   span
}

func (r *Router) newPad() *pad {
	return &pad{
		groups: make([][]span, len(r.groups.ids)), times: make([]uint8, len(r.lexicon.phrases)),
		units: make([]float64, len(r.cfg.Units)), categories: make([]float64, len(r.categories)),
		kinds: make([]float64, len(r.cfg.Kinds)),
	}
}

func (p *pad) hits(group int32) []span { return p.groups[group] }

// read lays out the letter, finds all phrases and counts their points.
func (p *pad) read(r *Router, d letter.Draft, words []string) {
	p.clear()
	p.layout.read(d, words)
	p.matches = r.lexicon.find(p.text, p.matches[:0])
	covered := int32(0)
	for _, m := range p.matches {
		if p.amount(m) {
			continue
		}
		ph := &r.lexicon.phrases[m.phrase]
		torn := ph.length == 2 && p.torn(m)
		hidden := m.end <= covered || p.placeOnly(m) || torn
		for _, e := range ph.effects {
			switch {
			case e.role == inGroup && !torn:
				p.groups[e.target] = append(p.groups[e.target], span{m.start, m.end})
			case e.role == forKind:
				p.kinds[e.target] += e.points * p.voice(m)
			case e.role == namesPlace:
				p.here = append(p.here, e.target)
			case e.role != inGroup && !hidden:
				p.count(m, ph, e)
			}
		}
		if ph.evidence && !hidden {
			covered = max(covered, m.end)
			p.times[m.phrase]++
		}
	}
}

func (p *pad) clear() {
	for _, m := range p.matches {
		p.times[m.phrase] = 0
	}
	for g := range p.groups {
		p.groups[g] = p.groups[g][:0]
	}
	clear(p.units)
	clear(p.categories)
	clear(p.kinds)
	p.local, p.words, p.named, p.here = 0, p.words[:0], p.named[:0], p.here[:0]
}

// amount says that a number that is also a name (110, 12345) is part of a larger
// one or counts something: 110元.
func (p *pad) amount(m match) bool {
	if !digit(p.text[m.start]) || !digit(p.text[m.end-1]) {
		return false
	}
	if m.start > 0 && (digit(p.text[m.start-1]) || p.text[m.start-1] == '.') {
		return true
	}
	return int(m.end) < len(p.text) && (digit(p.text[m.end]) || strings.ContainsRune("元块多万个人平米斤年天.", p.text[m.end]))
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// placeOnly says that a match lies in the place, which tells where and not what.
func (p *pad) placeOnly(m match) bool { return int(m.start) >= p.place }

func (p *pad) count(m match, ph *phrase, e effect) {
	points := e.points * p.voice(m) * specific(ph.length) * fresh(p.times[m.phrase])
	at := span{m.start, m.end}
	switch e.role {
	case forUnit:
		p.give(e.target, at, points)
	case forLocal:
		p.local += points
		p.words = append(p.words, spoken{-1, at, points})
	case forCategory:
		p.categories[e.target] += points
	case namesUnit:
		p.named = append(p.named, naming{e.target, at})
		p.give(e.target, at, e.points*fresh(p.times[m.phrase])*p.standing(at))
	}
}

func (p *pad) give(unit int32, at span, points float64) {
	if points == 0 {
		return
	}
	p.units[unit] += points
	p.words = append(p.words, spoken{unit, at, points})
}

// voice: the title says what the letter is about.
func (p *pad) voice(m match) float64 {
	if int(m.start) < p.body {
		return 2
	}
	return 1
}

// specific: the longer a phrase the less it can mean anything else.
func specific(length int) float64 { return 0.7 + 0.15*float64(min(length, 6)) }

// fresh: a word said again says little more.
func fresh(times uint8) float64 {
	if times == 0 {
		return 1
	}
	return max(0, 0.4-0.1*float64(times))
}

// standing: a unit addressed or asked for help is not yet the unit in charge.
func (p *pad) standing(at span) float64 {
	if p.greeting(at.start) {
		return 0.1
	}
	for i := at.start - 1; i >= 0 && i >= at.start-4 && !pause(p.text[i]); i-- {
		switch p.text[i] {
		case '请', '望', '议', '求', '向', '找', '给':
			return 0.4
		}
	}
	return 1
}

// settle spreads the points where they belong once all words are counted.
func (p *pad) settle(r *Router) {
	p.placeLocals(r)
	for i, c := range r.categories {
		if u := c.units[0]; u >= 0 {
			p.categories[i] += 0.15 * max(0, p.units[u])
		} else {
			p.categories[i] += 0.15 * p.local
		}
	}
	p.lean(r)
}

// placeLocals gives the points of a local matter to the street office or town
// whose places the letter names, doubled: the matter and the place agree. A
// place alone gives nothing, every letter has one.
func (p *pad) placeLocals(r *Router) {
	if p.local <= 0 || len(p.here) == 0 {
		return
	}
	slices.Sort(p.here)
	for _, u := range slices.Compact(p.here) {
		p.units[u] += 2 * p.local
		for _, w := range p.words {
			if w.target < 0 {
				p.words = append(p.words, spoken{u, w.text, w.points})
			}
		}
	}
	p.local = 0
}

// lean moves points from a unit to the part of it that the words name: the
// lighting team rather than the whole bureau.
func (p *pad) lean(r *Router) {
	for u, parts := range r.children {
		best := int32(-1)
		for _, c := range parts {
			if p.units[c] >= strong && (best < 0 || p.units[c] > p.units[best]) {
				best = c
			}
		}
		if best < 0 || p.units[u] <= 0 || p.units[best] < 0.5*p.units[u] {
			continue
		}
		moved := 0.7 * p.units[u]
		p.units[best] += moved
		p.units[u] -= moved
	}
}

// ranking lists the units with points, best first, at most n, and the sum of
// all positive points.
func (p *pad) ranking(r *Router, n int) ([]letter.Candidate, float64) {
	var sum float64
	best := make([]letter.Candidate, 0, n+1)
	for u, points := range p.units {
		if points <= 0 {
			continue
		}
		sum += points
		best = append(best, letter.Candidate{Unit: r.cfg.Units[u].ID, Score: points})
		slices.SortStableFunc(best, func(a, b letter.Candidate) int { return cmp.Compare(b.Score, a.Score) })
		best = best[:min(len(best), n)]
	}
	sum += max(0, p.local)
	for i := range best {
		best[i].Share = round(best[i].Score / sum)
		best[i].Score = round(best[i].Score)
		best[i].Words = p.spokenFor(r.units[best[i].Unit], 5)
	}
	return best, sum
}

// spokenFor lists the words that gave the unit most, each once.
func (p *pad) spokenFor(unit int32, n int) []letter.Word {
	best := make([]letter.Word, 0, n+1)
	for _, w := range p.words {
		if w.target != unit || w.points <= 0 {
			continue
		}
		text := p.quote(w.text)
		if i := slices.IndexFunc(best, func(x letter.Word) bool { return x.Text == text }); i >= 0 {
			best[i].Points = round(best[i].Points + w.points)
			continue
		}
		best = append(best, letter.Word{Text: text, Points: round(w.points)})
	}
	best = joined(best)
	slices.SortStableFunc(best, func(a, b letter.Word) int { return cmp.Compare(b.Points, a.Points) })
	return best[:min(len(best), n)]
}

// joined gives the points of a word that stands within a longer one to that one: a reader sees 路灯不亮, not 路灯不亮, 路灯
// and 不亮.
func joined(words []letter.Word) []letter.Word {
	slices.SortStableFunc(words, func(a, b letter.Word) int { return cmp.Compare(len(b.Text), len(a.Text)) })
	kept := words[:0]
	for _, w := range words {
		i := slices.IndexFunc(kept, func(longer letter.Word) bool { return strings.Contains(longer.Text, w.Text) })
		if i >= 0 {
			kept[i].Points = round(kept[i].Points + w.Points)
			continue
		}
		kept = append(kept, w)
	}
	return kept
}

func round(x float64) float64 { return math.Round(x*1000) / 1000 }
