package testhouse

import (
	"context"

	"huiyin/citypack"
	"huiyin/routing"
	"huiyin/routing/training"
)

// Teacher learns from the house's letters.
func (h *House) Teacher() *training.Teacher {
	return &training.Teacher{Store: h.Store, Words: h.Words, Now: h.Clock, Rules: func() *routing.Router { return h.City.Rules },
		Held: func() *routing.Model { return h.City.Router.Model() }}
}

// Learn trains a model on the letters so far and puts it to work when it is better.
func (h *House) Learn() training.Course {
	h.T.Helper()
	c, err := h.Teacher().Learn(context.Background())
	Must(h.T, err)
	Must(h.T, h.ReadCity(context.Background()))
	return c
}

// ReadCity takes over the model in use and the choice of thresholds that the store holds, as the serving process does.
func (h *House) ReadCity(ctx context.Context) error {
	atMost := h.City.Pack.Routing.AtMostWrong // without rows of the store the pack holds it
	items, err := h.Store.CityItems(ctx, h.Now, "routing")
	if err != nil {
		return err
	}
	if len(items) > 0 {
		pack, err := citypack.FromItems(items)
		if err != nil {
			return err
		}
		atMost = pack.Routing.AtMostWrong
	}
	t, err := h.Teacher().Teach(ctx, h.City.Rules, atMost)
	if err != nil {
		return err
	}
	city := h.City.Taught(t.Router, t.Damaged)
	other := *city.Pack // the pack is shared by all tests of the process
	other.Routing.AtMostWrong = atMost
	city.Pack = &other
	h.City = city
	return nil
}
