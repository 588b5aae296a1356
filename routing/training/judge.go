package training

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"huiyin/routing"
)

// Trial is one letter that a model or the rules placed without knowing where it belongs.
type Trial struct {
	Truth string
	Said  []string // best first
	Sure  float64  // how sure of the first
}

func trialOf(labels []string, p []float64, truth string) Trial {
	t := Trial{Truth: truth}
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	for _, k := range order[:min(3, len(order))] {
		t.Said = append(t.Said, labels[k])
	}
	t.Sure = p[order[0]]
	return t
}

func (t Trial) right() bool { return len(t.Said) > 0 && t.Said[0] == t.Truth }

// shares of letters for which coverage is told.
var shares = []float64{0.8, 0.9, 0.95, 1}

// Judge counts how often the trials were right. Macro-F1 is the mean over the labels that occur as truth.
func Judge(trials []Trial) routing.Figures {
	f := routing.Figures{N: len(trials), Coverage: map[string]float64{}}
	if len(trials) == 0 {
		return f
	}
	labels := Labels(trials)
	for _, l := range labels {
		f.MacroF1 += l.F1() / float64(len(labels))
	}
	for _, t := range trials {
		if t.right() {
			f.Accuracy++
		}
		if slices.Contains(t.Said[:min(3, len(t.Said))], t.Truth) {
			f.Top3++
		}
	}
	f.Accuracy, f.Top3 = round(f.Accuracy/float64(f.N)), round(f.Top3/float64(f.N))
	f.MacroF1 = round(f.MacroF1)
	sorted := slices.Clone(trials)
	slices.SortStableFunc(sorted, func(a, b Trial) int { return cmp.Compare(b.Sure, a.Sure) })
	for _, share := range shares {
		n, right := max(1, int(math.Round(share*float64(f.N)))), 0
		for _, t := range sorted[:n] {
			if t.right() {
				right++
			}
		}
		f.Coverage[fmt.Sprintf("%.2f", share)] = round(float64(right) / float64(n))
	}
	return f
}

// LabelFigures are the figures of one label.
type LabelFigures struct {
	Label              string
	Right, Said, Truth int               // said rightly, said at all, true
	Taken              []routing.Mistake // for what it was taken, commonest first
}

// Precision is the share of right ones among those said, 0 when it was never said.
func (l LabelFigures) Precision() float64 { return portion(l.Right, l.Said) }

// Recall is the share found of those true, 0 when there were none.
func (l LabelFigures) Recall() float64 { return portion(l.Right, l.Truth) }

// F1 is the harmonic mean of both.
func (l LabelFigures) F1() float64 { return portion(2*l.Right, l.Said+l.Truth) }

func portion(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// Labels counts the trials label by label, those that occur as truth, by name.
func Labels(trials []Trial) []LabelFigures {
	at := map[string]*LabelFigures{}
	taken := map[string]map[string]int{}
	for _, t := range trials {
		if at[t.Truth] == nil {
			at[t.Truth], taken[t.Truth] = &LabelFigures{Label: t.Truth}, map[string]int{}
		}
		at[t.Truth].Truth++
	}
	for _, t := range trials {
		if len(t.Said) == 0 {
			continue
		}
		if l := at[t.Said[0]]; l != nil {
			l.Said++
		}
		if t.right() {
			at[t.Truth].Right++
		} else {
			taken[t.Truth][t.Said[0]]++
		}
	}
	all := make([]LabelFigures, 0, len(at))
	for name, l := range at {
		for other, n := range taken[name] {
			l.Taken = append(l.Taken, routing.Mistake{Label: other, N: n})
		}
		slices.SortFunc(l.Taken, func(a, b routing.Mistake) int {
			return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Label, b.Label))
		})
		all = append(all, *l)
	}
	slices.SortFunc(all, func(a, b LabelFigures) int { return cmp.Compare(a.Label, b.Label) })
	return all
}

