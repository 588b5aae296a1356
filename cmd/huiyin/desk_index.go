package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"time"

	"huiyin/internal/jobs"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/search"
	"huiyin/search/local"
	"huiyin/web/desk"
)

// The members' index is fed behind the work: no row is written for it where letters come in, and while many do it waits.
const (
	fileEvery = 2 * time.Second
	fileMost  = 200 // letters at a time
	fileTimes = 5   // times in one round, when little happens
	fileBusy  = 25  // letters in one round, when much does
	// busyEvents between two rounds is much: no city has so many letters a day.
	busyEvents = 100
)

// deliveriesKept is how long the store keeps finished deliveries, see server.forget; a little less, because that runs
// by night.
const deliveriesKept = 29 * 24 * time.Hour

// filedBy are the handlers whose deliveries change what members find.
var filedBy = []string{handlerLive, handlerIndex, handlerDesk}

// openDesk opens the members' index beside the public one. Where there is no letter yet a new one is complete at once: it
// would otherwise be built while the first letters come in.
func (s *server) openDesk(ctx context.Context) error {
	index, err := local.OpenDesk(filepath.Join(s.config.Data, "index-desk"), s.words, s.indexWords()...)
	if err != nil {
		return err
	}
	s.filing = &filing{index: index, queued: map[string]bool{}}
	if !index.NeedsRebuild() {
		return nil
	}
	letters := false
	err = s.store.EachFiled(ctx, func(store.Filed) error { letters = true; return errEnough })
	if letters {
		return nil
	}
	if err == nil {
		err = s.refile(ctx, time.Now())
	}
	if err != nil {
		return errors.Join(err, index.Close())
	}
	return nil
}

// deskTasks feed the members' index. Each process has its own.
func (s *server) deskTasks() []jobs.Task {
	return []jobs.Task{
		{Name: "desk-index", Every: fileEvery, Everywhere: true, Run: s.file},
		{Name: "desk-reindex", Every: 5 * time.Second, Everywhere: true, Run: s.refileIfAsked},
	}
}

// imported takes note of letters that an import brought in and that nobody is told of.
func (s *server) imported(ctx context.Context, list []letter.Delivery) error {
	s.noted(ctx, list...)
	return nil
}

// file writes letters of the queue into the members' index.
func (s *server) file(ctx context.Context, _ time.Time) error {
	f := s.filing
	if err := s.remember(ctx); err != nil {
		return err
	}
	most, times := f.round()
	for range times {
		began := time.Now()
		list := f.take(most)
		if len(list) == 0 {
			return nil
		}
		if err := s.fileAll(ctx, list); err != nil {
			f.giveBack(list)
			return err
		}
		if f.incomplete() {
			continue // the rebuild says how complete it is
		}
		if err := f.index.SetThrough(ctx, f.through(began)); err != nil {
			return err
		}
	}
	return nil
}

// remember puts into the queue what happened since the index was last complete, once in a process, and what others that
// serve may have delivered since. Where the deliveries do not reach back so far, the index must be rebuilt.
func (s *server) remember(ctx context.Context) error {
	f := s.filing
	if f.ready && !s.lookAgain() {
		return nil
	}
	now := time.Now()
	through, err := f.index.Through()
	if err != nil {
		return err
	}
	if f.index.NeedsRebuild() || time.Since(through) > deliveriesKept {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.ready, f.stale, f.looked = true, true, now
		return nil
	}
	numbers, err := s.store.DeliveredSince(ctx, through.Add(-s.overlap()), filedBy)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	newer := f.queue
	f.queue, f.queued = nil, map[string]bool{}
	f.add(through, numbers)
	for _, one := range newer {
		f.add(one.since, []string{one.number})
	}
	first := !f.ready
	f.ready, f.looked = true, now
	if first && len(numbers) > 0 {
		s.log.Info("desk index behind", "letters", len(numbers))
	}
	return nil
}

// fileAll brings the index up to what the letters are now.
func (s *server) fileAll(ctx context.Context, list []unfiled) error {
	gone := make(map[string]bool, len(list))
	for _, one := range list {
		gone[one.number] = true
	}
	filed, err := s.store.FiledAmong(ctx, keys(gone))
	if err != nil {
		return err
	}
	documents := make([]search.DeskDocument, len(filed))
	for i, one := range filed {
		if documents[i], err = desk.Document(one, s.vault); err != nil {
			s.log.Warn("a sender cannot be found by name", "error", err)
		}
		delete(gone, one.Number)
	}
	if len(documents) > 0 {
		if err := s.filing.index.Put(ctx, documents...); err != nil {
			return err
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return s.filing.index.Delete(ctx, keys(gone)...)
}

// refileIfAsked rebuilds the members' index when somebody asked for it or it may lack letters. Members search in the old
// one meanwhile. The wish is not taken away: every process that serves has its own index, and keeps in it which wish
// that index grants.
func (s *server) refileIfAsked(ctx context.Context, _ time.Time) error {
	f := s.filing
	wish, err := s.wish(ctx, reindexDeskID)
	if err != nil {
		return err
	}
	granted, err := f.index.Granted()
	if err != nil {
		return err
	}
	if (wish == nil || bytes.Equal(wish, granted)) && !f.incomplete() {
		return nil
	}
	began := time.Now()
	if err := s.refile(ctx, began); err != nil {
		return err
	}
	if err := f.index.Grant(ctx, wish); err != nil {
		return err
	}
	f.mu.Lock()
	f.stale = false
	f.mu.Unlock()
	debug.FreeOSMemory() // as after a rebuild of the public index
	n, err := f.index.Count(ctx)
	if err != nil {
		return err
	}
	s.log.Info("desk index rebuilt", "letters", n, "took", time.Since(began).Round(time.Millisecond))
	return nil
}

// progressEvery is how many letters a rebuild tells of at a time.
const progressEvery = 10_000

func (s *server) refile(ctx context.Context, began time.Time) error {
	// What happened in the last minute may not be in what is read: it is put in again.
	return s.filing.index.Rebuild(ctx, began.Add(-time.Minute), func(yield func(search.DeskDocument, error) bool) {
		n := 0
		err := s.store.EachFiled(ctx, func(one store.Filed) error {
			d, err := desk.Document(one, s.vault)
			if err != nil {
				s.log.Warn("a sender cannot be found by name", "error", err)
			}
			if !yield(d, nil) {
				return errEnough
			}
			if n++; n%progressEvery == 0 {
				s.log.Info("desk index being rebuilt", "letters", n)
			}
			if n%fileBusy == 0 {
				s.filing.giveWay(ctx)
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(search.DeskDocument{}, fmt.Errorf("read letters: %w", err))
		}
	})
}
