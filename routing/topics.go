package routing

import (
	"cmp"
	"slices"

	"huiyin/internal/letter"
)

// Topic is one top category of the tree with points, named by the best of its
// children.
type Topic struct {
	Code   string  // of the child
	Points float64 // of all children
	Share  float64 // part of all points, 0 to 1
}

// Topics ranks the categories of a letter, best first.
func (r *Router) Topics(d letter.Draft, words []string) []Topic {
	p := r.pads.Get().(*pad)
	defer r.pads.Put(p)
	p.read(r, d, words)
	r.weigh(p, d, nil, &letter.Placement{})
	p.settle(r)
	return p.topics(r)
}

// Leaves ranks the lower categories of a letter that have points, best first:
// what an evaluation sums up by the labels of another tree of contents.
func (r *Router) Leaves(d letter.Draft, words []string) []Topic {
	p := r.pads.Get().(*pad)
	defer r.pads.Put(p)
	p.read(r, d, words)
	r.weigh(p, d, nil, &letter.Placement{})
	p.settle(r)
	return p.leaves(r)
}

func (p *pad) leaves(r *Router) []Topic {
	var sum float64
	var ranked []Topic
	for i, c := range r.categories {
		if points := p.categories[i]; points > 0 {
			ranked = append(ranked, Topic{Code: c.code, Points: points})
			sum += points
		}
	}
	for i := range ranked {
		ranked[i].Points, ranked[i].Share = round(ranked[i].Points), round(ranked[i].Points/sum)
	}
	slices.SortStableFunc(ranked, func(a, b Topic) int { return cmp.Compare(b.Points, a.Points) })
	return ranked
}

func (p *pad) topics(r *Router) []Topic {
	sums := make([]float64, len(r.cfg.Categories))
	best := make([]int32, len(r.cfg.Categories))
	var sum float64
	for i, c := range r.categories {
		points := max(0, p.categories[i])
		sums[c.top] += points
		sum += points
		if old := best[c.top]; r.categories[old].top != c.top || points > max(0, p.categories[old]) {
			best[c.top] = int32(i)
		}
	}
	ranked := make([]Topic, 0, len(sums))
	for t, points := range sums {
		if points > 0 {
			ranked = append(ranked, Topic{r.categories[best[t]].code, round(points), round(points / sum)})
		}
	}
	slices.SortStableFunc(ranked, func(a, b Topic) int { return cmp.Compare(b.Points, a.Points) })
	return ranked
}
