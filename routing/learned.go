package routing

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"huiyin/internal/letter"
)

// certain is how probable the first unit must be where the city has chosen nothing.
const certain = 0.85

// leaning is how probable a kind, category or urgency must be to be suggested; the sender's own words go before.
const leaning = 0.5

// faint is the points that stand for none: with so many a rule's word counts double, and the model alone may speak for a
// unit that no rule names.
const faint = 0.5

// Certain is the least probability of a unit that is taken without a person.
func (c Config) certain() float64 {
	if c.Certain <= 0 {
		return certain
	}
	return c.Certain
}

// learned gives what the model thinks likely for a target of few labels.
func (r *Router) learned(p *pad, t Target) (label string, sure bool) {
	h := r.model.head(t)
	if h == nil {
		return "", false
	}
	probable := Probabilities(p.sight.scores(h), float64(h.sharp))
	best := ranked(probable)[0]
	return h.labels[best], probable[best] >= leaning
}

// blend ranks the units by rules and model together, the three most probable; nil without a model. A rule's word and
// what people decided before both count: the logarithm of the points, times what points were worth on letters kept aside, is
// added to the model's. One word of a rule says little, many say much, and none is forgotten for the loudest.
func (r *Router) blend(p *pad, words []string, top []letter.Candidate, sum float64) []letter.Candidate {
	h := r.model.head(TellsUnit)
	if h == nil {
		return nil
	}
	units, probable := r.together(p, h)
	var best []letter.Candidate
	for _, i := range ranked(probable)[:min(3, len(units))] {
		u := units[i]
		c := letter.Candidate{Unit: r.cfg.Units[u].ID, P: round(probable[i])}
		if n := slices.IndexFunc(top, func(x letter.Candidate) bool { return x.Unit == c.Unit }); n >= 0 {
			c.Score, c.Share, c.Words = top[n].Score, top[n].Share, top[n].Words
		} else if p.units[u] > 0 && sum > 0 {
			c.Score, c.Share, c.Words = round(p.units[u]), round(p.units[u]/sum), p.spokenFor(u, 5)
		}
		best = append(best, c)
	}
	if len(best) > 0 {
		if label := slices.Index(h.labels, best[0].Unit); label >= 0 {
			best[0].Words = both(best[0].Words, p.sight.spoke(r.model, h, label, words, 5))
		}
	}
	return best
}

// together gives every unit that rules or model speak for its probability.
func (r *Router) together(p *pad, h *head) (units []int32, probable []float64) {
	scores := p.sight.scores(h)
	lowest, known := 0.0, make(map[int32]bool, len(scores))
	var points []float64
	for k, label := range h.labels {
		u, ok := r.units[label]
		if !ok {
			continue // a unit that was ended since
		}
		known[u] = true
		lowest = min(lowest, scores[k])
		units, points = append(units, u), append(points, float64(h.sharp)*scores[k]+float64(h.trust)*Blend(p.units[u]))
	}
	for u, given := range p.units {
		if given > 0 && !known[int32(u)] {
			units, points = append(units, int32(u)), append(points, float64(h.sharp)*lowest+float64(h.trust)*Blend(given))
		}
	}
	return units, Probabilities(points, 1)
}

// Blend is what a unit's points by rules add, before trust: the same in training and in Decide.
func Blend(points float64) float64 { return math.Log1p(max(0, points) / faint) }

// chooseLearned takes the most probable unit if it is probable enough and words of the letter can say why: what most
// letters are about is no reason.
func (r *Router) chooseLearned(out *letter.Placement) {
	first := out.Top[0]
	out.Reasons = append(out.Reasons, r.modelReason(first))
	if len(first.Words) == 0 {
		out.Reasons = append(out.Reasons, unsure("文中没有能说明理由的词语，请人工派单"))
		return
	}
	if first.P < r.cfg.certain() {
		out.Reasons = append(out.Reasons, unsure("把握不够，请人工确认："+r.names(out.Top)))
		return
	}
	out.Unit, out.Queue = first.Unit, letter.UnitQueue
}

func (r *Router) modelReason(c letter.Candidate) letter.Reason {
	words := make([]string, len(c.Words))
	for i, w := range c.Words {
		words[i] = w.Text
	}
	text := "按以往办件"
	if len(words) > 0 {
		text = "文中出现" + quoted(words) + "，按规则和以往办件"
	}
	return letter.Reason{
		Rule: "model", Words: words, Text: fmt.Sprintf("%s由%s办理的把握是 %.0f%%", text, r.Name(c.Unit), 100*c.P),
	}
}

// both joins the words of the rules with those of the model, those of the rules first.
func both(rules, learned []letter.Word) []letter.Word {
	for _, w := range learned {
		if !slices.ContainsFunc(rules, func(x letter.Word) bool { return strings.Contains(x.Text, w.Text) }) {
			rules = append(rules, w)
		}
	}
	return rules[:min(len(rules), 6)]
}

// most is the points of the unit with most.
func (p *pad) most() float64 {
	if len(p.units) == 0 {
		return 0
	}
	return slices.Max(p.units)
}

// Evidence is the points the rules give each unit with points, by id: what training weighs beside what it learned.
func (r *Router) Evidence(d letter.Draft, words []string) map[string]float64 {
	p := r.pads.Get().(*pad)
	defer r.pads.Put(p)
	p.read(r, d, words)
	r.weigh(p, d, nil, &letter.Placement{})
	p.settle(r)
	given := map[string]float64{}
	for u, points := range p.units {
		if points > 0 {
			given[r.cfg.Units[u].ID] = points
		}
	}
	return given
}
