package main

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"time"

	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/jobs"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/search"
)

func (s *server) indexFolder() string { return filepath.Join(s.config.Data, "index") }

// indexWords are the words whose change makes the index cut differently.
func (s *server) indexWords() []string {
	city := s.city.Load()
	return append(city.Router.Words(), city.Pack.City.Words...)
}

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
		Handlers: map[string]jobs.Handler{handlerIndex: s.indexed, handlerLive: s.pushed, handlerLadder: s.climbed},
		Tasks: append(s.ladderTasks(), []jobs.Task{
			{Name: "sweep", Every: 30 * time.Second, Run: s.sweep},
			{Name: "city", Every: 30 * time.Second, Everywhere: true, Run: func(ctx context.Context, _ time.Time) error { return s.readCity(ctx) }},
			{Name: "redate", Every: 10 * time.Second, Run: s.redate},
			{Name: "reindex", Every: 5 * time.Second, Run: s.reindexIfAsked},
			{Name: "learn", Cron: "40 2 * * *", Run: s.learnNightly},
			{Name: "learn-asked", Every: 5 * time.Second, Run: s.learnIfAsked},
			{Name: "topics", Every: 5 * time.Second, Run: s.topics},
			{Name: "sketches", Every: time.Minute, Run: s.sketches},
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

// indexed puts a published letter into the index and takes out one that is not.
func (s *server) indexed(ctx context.Context, d letter.Delivery) error {
	p, err := s.store.Published(ctx, d.Number)
	if letter.IsKind(err, letter.KindNotFound) {
		return s.index.Delete(ctx, d.Number)
	}
	if err != nil {
		return err
	}
	return s.index.Put(ctx, search.DocumentOf(p, s.city.Load()))
}

// pushed tells the open queues at the desk that something changed.
func (s *server) pushed(ctx context.Context, d letter.Delivery) error {
	return s.live.Publish(ctx, "desk", string(d.Step))
}

// Where a wish for a new index is kept, so that the serving process, or the next
// one to start, finds it.
const (
	systemKind = "system"
	reindexID  = "reindex"
	asked      = `"asked"`
	done       = `"done"`
)

// reindexIfAsked rebuilds the index when somebody asked for it or it may lack
// letters; searches are answered from the old one meanwhile.
func (s *server) reindexIfAsked(ctx context.Context, now time.Time) error {
	wish, err := s.store.Document(ctx, systemKind, reindexID)
	if err != nil && !letter.IsKind(err, letter.KindNotFound) {
		return err
	}
	if string(wish) != asked && !s.index.NeedsRebuild() {
		return nil
	}
	began := time.Now()
	if err := s.rebuild(ctx); err != nil {
		return err
	}
	debug.FreeOSMemory() // a rebuild is rare, and what it took is not needed again
	n, err := s.index.Count(ctx)
	if err != nil {
		return err
	}
	s.log.Info("index rebuilt", "letters", n, "took", time.Since(began).Round(time.Millisecond))
	return s.store.PutDocument(ctx, systemKind, reindexID, []byte(done), now)
}

func (s *server) rebuild(ctx context.Context) error {
	city := s.city.Load()
	return s.index.Rebuild(ctx, func(yield func(search.Document, error) bool) {
		err := s.store.EachPublished(ctx, "", func(p letter.Public) error {
			if !yield(search.DocumentOf(p, city), nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && err != errEnough {
			yield(search.Document{}, fmt.Errorf("read published letters: %w", err))
		}
	})
}

// errEnough ends a walk through the published letters early.
var errEnough = fmt.Errorf("enough")

// forget drops rows that only prevented repetition or told what was done.
func (s *server) forget(ctx context.Context, now time.Time) error {
	memory := s.city.Load().Pack.Routing.Topics.WithDefaults().Memory
	return s.store.Forget(ctx, store.Expiry{
		Topics:      now.AddDate(0, 0, -memory),
		Idempotency: now.AddDate(0, 0, -7), Nonces: now, Drafts: now.AddDate(0, 0, -90), Deliveries: now.AddDate(0, 0, -30),
		Inbox: now.AddDate(0, 0, -90),
	})
}
