package routing

import (
	"slices"
	"strings"

	"huiyin/internal/letter"
)

// Decide says where a letter goes and why. words are the cut words of title and
// body in order, lower case; without them phrases are found in the raw text
// alone. precedents are earlier letters about a like matter, best first.
//
// The share of a unit is its part of all points given. The first unit gets the
// letter when its share, its lead and its points reach the limits of the
// configuration; otherwise a dispatcher decides between the three of Top. A
// router with a model asks it too, and then the probability of both together
// must reach Certain. Flags that seal or stop a letter go before everything.
func (r *Router) Decide(d letter.Draft, words []string, precedents []Precedent) letter.Placement {
	p := r.pads.Get().(*pad)
	defer r.pads.Put(p)
	p.read(r, d, words)

	out := letter.Placement{Version: r.cfg.Version, Urgency: letter.Normal}
	r.weigh(p, d, precedents, &out)
	p.settle(r)
	if r.model != nil {
		p.sight.look(r.model, words)
		out.Model = r.model.card.Version
	}
	out.Category = r.guessCategory(p, d)
	out.Kind = r.guessKind(p, d)
	switch first := r.mark(p, &out); {
	case first >= 0 && r.cfg.Flags[first].Flag == letter.Accusation:
		r.seal(&out)
	default:
		r.raise(p, &out)
		r.choose(p, words, &out)
		r.caution(p, &out)
		r.divert(first, &out)
		r.suggestParts(&out)
	}
	if out.Guard == "" {
		r.address(d, &out)
	}
	return out
}

// weigh adds what is not a single word: rules, the sender's own choice, places
// and earlier letters.
func (r *Router) weigh(p *pad, d letter.Draft, precedents []Precedent, out *letter.Placement) {
	for i, x := range r.rules {
		f, ok := p.meets(x.pattern, true)
		if !ok {
			continue
		}
		for n, u := range x.to {
			points := x.points
			if n > 0 {
				points *= 0.5
			}
			if u < 0 {
				p.local += points
				continue
			}
			p.give(u, f.first, points/2)
			p.give(u, f.second, points/2)
		}
		if x.category >= 0 {
			p.categories[x.category] += x.points
		}
		out.Reasons = append(out.Reasons, r.ruleReason(p, r.cfg.Rules[i], f))
	}
	if u, known := r.units[d.Unit]; known {
		p.units[u] += chosen
		out.Reasons = append(out.Reasons, letter.Reason{Rule: "chosen", Text: "来信人选择了" + r.Name(d.Unit)})
	}
	for _, x := range precedents {
		if u, known := r.units[x.Unit]; known {
			p.units[u] += earlier * x.Likeness
			out.Reasons = append(out.Reasons, letter.Reason{Rule: "precedent", Text: "相似来信 " + x.Number + " 由" + r.Name(x.Unit) + "办理"})
		}
	}
}

// choose fills Top and, where rules and model are sure enough, the unit.
func (r *Router) choose(p *pad, words []string, out *letter.Placement) {
	top, sum := p.ranking(r, 3)
	learned := r.blend(p, words, top, sum)
	if learned != nil {
		top = learned
	}
	out.Top, out.Queue = top, letter.DispatchQueue
	switch {
	case len(top) == 0:
		out.Reasons = append(out.Reasons, unsure("文中没有能判断承办单位的词语，请人工派单"))
	case p.local > p.most():
		out.Reasons = append(out.Reasons, unsure("属于街道（镇）事务，但文中没有写明所在街道或村社区，请人工派单"))
	case learned != nil:
		r.chooseLearned(out)
	case top[0].Score < r.cfg.Minimum:
		out.Reasons = append(out.Reasons, r.wordsReason(top[0]), unsure("依据太少，请人工确认"))
	case top[0].Share < r.cfg.Threshold || len(top) > 1 && (top[0].Score-top[1].Score)/sum < r.cfg.Margin:
		out.Reasons = append(out.Reasons, r.wordsReason(top[0]), unsure("可能的承办单位不止一个，请人工确认："+r.names(top)))
	default:
		out.Unit, out.Queue = top[0].Unit, letter.UnitQueue
		out.Reasons = append(out.Reasons, r.wordsReason(top[0]))
	}
}

