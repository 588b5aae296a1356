package routing

import (
	"fmt"
	"sync"
)

// Points of one word, before title, length and repetition count.
const (
	strong   = 3.0
	weak     = 1.0
	negative = -3.0

	alias   = 3.0 // a unit named in the text
	chosen  = 6.0 // the unit the sender chose
	likely  = 6.0 // a rule with topic and context
	earlier = 4.0 // an earlier letter of full likeness
)

// Router is the compiled rules of a city. It never changes and may be used by
// many goroutines.
type Router struct {
	cfg      Config
	units    map[string]int32
	children [][]int32 // by unit
	parent   []int32   // by unit, -1 at the top

	categories []leaf
	lexicon    *lexicon
	rules      []rule
	urgency    []pattern
	flags      []flag
	cautions   []pattern
	groups     groups
	leaders    map[string]Leader
	discipline int32  // unit, -1 when the city names none
	model      *Model // what was learned from the city's letters, nil: rules alone

	pads *sync.Pool // working memory of one decision
}

// With gives a router of the same rules that also asks the model; nil takes a model away.
func (r *Router) With(m *Model) *Router {
	taught := *r
	taught.model = m
	return &taught
}

// Model is the model the router asks, nil when rules decide alone.
func (r *Router) Model() *Model { return r.model }

// leaf is a category of the lower level.
type leaf struct {
	code, name string
	top        int32 // place of its parent among the top categories
	units      []int32
}

type rule struct {
	pattern  pattern
	to       []int32 // local is -1
	category int32   // -1: none
	points   float64
}

type flag struct {
	pattern pattern
	unit    int32
}

// New checks the rules and compiles them. Its errors name the place in the
// configuration that is wrong.
func New(cfg Config) (*Router, error) {
	r := &Router{
		cfg: cfg, units: map[string]int32{}, leaders: map[string]Leader{},
		lexicon: newLexicon(), groups: groups{ids: map[string]int32{}}, discipline: -1,
	}
	for _, step := range []func() error{
		r.compileUnits, r.compileCategories, r.compileRules, r.compileUrgency, r.compileFlags, r.compileCautions, r.compileKinds, r.compileLeaders,
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("routing: %w", err)
		}
	}
	if cfg.DisciplineUnit != "" {
		i, err := r.unit(cfg.DisciplineUnit, "discipline_unit")
		if err != nil {
			return nil, fmt.Errorf("routing: %w", err)
		}
		r.discipline = i
	}
	if cfg.Threshold < 0 || cfg.Threshold > 1 || cfg.Margin < 0 || cfg.Margin > 1 {
		return nil, fmt.Errorf("routing: threshold and margin are shares between 0 and 1")
	}
	if cfg.AtMostWrong < 0 || cfg.AtMostWrong >= 1 || cfg.Certain < 0 || cfg.Certain > 1 {
		return nil, fmt.Errorf("routing: certain and at_most_wrong are shares between 0 and 1")
	}
	r.pads = &sync.Pool{New: func() any { return r.newPad() }}
	return r, nil
}
