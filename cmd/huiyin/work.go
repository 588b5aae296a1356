package main

import (
	"context"
	"time"

	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/jobs"
	"huiyin/internal/letter"
	"huiyin/internal/store"
)

// columns makes the services of surveys and interviews, whose answers and
// questions may become letters through intake.
func (s *server) columns() {
	submit := func(ctx context.Context, d letter.Draft) (number, code string, err error) {
		r, err := s.intake.Submit(ctx, d)
		return r.Number, r.QueryCode, err
	}
	s.surveys = survey.New(s.store, submit)
	s.interviews = interview.New(s.store, submit)
}

// work is the one list of all background work.
func (s *server) work() jobs.List {
	return jobs.List{
		Queue: s.store, Zone: s.zone,
		Handlers: map[string]jobs.Handler{handlerLive: s.pushed, handlerLadder: s.climbed},
		Batches:  map[string]jobs.Batch{handlerIndex: s.indexed, handlerDesk: s.imported},
		Tasks: append(append(s.ladderTasks(), s.deskTasks()...), []jobs.Task{
			{Name: "sweep", Every: 30 * time.Second, Run: s.sweep},
			{Name: "city", Every: 30 * time.Second, Everywhere: true, Run: func(ctx context.Context, _ time.Time) error { return s.readRules(ctx) }},
			{Name: "redate", Every: 10 * time.Second, Run: s.redate},
			{Name: "reindex", Every: 5 * time.Second, Run: s.reindexIfAsked},
			{Name: "search-back", Every: 2 * time.Second, Everywhere: true, Run: s.searchBack},
			{Name: "learn", Cron: "40 2 * * *", Run: s.learnNightly},
			{Name: "learn-asked", Every: 5 * time.Second, Run: s.learnIfAsked},
			{Name: "topics", Every: 5 * time.Second, Run: s.topics},
			{Name: "sketches", Every: time.Minute, Run: s.sketches},
			{Name: "searches", Every: 10 * time.Second, Everywhere: true, Run: func(ctx context.Context, _ time.Time) error { return s.questions.Keep(ctx) }},
			{Name: "forget", Cron: "17 3 * * *", Run: s.forget},
		}...),
	}
}

// sweep writes the rungs that have passed since the last look.
func (s *server) sweep(ctx context.Context, now time.Time) error {
	n, err := s.casework.Sweep(ctx, now)
	if n > 0 {
		s.log.Info("rungs written", "count", n)
		s.jobs.Poke()
	}
	return err
}

// sketches makes letters without a sketch findable: those of an older archive, and those no longer kept from readers.
func (s *server) sketches(ctx context.Context, _ time.Time) error {
	n, err := s.intake.SketchOld(ctx)
	if n > 0 {
		s.log.Info("letters sketched", "count", n)
	}
	return err
}

// pushed tells the open queues at the desk that something changed.
func (s *server) pushed(ctx context.Context, d letter.Delivery) error {
	s.noted(ctx, d)
	return s.live.Publish(ctx, "desk", string(d.Step))
}

// forget drops rows that only prevented repetition or told what was done.
func (s *server) forget(ctx context.Context, now time.Time) error {
	memory := s.city.Load().Pack.Routing.Topics.WithDefaults().Memory
	return s.store.Forget(ctx, store.Expiry{
		Topics:      now.AddDate(0, 0, -memory),
		Idempotency: now.AddDate(0, 0, -7), Nonces: now, Drafts: now.AddDate(0, 0, -90), Deliveries: now.AddDate(0, 0, -30),
		Inbox: now.AddDate(0, 0, -90), Searches: now.AddDate(0, 0, -400),
	})
}
