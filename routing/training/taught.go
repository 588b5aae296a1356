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
// in use last, else rules alone.
func (t *Teacher) Teach(ctx context.Context, rules *routing.Router, atMostWrong float64, held *routing.Model) (Taught, error) {
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
		if m, out.Offers, err = t.whole(ctx, version); err != nil {
			return out, err
		}
		if m == nil {
			out.Damaged = version
			if m, out.Offers, err = t.instead(ctx, held); err != nil {
				return out, err
			}
		}
	}
	if m == nil {
		c, err := t.Course(ctx)
		if err != nil {
			return out, err
		}
		out.Offers = c.Rules
	}
	out.Router = rules.With(m)
	if o, ok := offerFor(out.Offers, atMostWrong); ok && atMostWrong > 0 {
		out.Router = out.Router.Sending(o.Certain)
	}
	return out, nil
}

// whole reads a model with what there is to choose from under it; nil when it is damaged or not kept.
func (t *Teacher) whole(ctx context.Context, version string) (*routing.Model, []Offer, error) {
	e, err := t.Store.Model(ctx, version)
	if letter.IsKind(err, letter.KindNotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	m, err := routing.ReadModel(e.Body)
	if err != nil {
		return nil, nil, nil // the caller tells people
	}
	c, err := TrialOf(e)
	return m, c.Offers, err
}

// instead finds a model in the place of a damaged one: the one held in memory, which may be the same, still whole.
func (t *Teacher) instead(ctx context.Context, held *routing.Model) (*routing.Model, []Offer, error) {
	list, err := t.Store.Models(ctx, 50)
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
		if m, offers, err := t.whole(ctx, e.Version); err != nil || m != nil {
			return m, offers, err
		}
	}
	return nil, nil, nil
}
