package store

import (
	"context"
	"fmt"

	"huiyin/internal/letter"
)

// batchSize is how many letters are read at once by what goes over all of them.
const batchSize = 200

// EachLetter hands every letter with events and clocks to take, beside what its
// row remembers of its events, in the order of numbers. Events are given as they
// lie there, also damaged ones that lead to no status; Verify judges them.
func (s *Store) EachLetter(ctx context.Context, take func(*letter.Letter, letter.Kept) error) error {
	return eachBatch("", func(after string) ([]*row, error) { return s.lettersAfter(ctx, after) },
		func(r *row) string { return r.Number }, func(r *row) error { return take(&r.Letter, r.kept) })
}

// lettersAfter loads the next batch: rows first, then what belongs to the range
// of their numbers.
func (s *Store) lettersAfter(ctx context.Context, after string) (list []*row, err error) {
	err = s.snapshot(ctx, func(ctx context.Context, q querier) (err error) {
		list, err = readRows(ctx, q, selectRow+" WHERE number > $1 ORDER BY number LIMIT $2", after, batchSize)
		if err != nil || len(list) == 0 {
			return err
		}
		return fill(ctx, q, list, "BETWEEN $1 AND $2", list[0].Number, list[len(list)-1].Number)
	})
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if status, err := letter.Replay(r.Events); err == nil {
			r.Status = status
		}
		r.Stored()
	}
	return list, nil
}

// Totals is what the database holds.
type Totals struct {
	Letters   int
	Open      int
	Published int
	Events    int
	Orphans   int // events whose letter is gone
	Members   int
	Pending   int // deliveries not made yet
}

// Totals counts for verify and doctor.
func (s *Store) Totals(ctx context.Context) (t Totals, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT
		(SELECT COUNT(*) FROM letters),
		(SELECT COUNT(*) FROM letters WHERE is_open),
		(SELECT COUNT(*) FROM letters WHERE published_at IS NOT NULL),
		(SELECT COUNT(*) FROM events),
		(SELECT COUNT(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM letters l WHERE l.number = e.letter)),
		(SELECT COUNT(*) FROM staff),
		(SELECT COUNT(*) FROM deliveries WHERE done_at IS NULL)`).
		Scan(&t.Letters, &t.Open, &t.Published, &t.Events, &t.Orphans, &t.Members, &t.Pending)
	if err != nil {
		return t, fmt.Errorf("count rows: %w", err)
	}
	return t, nil
}
