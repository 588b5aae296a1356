package training

import (
	"math"

	"huiyin/routing"
)

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

// try places letters by their points under heads that had not seen them.
func (h lesson) try(points [][]float64, at []int, soft float64) trial {
	t := trial{soft: soft, sharp: shy, trust: evenHanded}
	truth := h.truth(at)
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
		given := h.rules.Evidence(h.examples[i].Draft, h.examples[i].Words)
		all[n] = make([]float64, len(h.labels))
		for k, label := range h.labels {
			all[n][k] = routing.Blend(given[label])
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
	for range 18 {
		a, b := from+(to-from)*0.382, from+(to-from)*0.618
		if of(a) < of(b) {
			to = b
		} else {
			from = a
		}
	}
	return (from + to) / 2
}
