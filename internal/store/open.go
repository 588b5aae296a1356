package store

import (
	"context"
	"fmt"
)

// OpenAfter lists the numbers of open letters after one, in their order, for what
// goes over all of them and must be able to go on where it stopped.
func (s *Store) OpenAfter(ctx context.Context, after string, limit int) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT number FROM letters WHERE is_open AND number > $1 ORDER BY number LIMIT $2`, after, limit)
	if err != nil {
		return nil, fmt.Errorf("list open letters: %w", err)
	}
	return collect(rows, func(number *string) []any { return []any{number} })
}

// CountOpen counts the open letters, guarded ones too: it is for who runs the
// system, not for a page.
func (s *Store) CountOpen(ctx context.Context) (n int, err error) {
	if err := s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM letters WHERE is_open`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count open letters: %w", err)
	}
	return n, nil
}
