package training

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"huiyin/routing"
)

// Options of one training.
type Options struct {
	Seed    int64     // the same letters and seed give the same model, byte for byte
	Trained time.Time // stands in the model's card
	Least   int       // letters a label needs to be learned; 0: 2
	Targets []routing.Target
	Router  *routing.Router // whose rules will decide together with the model; nil: the model alone
}

// softness is what a model may pay for a letter it places wrongly: the more, the closer it follows its letters. Few or
// noisy letters want less; which, is tried on letters kept aside.
var softness = []float64{0.06, 1}

// kept is the part of the letters kept aside to try softness on and to make probabilities of points.
const keptAside = 5 // every fifth cluster

// Train learns a model from letters. A target with fewer than two labels is left out; when none is left, the error says
// so for people. It works on one core and ends early with ctx.
func Train(ctx context.Context, examples []Example, o Options) (*routing.Model, error) {
	if o.Least == 0 {
		o.Least = 2
	}
	l := routing.Learned{Card: routing.Card{Trained: o.Trained.UTC(), Seed: o.Seed}}
	v := vocabularyOf(examples)
	l.Hashes, l.Rare = v.hashes, v.rare
	x := v.read(examples)
	cluster, n := Clusters(examples)
	turn := rand.New(rand.NewPCG(uint64(o.Seed), 1)).Perm(n)
	some := map[int]bool{}
	for _, t := range o.Targets {
		at, labels := labelled(examples, t, o.Least)
		if len(labels) < 2 {
			continue
		}
		h := lesson{x: x, examples: examples, target: t, labels: labels, at: at, features: len(v.hashes), seed: uint64(o.Seed)}
		if t == routing.TellsUnit {
			h.rules = o.Router
		}
		head, figures, err := h.learn(ctx, func(i int) int { return turn[cluster[i]] % keptAside })
		if err != nil {
			return nil, err
		}
		l.Heads = append(l.Heads, head)
		l.Card.Heads = append(l.Card.Heads, routing.HeadCard{Target: t, Labels: labels, Letters: len(at), Figures: figures})
		for _, i := range at {
			some[i] = true
		}
	}
	if len(l.Heads) == 0 {
		return nil, errOneLabel
	}
	l.Card.Letters = len(some)
	return routing.NewModel(l), nil
}

// lesson is the learning of one target.
type lesson struct {
	x        matrix
	examples []Example
	target   routing.Target
	labels   []string
	at       []int // examples with a label
	features int
	seed     uint64
	rules    *routing.Router // weighed together with what is learned, or nil
}

// few is up to how many letters each of them is kept aside once: a fifth of so few would say little.
const few = 1000

// learn tries softness on letters kept aside, tells how good that was, and learns from all.
func (h lesson) learn(ctx context.Context, part func(int) int) (routing.LearnedHead, routing.Figures, error) {
	tries := 1
	if len(h.at) <= few {
		tries = keptAside
	}
	var best trial
	for _, soft := range softness {
		var points [][]float64
		var aside []int
		for n := range tries {
			seen, unseen := h.part(func(i int) bool { return part(i) == n })
			head, err := h.fit(ctx, h.tried(seen), soft)
			if err != nil {
				return head, routing.Figures{}, err
			}
			points, aside = append(points, h.points(head, unseen)...), append(aside, unseen...)
		}
		if t := h.try(points, aside, soft); best.soft == 0 || t.score() > best.score() {
			best = t
		}
	}
	head, err := h.fit(ctx, h.at, best.soft)
	head.Sharp, head.Trust = float32(best.sharp), float32(best.trust)
	return head, best.figures, err
}

// Softness is tried on so many letters: more cost as much as the learning itself, and fewer chose worse between three
// kinds. Of many labels each costs as much as one of three, and fewer letters do.
const (
	mostTried   = 3000
	fewestTried = 1500
	triedInAll  = 30_000 // letters times labels
)

// tried takes the letters that softness is tried on.
func (h lesson) tried(seen []int) []int {
	return thinned(seen, min(mostTried, max(fewestTried, triedInAll/len(h.labels))))
}

// thinned takes every so manieth, so that at most most stay.
func thinned(at []int, most int) []int {
	if len(at) <= most {
		return at
	}
	some := make([]int, 0, most)
	for n := range most {
		some = append(some, at[n*len(at)/most])
	}
	return some
}

// part keeps letters aside, but of no label all.
func (h lesson) part(aside func(int) bool) (seen, unseen []int) {
	left := map[string]bool{}
	for _, i := range h.at {
		if !aside(i) {
			left[h.examples[i].Labels[h.target]] = true
		}
	}
	for _, i := range h.at {
		if aside(i) && left[h.examples[i].Labels[h.target]] {
			unseen = append(unseen, i)
		} else {
			seen = append(seen, i)
		}
	}
	return seen, unseen
}

func (h lesson) truth(at []int) []int {
	truth := make([]int, len(at))
	for n, i := range at {
		truth[n] = slices.Index(h.labels, h.examples[i].Labels[h.target])
	}
	return truth
}

// fit learns one boundary for each label against the rest.
func (h lesson) fit(ctx context.Context, at []int, soft float64) (routing.LearnedHead, error) {
	k := len(h.labels)
	head := routing.LearnedHead{Target: h.target, Labels: h.labels, Weights: make([]float32, h.features*k), Bias: make([]float32, k)}
	cost := make([]float64, len(at))
	for n, i := range at {
		cost[n] = soft * h.examples[i].weight()
	}
	truth := h.truth(at)
	y := make([]float32, len(at))
	for label := range h.labels {
		if err := ctx.Err(); err != nil {
			return head, fmt.Errorf("train %s: %w", h.target, err)
		}
		for n, t := range truth {
			y[n] = -1
			if t == label {
				y[n] = 1
			}
		}
		w, bias := boundary(h.x, at, y, cost, h.features, h.seed)
		for row, x := range w {
			head.Weights[row*k+label] = x
		}
		head.Bias[label] = bias
	}
	return head, nil
}

// points of letters under a head: a row for each.
func (h lesson) points(head routing.LearnedHead, at []int) [][]float64 {
	k := len(h.labels)
	all := make([][]float64, len(at))
	for n, i := range at {
		p := make([]float64, k)
		for j := range p {
			p[j] = float64(head.Bias[j])
		}
		ids, values := h.x.row(i)
		for f, id := range ids {
			for j, w := range head.Weights[int(id)*k:][:k] {
				p[j] += float64(values[f] * w)
			}
		}
		all[n] = p
	}
	return all
}