// CrossTry trains on all letters but one fold and tries that fold, fold by fold; near-identical letters share a fold.
// Letters of a label with fewer than o.Least letters are left out. said is called after each fold.
func CrossTry(ctx context.Context, examples []Example, target routing.Target, folds int, o Options, said func(done int)) ([]Trial, error) {
	at, labels := labelled(examples, target, max(2, o.Least))
	if len(labels) < 2 {
		return nil, errOneLabel
	}
	some := make([]Example, len(at))
	for n, i := range at {
		some[n] = examples[i]
	}
	cluster, n := Clusters(some)
	turn := rand.New(rand.NewPCG(uint64(o.Seed), 3)).Perm(n)
	o.Targets = []routing.Target{target}
	o.Least = 1
	var trials []Trial
	for fold := range folds {
		var seen, unseen []Example
		for i, e := range some {
			if turn[cluster[i]]%folds == fold {
				unseen = append(unseen, e)
			} else {
				seen = append(seen, e)
			}
		}
		m, err := Train(ctx, seen, o)
		if err != nil {
			return nil, err
		}
		trials = append(trials, Try(m, target, unseen)...)
		said(fold + 1)
	}
	return trials, nil
}

// Try places letters with a model and compares with what people decided.
func Try(m *routing.Model, target routing.Target, examples []Example) []Trial {
	var trials []Trial
	for _, e := range examples {
		truth := e.Labels[target]
		if truth == "" {
			continue
		}
		t := Trial{Truth: truth}
		for i, g := range m.Guess(target, e.Words, 3) {
			t.Said = append(t.Said, g.Label)
			if i == 0 {
				t.Sure = g.P
			}
		}
		trials = append(trials, t)
	}
	return trials
}

// TryRouter places letters with rules and model together, as intake does, and compares with the unit people decided on.
// Letters that a flag takes off the ordinary way are left out: no threshold decides about them.
func TryRouter(r *routing.Router, examples []Example) []Trial {
	var trials []Trial
	for _, e := range examples {
		truth := e.Labels[routing.TellsUnit]
		p := r.Decide(e.Draft, e.Words, nil)
		if truth == "" || p.Guard != "" || len(p.Flags) > 0 {
			continue
		}
		t := Trial{Truth: truth}
		for i, c := range p.Top {
			t.Said = append(t.Said, c.Unit)
			if i == 0 {
				t.Sure = c.Sure()
			}
		}
		trials = append(trials, t)
	}
	return trials
}

// Choice is what one threshold would do.
type Choice struct {
	Certain float64 `json:"certain"` // least probability to send a letter without a person
	Routed  float64 `json:"routed"`  // share of letters sent
	Wrong   float64 `json:"wrong"`   // share of those sent that went wrong
}

// Curve tells for each sureness that occurs what would be sent at it and how much of that wrongly, the surest first.
func Curve(trials []Trial) []Choice {
	sorted := slices.Clone(trials)
	slices.SortStableFunc(sorted, func(a, b Trial) int { return cmp.Compare(b.Sure, a.Sure) })
	var curve []Choice
	wrong := 0
	for i, t := range sorted {
		if !t.right() {
			wrong++
		}
		if i+1 < len(sorted) && sorted[i+1].Sure == t.Sure || t.Sure <= 0 {
			continue
		}
		curve = append(curve, Choice{Certain: t.Sure, Routed: round(portion(i+1, len(sorted))), Wrong: round(portion(wrong, i+1))})
	}
	return curve
}

// AtMost picks from a curve the choice that sends most letters with at most that share wrong; false when even the surest
// letters were wrong more often.
func AtMost(curve []Choice, wrong float64) (Choice, bool) {
	best, found := Choice{}, false
	for _, c := range curve {
		if c.Wrong <= wrong && c.Routed >= best.Routed {
			best, found = c, true
		}
	}
	return best, found
}

func round(x float64) float64 { return math.Round(x*10000) / 10000 }
