package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"huiyin/internal/letter"
	"huiyin/search"
)

func (s *server) indexFolder() string { return filepath.Join(s.config.Data, "index") }

// indexWords are the words whose change makes the index cut differently.
func (s *server) indexWords() []string {
	city := s.city.Load()
	return append(city.Router.Words(), city.Pack.City.Words...)
}

// indexed brings the index up to what the public may read now of the letters named, whatever happened to them.
func (s *server) indexed(ctx context.Context, list []letter.Delivery) error {
	s.noted(list)
	gone := make(map[string]bool, len(list))
	for _, d := range list {
		gone[d.Number] = true
	}
	public, err := s.store.PublishedAmong(ctx, keys(gone))
	if err != nil {
		return err
	}
	city, documents := s.city.Load(), make([]search.Document, len(public))
	for i, p := range public {
		documents[i] = search.DocumentOf(p, city)
		delete(gone, p.Number)
	}
	if len(documents) > 0 {
		if err := s.index.Put(ctx, documents...); err != nil {
			return err
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return s.index.Delete(ctx, keys(gone)...)
}

func keys(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

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
