package training

import (
	"context"
	"math/rand/v2"
	"time"

	"huiyin/routing"
)

// Why a new model was taken into use, or was not.
const (
	whyBetter  = "在没学过的更正上比现用的好，已启用。"
	whyLearned = "在没学过的更正上不比现用的差，新近更正的信现在派得对，已启用。"
	whyWorse   = "在没学过的更正上不如现用的，没有启用。"
	whySame    = "在没学过的更正上和现用的一样好，没有启用。"
	whyNothing = "还没有新的更正可以比较，没有启用。"
	whyAsks    = "会比现用的多请人派很多信，没有启用。"
	whyBroken  = "训练没有完成，现用的照常工作。请稍后再试，或请管理员看日志。"
)

// Sentences are all that learning may say to people, so that each can be shown in every language.
var Sentences = []string{whyBetter, whyLearned, whyWorse, whySame, whyNothing, whyAsks, whyBroken, errNoHistory.Message, errFewUnits.Message}

// Comparison is how a new model did beside what was in use, and what it would do with the city's letters. It is stored
// with the model.
type Comparison struct {
	Against     string          `json:"against,omitempty"` // version of the model in use then, "" for rules alone
	Letters     int             `json:"letters"`           // learned from
	Corrections int             `json:"corrections"`       // of these, placed by a person of this house
	Aside       int             `json:"aside"`             // kept aside for ever
	OnAside     Match           `json:"on_aside"`          // letters kept aside
	OnSince     Match           `json:"on_since"`          // letters people decided since the one in use was trained, by models that had not seen them
	Learned     Match           `json:"learned"`           // the same letters, by the new one, which learned from them
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

func (m *Match) add(old, fresh bool) {
	m.N++
	if old {
		m.Old++
	}
	if fresh {
		m.New++
	}
}

// decide adopts a model that is right more often on corrections which it had not seen, or as often there while it has
// learned what people decided since: a single correction is heard, and harms nothing.
func (c *Comparison) decide() {
	old, fresh := c.OnAside.Old+c.OnSince.Old, c.OnAside.New+c.OnSince.New
	switch {
	case c.OnAside.N+c.OnSince.N == 0:
		c.Why = whyNothing
	case fresh > old:
		c.Why, c.Adopt = whyBetter, true
	case fresh < old:
		c.Why = whyWorse
	case c.Learned.New > c.Learned.Old:
		c.Why, c.Adopt = whyLearned, true
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

// compare measures old and new on letters kept aside and on the latest decisions, these by models that had not seen them.
// Letters that the old one was trained on, because nothing was kept aside then, do not count as kept aside.
func (h history) compare(aside map[int]bool, o Options, old inUse, fresh *routing.Model, tried []outcome) Comparison {
	c := Comparison{Letters: len(h.examples) - len(aside), Corrections: h.corrections(), Aside: len(aside)}
	if old.model != nil {
		c.Against = old.model.Card().Version
	}
	before, after := o.Router.With(old.model), o.Router.With(fresh)
	right := func(r *routing.Router, i int) bool { return TryRouter(r, h.examples[i:i+1])[0].right() }
	for i, l := range h.letters {
		if aside[i] && !l.Decided.IsZero() && (old.trial.Aside > 0 || l.Decided.After(old.since())) {
			c.OnAside.add(right(before, i), right(after, i))
		}
	}
	for _, t := range tried {
		if l := h.letters[t.at]; !l.Decided.IsZero() && l.Decided.After(old.since()) {
			known := right(before, t.at)
			c.OnSince.add(known, t.right())
			c.Learned.add(known, right(after, t.at))
		}
	}
	c.decide()
	if len(tried) > 0 {
		c.Unseen, c.Offers = Judge(trialsOf(tried)), offersOf(tried)
		c.Sent = [2]float64{h.sent(before, old.trial.Offers), chosen(c.Offers, o.Router.AtMostWrong()).Routed}
		c.restrain()
	}
	return c
}

// sent is the share of letters that what is in use sends without a person.
func (h history) sent(r *routing.Router, offers []Offer) float64 {
	return usualOf(placed(willingly(r, offers, r.AtMostWrong()), h, nil)).Routed
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
		all = append(all, placed(o.Router.With(m), h, func(i int) bool { return within(i) && !aside[i] })...)
	}
	return all, nil
}
