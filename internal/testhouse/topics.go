package testhouse

import (
	"context"

	"huiyin/internal/letter"
	"huiyin/internal/privacy"
	"huiyin/routing/training"
)

// Sorter sorts the house's letters into topics.
func (h *House) Sorter() *training.Sorter {
	return &training.Sorter{
		Letters: h.Store, Words: h.Words, Rules: func() letter.TopicRules { return h.City.Pack.Routing.Topics },
		Hide: func(text string) string { shown, _ := privacy.Mask(text); return shown },
	}
}

// SortTopics sorts all letters that have no topic yet.
func (h *House) SortTopics() training.Done {
	h.T.Helper()
	done, err := h.Sorter().Run(context.Background())
	Must(h.T, err)
	return done
}
