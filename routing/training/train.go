package training

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// Options of one training.
type Options struct {
	Seed    int64     // the same letters and seed give the same model, byte for byte
	Trained time.Time // stands in the model's card
	Least   int       // letters a label needs to be learned; 0: 2
	Targets []routing.Target
}

// softness is what a model may pay for a letter it places wrongly: the more, the closer it follows its letters. Few or
// noisy letters want less; which, is tried on letters kept aside.
var softness = []float64{0.1, 1}

// kept is the part of the letters kept aside to try softness on and to make probabilities of points.
const keptAside = 5 // every fifth cluster

// Train learns a model from letters. A target with fewer than two labels is left out; when none is left, the error says
// so for people. It needs about three seconds a thousand letters on one core and ends early with ctx.
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
		head, figures, err := h.learn(ctx, func(i int) bool { return turn[cluster[i]]%keptAside == 0 })
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
}

// learn tries softness on the letters kept aside, tells how good that was, and learns from all.
func (h lesson) learn(ctx context.Context, aside func(int) bool) (routing.LearnedHead, routing.Figures, error) {
	var seen, unseen []int
	for _, i := range h.at {
		if aside(i) {
			unseen = append(unseen, i)
		} else {
			seen = append(seen, i)
		}
	}
	if len(unseen) < 2 || !h.all(seen) {
		seen, unseen = h.at, h.at // too few to keep any aside
	}
	best, figures, sharp := softness[0], routing.Figures{}, 1.0
	right := -1.0
	for _, soft := range softness {
		head, err := h.fit(ctx, seen, soft)
		if err != nil {
			return head, figures, err
		}
		points := h.points(head, unseen)
		s := sharpness(points, h.truth(unseen))
		f := h.judge(points, unseen, s)
		if score := f.Accuracy + f.MacroF1; score > right {
			best, figures, sharp, right = soft, f, s, score
		}
	}
	head, err := h.fit(ctx, h.at, best)
	head.Sharp = float32(sharp)
	return head, figures, err
}

// all says whether every label stands among the examples.
func (h lesson) all(at []int) bool {
	seen := map[string]bool{}
	for _, i := range at {
		seen[h.examples[i].Labels[h.target]] = true
	}
	return len(seen) == len(h.labels)
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

// sharpness makes probabilities of points that mean what they say: the value under which the letters kept aside are
// most likely (temperature scaling).
func sharpness(points [][]float64, truth []int) float64 {
	loss := func(sharp float64) float64 {
		var sum float64
		for n, p := range points {
			sum -= math.Log(max(1e-12, routing.Probabilities(p, sharp)[truth[n]]))
		}
		return sum
	}
	lo, hi := 0.3, 30.0
	for range 40 {
		a, b := lo+(hi-lo)*0.382, lo+(hi-lo)*0.618
		if loss(a) < loss(b) {
			hi = b
		} else {
			lo = a
		}
	}
	return (lo + hi) / 2
}

func (h lesson) judge(points [][]float64, at []int, sharp float64) routing.Figures {
	trials := make([]Trial, len(at))
	for n, t := range h.truth(at) {
		p := routing.Probabilities(points[n], sharp)
		trials[n] = trialOf(h.labels, p, h.labels[t])
	}
	return Judge(trials)
}

// Refused says whether an error of training is for people.
func Refused(err error) bool { return letter.IsRefused(err) }