// takesPart is the share of points from which a second unit may have to take part.
const takesPart = 0.25

// suggestParts names the units that may have to take part beside the one in charge (会办): those with a good share of
// the points that are neither above nor below it.
func (r *Router) suggestParts(out *letter.Placement) {
	if out.Unit == "" {
		return
	}
	for _, c := range out.Top {
		if c.Unit != out.Unit && c.Share >= takesPart && !slices.Contains(r.Under(out.Unit), c.Unit) && !slices.Contains(r.Under(c.Unit), out.Unit) {
			out.With = append(out.With, c.Unit)
			out.Reasons = append(out.Reasons, letter.Reason{Rule: "with", Text: "可能需要" + r.Name(c.Unit) + "会办"})
		}
	}
}

// caution gives the letter to a person where it may accuse the unit it would go to.
func (r *Router) caution(p *pad, out *letter.Placement) {
	for i, c := range r.cautions {
		f, ok := p.meets(c, false)
		if !ok {
			continue
		}
		x := r.cfg.Cautions[i]
		out.Unit, out.Queue = "", letter.DispatchQueue
		out.Reasons = append(out.Reasons, letter.Reason{
			Rule: x.ID, Text: "文中出现" + quoted(p.found(f)) + "，" + x.Note, Words: p.found(f),
		})
		return
	}
}

// address tells that a leader's office sees the letter; it goes to the unit
// responsible like any other.
func (r *Router) address(d letter.Draft, out *letter.Placement) {
	l, known := r.leaders[d.Addressee]
	if !known {
		return
	}
	out.Leader = l.ID
	out.Reasons = append(out.Reasons, letter.Reason{
		Rule: "addressee", Text: "写给" + l.Title + "的信：按职责转承办单位，" + r.Name(l.Office) + "同时可见",
	})
}

func (r *Router) guessCategory(p *pad, d letter.Draft) string {
	if d.Category != "" {
		return d.Category
	}
	if code, sure := r.learned(p, TellsCategory); sure && r.HasCategory(code) {
		return code
	}
	if ranked := p.topics(r); len(ranked) > 0 {
		return ranked[0].Code
	}
	return ""
}

// guessKind keeps what the sender chose.
func (r *Router) guessKind(p *pad, d letter.Draft) letter.Kind {
	if d.Kind != "" || len(r.cfg.Kinds) == 0 {
		return d.Kind
	}
	if k, sure := r.learned(p, TellsKind); sure && letter.Kind(k).Known() {
		return letter.Kind(k)
	}
	best := -1
	for i, points := range p.kinds {
		if points > 0 && (best < 0 || points > p.kinds[best]) {
			best = i
		}
	}
	if best < 0 {
		return letter.Help
	}
	return r.cfg.Kinds[best].Kind
}

// raise sets the urgency by the first rule met.
func (r *Router) raise(p *pad, out *letter.Placement) {
	for i, c := range r.urgency {
		f, ok := p.meets(c, true)
		if !ok {
			continue
		}
		rule := r.cfg.Urgency[i]
		out.Urgency, out.Copy = rule.Urgency, rule.Copy
		out.Reasons = append(out.Reasons, letter.Reason{
			Rule: rule.ID, Text: "文中出现" + quoted(p.found(f)) + "，" + rule.Note, Words: p.found(f),
		})
		return
	}
	if u, sure := r.learned(p, TellsUrgency); sure && letter.Urgency(u) == letter.Urgent {
		out.Urgency = letter.Urgent
		out.Reasons = append(out.Reasons, letter.Reason{Rule: "model", Text: "与以往按紧急办理的来信相似"})
	}
}

func (r *Router) names(top []letter.Candidate) string {
	names := make([]string, len(top))
	for i, c := range top {
		names[i] = r.Name(c.Unit)
	}
	return strings.Join(names, "、")
}
