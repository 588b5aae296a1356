package main

import (
	"context"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/privacy"
	"huiyin/routing/training"
)

// sorter sorts letters into topics under the city's rules in force.
func (p *parts) sorter() *training.Sorter {
	return &training.Sorter{
		Letters: p.store, Words: p.words,
		Hide: func(text string) string {
			shown, _ := privacy.Mask(text)
			return shown
		},
		Rules: func() letter.TopicRules { return p.city.Load().Pack.Routing.Topics },
	}
}

// rests gives a rest of nine times what was worked since the last one: sorting takes a tenth of a core beside serving,
// however many letters an import brings.
func rests(last time.Time) func(context.Context) {
	return func(ctx context.Context) {
		select {
		case <-ctx.Done():
		case <-time.After(9 * time.Since(last)):
		}
		last = time.Now()
	}
}

// fresh is how long ago a topic may have started for those at the desk to be told; one of an imported archive is no news.
const fresh = 7 * 24 * time.Hour

// topics sorts the letters that came since and tells the supervisors' pages when a topic starts.
func (s *server) topics(ctx context.Context, now time.Time) error {
	sorter := s.sorter()
	sorter.Rest = rests(time.Now())
	done, err := sorter.Run(ctx)
	if done.Sorted > 0 {
		s.log.Info("letters sorted into topics", "letters", done.Sorted, "started", len(done.Started), "withdrawn", done.Withdrawn)
	}
	for _, t := range done.Started {
		if now.Sub(t.Started) > fresh || s.live == nil {
			continue
		}
		if err := s.live.Publish(ctx, "desk", "topic"); err != nil {
			return err
		}
	}
	return err
}
