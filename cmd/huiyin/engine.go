package main

import (
	"context"
	"time"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/search/local"
	"huiyin/search/meili"
)

// serving makes this process the only one that serves the data, or one of several that share nothing but servers.
func (p *parts) serving(ctx context.Context) (release func(), err error) {
	if p.config.shared() {
		return p.store.ShareServing(ctx)
	}
	return p.store.HoldServing(ctx)
}

// openIndex opens the index that the settings name. A server that does not answer keeps nobody from writing letters: the
// program starts, and what is published meanwhile waits in the outbox.
func (s *server) openIndex(ctx context.Context) (search.Index, error) {
	if s.config.Search == "" {
		return local.Open(s.indexFolder(), s.words, s.indexWords()...)
	}
	access, err := meili.ReadAccess(s.config.Search, s.config.SearchKey, s.config.SearchWriteKey)
	if err != nil {
		return nil, err
	}
	index, err := meili.Open(ctx, access, meili.Options{Cut: s.words.With, Words: s.indexWords()})
	if err != nil {
		return nil, err
	}
	if err := index.Health(ctx); err != nil {
		s.log.Warn("the search server does not answer; serving goes on without it until it does", "error", cause(err))
	}
	return index, nil
}

// searchBack notices that a search server is there again and lets the letters go to it that would wait for their next try,
// up to an hour after a long absence. Waits shorter than a lease are left: a letter under way looks the same.
func (s *server) searchBack(ctx context.Context, now time.Time) error {
	if err := s.index.Health(ctx); err != nil {
		s.searchGone = true
		return nil // every search says it
	}
	if !s.searchGone {
		return nil
	}
	n, err := s.store.FreeDeliveries(ctx, handlerIndex, now.Add(deliveryLease))
	if err != nil {
		return err
	}
	s.searchGone = false
	s.log.Info("the search server answers again", "letters that need not wait", n)
	s.jobs.Poke()
	return nil
}

// deliveryLease is at least as long as jobs lets one process work on a delivery.
const deliveryLease = 30 * time.Second

// searchAnswers asks the server that the settings name, if they name one.
func searchAnswers(ctx context.Context, p *parts) error {
	if p.config.Search == "" {
		return nil
	}
	access, err := meili.ReadAccess(p.config.Search, p.config.SearchKey, p.config.SearchWriteKey)
	if err != nil {
		return err
	}
	return meili.Check(ctx, access)
}

// cause is what the log says of an error for people.
func cause(err error) error {
	if e, ok := err.(*letter.Error); ok && e.Cause != nil {
		return e.Cause
	}
	return err
}
