package training

import (
	"context"
	"math/rand/v2"
	"time"

	"huiyin/routing"
)

// Why a new model was taken into use, or was not.
const (
	whyWorse = "在留出的更正上比现用的差，没有启用。"
	whyBetter = "在留出的更正上比现用的好，已启用。"
	whyRecent = "在留出的更正上不比现用的差，在新近的更正上比现用的好，已启用。"
	whyNothing = "还没有新的更正可以比较，没有启用。"
	whySame = "在留出的更正和新近的更正上都不比现用的好，没有启用。"
	whyAsks = "会比现用的多请人派很多信，没有启用。"
	whyBroken = "训练没有完成，现用的照常工作。请稍后再试，或请管理员看日志。"
)

// Sentences are all that learning may say to people, so that each can be shown in every language.
var Sentences = []string{whyWorse, whyBetter, whyRecent, whyNothing, whySame, whyAsks, whyBroken, errNoHistory.Message, errFewUnits.Message}

// Comparison is how a new model did beside what was in use, and what it would do with the city's letters. It is stored
// with the model.
type Comparison struct {
	Against     string          `json:"against,omitempty"` // version of the model in use then, "" for rules alone
	Letters     int             `json:"letters"`           // learned from
	Corrections int             `json:"corrections"`       // of these, placed by a person of this house
	Aside       int             `json:"aside"`             // kept aside for ever
	OnAside     Match           `json:"on_aside"`          // letters kept aside
	OnSince     Match           `json:"on_since"`          // letters people decided since the one in use was trained
	Sent        [2]float64      `json:"sent"`              // share of letters sent without a person: by what was in use, by this one
	Why         string          `json:"why"`               // Chinese sentence: why it was adopted, or not
	Adopt       bool            `json:"adopt"`
	Unseen      routing.Figures `json:"unseen"` // rules and model together on letters that the model had not seen
	Offers      []Offer         `json:"offers"` // to choose from, on the same letters
}

// Match counts on the same letters how often the first unit was right.
type Match struct {
	N   int `json:"n"`
	Old int `json:"old"` // by what was in use
	New int `json:"new"`
}

func match(examples []Example, old, fresh *routing.Router) Match {
	count := func(r *routing.Router) (n, right int) {
		for _, t := range TryRouter(r, examples) {
			n++
			if t.right() {
				right++
			}
		}
		return n, right
	}
	var m Match
	m.N, m.Old = count(old)
	_, m.New = count(fresh)
	return m
}

// decide adopts a model that is not worse on what was kept aside, and better there or on what people decided since.
func (c *Comparison) decide() {
	switch {
	case c.OnAside.New < c.OnAside.Old:
		c.Why = whyWorse
	case c.OnAside.New > c.OnAside.Old:
		c.Why, c.Adopt = whyBetter, true
	case c.OnSince.New > c.OnSince.Old:
		c.Why, c.Adopt = whyRecent, true
	case c.OnSince.N == 0:
		c.Why = whyNothing
	default:
		c.Why = whySame
	}
}

// asksTooMuch is the part of the letters sent without a person until now that a new model must send at least: one that
// asks about everything is right about the rest, and no help.
const asksTooMuch = 0.5

// restrain keeps a model out of use that would ask far more than what is in use.
func (c *Comparison) restrain() {
	if c.Adopt && c.Sent[1] < asksTooMuch*c.Sent[0] {
		c.Why, c.Adopt = whyAsks, false
	}
}

// inUse is what decides now: the model with the comparison stored beside it, or nothing.
type inUse struct {
	model *routing.Model
	trial Comparison
}

// since is from when people's decisions are new to it.
func (u inUse) since() time.Time {
	if u.model == nil {
		return time.Time{}
	}
	return u.model.Card().Trained
}

// compare measures old and new on letters kept aside and on the latest decisions. Letters that the old one was trained
// on, because nothing was kept aside then, do not count as kept aside.
func (h history) compare(aside map[int]bool, rules *routing.Router, old inUse, fresh *routing.Model) Comparison {
	c := Comparison{Letters: len(h.examples) - len(aside), Corrections: h.corrections(), Aside: len(aside)}
	if old.model != nil {
		c.Against = old.model.Card().Version
	}
	from := time.Time{}
	if old.trial.Aside == 0 {
		from = old.since()
	}
	var kept []int
	for _, i := range h.decided(from) {
		if aside[i] {
			kept = append(kept, i)
		}
	}
	before, after := rules.With(old.model), rules.With(fresh)
	c.OnAside = match(h.at(kept), before, after)
	c.OnSince = match(h.at(h.decided(old.since())), before, after)
	c.decide()
	return c
}

// Up to fewEnough letters every one is tried by a model that has not seen it; of more, a fifth is enough to know.
const (
	fewEnough = 2000
	folds     = 5
)

// unseen places letters with rules and models that were trained without them.
func (h history) unseen(ctx context.Context, aside map[int]bool, o Options) ([]outcome, error) {
	turn := rand.New(rand.NewPCG(uint64(o.Seed), 5)).Perm(h.clusters)
	tries := 1
	if len(h.examples) <= fewEnough {
		tries = folds
	}
	var all []outcome
	for part := range tries {
		within := func(i int) bool { return turn[h.cluster[i]]%folds == part }
		m, err := Train(ctx, h.but(func(i int) bool { return within(i) || aside[i] }), o)
		if err != nil {
			return nil, err
		}
		all = append(all, placed(o.Router.With(m), h.but(func(i int) bool { return !within(i) }))...)
	}
	return all, nil
}
