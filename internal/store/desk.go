package store

import (
	"context"

	"huiyin/internal/letter"
)

// ProposedRefusals lists the letters that one dispatcher does not want to accept
// and another one must look at.
func (s *Store) ProposedRefusals(ctx context.Context, reader Reader, page Page) (list []Row, total int, err error) {
	c := &condition{}
	c.readable(reader)
	c.filter(DispatchQueue())
	c.and("refuser <> ''")
	return s.list(ctx, c, ByDue, page)
}

// Undecided lists the letters of the dispatch queue in one state for which
// nobody has proposed a refusal.
func (s *Store) Undecided(ctx context.Context, reader Reader, state letter.State, page Page) (list []Row, total int, err error) {
	c := &condition{}
	c.readable(reader)
	f := DispatchQueue()
	f.States = []letter.State{state}
	c.filter(f)
	c.and("refuser = ''")
	return s.list(ctx, c, ByDue, page)
}
