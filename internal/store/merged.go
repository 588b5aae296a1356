package store

import (
	"context"
	"errors"
	"fmt"

	"huiyin/internal/letter"
)

// UpdateBeside is Update with a second letter beside the one that changes. Both
// are locked, so that two of them cannot take each other's place meanwhile; the
// second is only read, and nil when there is none. members is how many letters
// are merged with the first.
func (s *Store) UpdateBeside(ctx context.Context, number, beside string, change func(l, beside *letter.Letter, members int) error) (*letter.Letter, error) {
	var l *letter.Letter
	err := s.write(ctx, func(ctx context.Context, q querier) (err error) {
		var other *letter.Letter
		if l, other, err = s.loadBoth(ctx, q, number, beside); err != nil {
			return err
		}
		members, err := countMembers(ctx, q, number)
		if err != nil {
			return err
		}
		return s.changeAndSave(ctx, q, l, func(l *letter.Letter) error { return change(l, other, members) })
	})
	if err != nil {
		return nil, err
	}
	l.Stored()
	return l, nil
}

// loadBoth locks the two in the order of their numbers, so that two callers never
// wait for one another.
func (s *Store) loadBoth(ctx context.Context, q querier, number, beside string) (l, other *letter.Letter, err error) {
	second := func() error {
		if other, err = load(ctx, q, beside, s.dialect.forUpdate); errors.Is(err, letter.ErrNotFound) {
			return nil
		}
		return err
	}
	if beside < number {
		if err := second(); err != nil {
			return nil, nil, err
		}
	}
	if l, err = load(ctx, q, number, s.dialect.forUpdate); err != nil {
		return nil, nil, err
	}
	switch {
	case beside == number:
		other = l
	case beside > number:
		err = second()
	default:
		err = nil
	}
	return l, other, err
}

// isMember lets the index of merged letters serve.
const isMember = "merged <> '' AND merged = $1"

func countMembers(ctx context.Context, q querier, lead string) (n int, err error) {
	if err := q.QueryRowContext(ctx, "SELECT COUNT(*) FROM letters WHERE "+isMember, lead).Scan(&n); err != nil {
		return 0, fmt.Errorf("count members of %s: %w", lead, err)
	}
	return n, nil
}

// OpenMembers are the numbers of the open letters merged with a lead, in order of receipt.
func (s *Store) OpenMembers(ctx context.Context, lead string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT number FROM letters WHERE "+isMember+" AND is_open ORDER BY received_at, number", lead)
	if err != nil {
		return nil, fmt.Errorf("members of %s: %w", lead, err)
	}
	numbers, err := collect(rows, func(n *string) []any { return []any{n} })
	if err != nil {
		return nil, fmt.Errorf("members of %s: %w", lead, err)
	}
	return numbers, nil
}
