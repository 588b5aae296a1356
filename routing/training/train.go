package training

import (
	"context"
	"fmt"
	"math"
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
	rules    *routing.Router // weighed together with what is learned, or nil
}

// learn tries softness on the letters kept aside, tells how good that was, and learns from all.
func (h lesson) learn(ctx context.Context, aside func(int) bool) (routing.LearnedHead, routing.Figures, error) {
	seen, unseen := h.part(aside)
	seen = thinned(seen, tried)
	var best trial
	for _, soft := range softness {
		head, err := h.fit(ctx, seen, soft)
		if err != nil {
			return head, routing.Figures{}, err
		}
		if t := h.try(head, unseen, soft); best.soft == 0 || t.score() > best.score() {
			best = t
		}
	}
	head, err := h.fit(ctx, h.at, best.soft)
	head.Sharp, head.Trust = float32(best.sharp), float32(best.trust)
	return head, best.figures, err
}

// tried is how many letters softness is tried on: more do not change the choice, and cost as much as the learning itself.
const tried = 3000

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

// trial is how one softness did on the letters kept aside.
type trial struct {
	soft, sharp, trust float64
	figures            routing.Figures
}

func (t trial) score() float64 { return t.figures.Accuracy + t.figures.MacroF1 }

// Where fewer letters are kept aside than fewest, nothing is fitted to them: neither model nor rules are believed much.
const (
	fewest     = 30
	shy        = 3.0
	evenHanded = 0.5
)

// trusts are what the rules' word may count for.
var trusts = []float64{0, 0.25, 0.5, 0.75, 1, 1.5, 2}

func (h lesson) try(head routing.LearnedHead, at []int, soft float64) trial {
	t := trial{soft: soft, sharp: shy, trust: evenHanded}
	points, truth := h.points(head, at), h.truth(at)
	rules := h.evidence(at)
	if len(at) >= fewest {
		t.sharp, t.trust = sharpness(points, rules, truth)
	} else if rules == nil {
		t.trust = 0
	}
	trials := make([]Trial, len(at))
	for n := range at {
		trials[n] = trialOf(h.labels, routing.Probabilities(together(points[n], rules, n, t.sharp, t.trust), 1), h.labels[truth[n]])
	}
	t.figures = Judge(trials)
	return t
}

// evidence is what the rules give each label, as Blend counts it; nil without rules.
func (h lesson) evidence(at []int) [][]float64 {
	if h.rules == nil {
		return nil
	}
	all := make([][]float64, len(at))
	for n, i := range at {
		shares := h.rules.Evidence(h.examples[i].Draft, h.examples[i].Words)
		all[n] = make([]float64, len(h.labels))
		for k, label := range h.labels {
			all[n][k] = routing.Blend(shares[label])
		}
	}
	return all
}

func together(points []float64, rules [][]float64, n int, sharp, trust float64) []float64 {
	sum := make([]float64, len(points))
	for k, p := range points {
		sum[k] = sharp * p
		if rules != nil {
			sum[k] += trust * rules[n][k]
		}
	}
	return sum
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

// sharpness makes probabilities of points that mean what they say, and tells what the rules are worth beside them: the
// values under which the letters kept aside are most likely (temperature scaling).
func sharpness(points, rules [][]float64, truth []int) (sharp, trust float64) {
	loss := func(sharp, trust float64) float64 {
		var sum float64
		for n, p := range points {
			sum -= math.Log(max(1e-12, routing.Probabilities(together(p, rules, n, sharp, trust), 1)[truth[n]]))
		}
		return sum
	}
	weights := trusts
	if rules == nil {
		weights = trusts[:1]
	}
	least := math.Inf(1)
	for _, w := range weights {
		s := lowest(0.3, 10, func(s float64) float64 { return loss(s, w) })
		if l := loss(s, w); l < least {
			sharp, trust, least = s, w, l
		}
	}
	return sharp, trust
}

// lowest finds where a function with one valley is lowest.
func lowest(from, to float64, of func(float64) float64) float64 {
	for range 30 {
		a, b := from+(to-from)*0.382, from+(to-from)*0.618
		if of(a) < of(b) {
			to = b
		} else {
			from = a
		}
	}
	return (from + to) / 2
}
