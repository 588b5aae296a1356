package store

import (
	"context"
	"fmt"

	"huiyin/internal/letter"
)

// What the public may read is read from these columns alone.
const selectPublic = `SELECT number, kind, site_column, category, unit, open_title, open_body, open_reply, received_at, answered_at,
	published_at, working_minutes, satisfied, source_id FROM letters WHERE published_at IS NOT NULL AND guard = ''`

func publicPlaces(p *letter.Public) []any {
	return []any{&p.Number, &p.Kind, &p.Column, &p.Category, &p.Unit, &p.Title, &p.Body, &p.Reply, moment{&p.Received},
		moment{&p.Answered}, moment{&p.Published}, &p.WorkingMinutes, &p.Satisfied, &p.SourceID}
}

func (s *Store) public(ctx context.Context, rest string, args ...any) ([]letter.Public, error) {
	rows, err := s.db.QueryContext(ctx, selectPublic+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("read published letters: %w", err)
	}
	return collect(rows, publicPlaces)
}

// Published is one published letter; letter.ErrNotFound when there is none or it
// is not public now.
func (s *Store) Published(ctx context.Context, number string) (letter.Public, error) {
	list, err := s.public(ctx, " AND number = $1", number)
	if err != nil {
		return letter.Public{}, err
	}
	if len(list) == 0 {
		return letter.Public{}, letter.ErrNotFound
	}
	return list[0], nil
}

// PublishedAmong gives those of the letters named that the public may read now, in no order.
func (s *Store) PublishedAmong(ctx context.Context, numbers []string) ([]letter.Public, error) {
	return among(numbers, func(these string, args []any) ([]letter.Public, error) {
		return s.public(ctx, " AND number "+these, args...)
	})
}

// NewestPublished lists the letters published last.
func (s *Store) NewestPublished(ctx context.Context, limit int) ([]letter.Public, error) {
	return s.public(ctx, " ORDER BY published_at DESC, number DESC LIMIT $1", limit)
}

// CountPublished counts the letters that the public may read now.
func (s *Store) CountPublished(ctx context.Context) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM letters WHERE published_at IS NOT NULL AND guard = ''`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count published letters: %w", err)
	}
	return n, nil
}

// EachPublished hands every published letter with a number above after to take,
// in the order of numbers, for rebuilding an index, see eachBatch.
func (s *Store) EachPublished(ctx context.Context, after string, take func(letter.Public) error) error {
	return eachBatch(after, func(after string) ([]letter.Public, error) {
		return s.public(ctx, " AND number > $1 ORDER BY number LIMIT $2", after, batchSize)
	}, func(p letter.Public) string { return p.Number }, take)
}
