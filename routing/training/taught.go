package training

import (
	"context"
	"fmt"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// Taught is a router with the model in use and the thresholds that the city's choice and its history give.
type Taught struct {
	Router  *routing.Router
	Damaged string  // version of the model that should be in use and cannot be read, "" when all is well
	Cause   error   // for the log: why it cannot
	Offers  []Offer // to choose from: what each choice would have done with the city's letters
	Sign    string  // changes when the router does
}

// Sign names what Teach would make now, so that who holds a router sees that it is out of date.
func (t *Teacher) Sign(ctx context.Context) (string, error) {
	version, err := t.Store.ActiveVersion(ctx)
	if err != nil {
		return "", err
	}
	c, err := t.Course(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %d", version, c.Ended.UnixMilli()), nil
}

// Teach gives the rules the model in use. When its file is damaged, the model held so far goes on, else the one that was
// trained last of those that were in use, else rules alone.
func (t *Teacher) Teach(ctx context.Context, rules *routing.Router, atMostWrong float64) (Taught, error) {
	sign, err := t.Sign(ctx)
	if err != nil {
		return Taught{}, err
	}
	out := Taught{Sign: sign}
	version, err := t.Store.ActiveVersion(ctx)
	if err != nil {
		return out, err
	}
	var m *routing.Model
	if version != "" {
		m, out.Offers, err = t.whole(ctx, version)
		if unusable(err) {
			out.Damaged, out.Cause = version, err
			m, out.Offers, err = t.instead(ctx)
		}
		if err != nil {
			return out, err
		}
	}
	if m == nil {
		c, err := t.Course(ctx)
		if err != nil {
			return out, err
		}
		out.Offers = c.Rules
	}
	out.Router = willingly(rules.With(m), out.Offers, atMostWrong)
	return out, nil
}

// whole reads a model with what there is to choose from under it; it refuses one that is damaged.
func (t *Teacher) whole(ctx context.Context, version string) (*routing.Model, []Offer, error) {
	e, err := t.Store.Model(ctx, version)
	if err != nil {
		return nil, nil, err
	}
	m, err := routing.ReadModel(e.Body)
	if err != nil {
		return nil, nil, err
	}
	c, err := TrialOf(e)
	return m, c.Offers, err
}

// unusable says that a model itself is at fault, not the way to it.
func unusable(err error) bool {
	return letter.IsRefused(err) || letter.IsKind(err, letter.KindNotFound)
}

// mostListed is among how many of the newest models one is looked for; five of them have a body.
const mostListed = 50

// instead finds a model in the place of a damaged one: the one held in memory, which may be the same, still whole.
func (t *Teacher) instead(ctx context.Context) (*routing.Model, []Offer, error) {
	held := t.Held()
	list, err := t.Store.Models(ctx, mostListed)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range list {
		if held != nil && e.Version == held.Card().Version {
			c, err := TrialOf(e)
			return held, c.Offers, err
		}
	}
	for _, e := range list {
		if e.State != routing.Kept || !e.Whole {
			continue
		}
		if m, offers, err := t.whole(ctx, e.Version); !unusable(err) {
			return m, offers, err
		}
	}
	return nil, nil, nil
}
