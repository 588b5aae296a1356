package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"huiyin/internal/letter"
)

// Letter loads one letter with its events and clocks, or letter.ErrNotFound.
func (s *Store) Letter(ctx context.Context, number string) (*letter.Letter, error) {
	var l *letter.Letter
	err := s.snapshot(ctx, func(ctx context.Context, q querier) (err error) {
		l, err = load(ctx, q, number, "")
		return err
	})
	return l, err
}

// load reads a letter and what its events lead to; lock is what the dialect adds
// to hold it.
func load(ctx context.Context, q querier, number, lock string) (*letter.Letter, error) {
	r, err := scanRow(q.QueryRowContext(ctx, selectRow+" WHERE number = $1"+lock, number).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, letter.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", number, err)
	}
	l := &r.Letter
	err = q.QueryRowContext(ctx, `SELECT secret FROM letter_keys WHERE letter = $1`, number).Scan(&l.Key)
	if err != nil && !errors.Is(err, sql.ErrNoRows) { // no key: the person was erased
		return nil, fmt.Errorf("load key of %s: %w", number, err)
	}
	rows, err := q.QueryContext(ctx, selectEvents+" WHERE letter = $1 ORDER BY seq", number)
	if err != nil {
		return nil, fmt.Errorf("load events of %s: %w", number, err)
	}
	if err := readEvents(rows, func(_ string, e letter.Event) { l.Events = append(l.Events, e) }); err != nil {
		return nil, fmt.Errorf("load %s: %w", number, err)
	}
	rows, err = q.QueryContext(ctx, selectClocks+" WHERE letter = $1 ORDER BY place", number)
	if err != nil {
		return nil, fmt.Errorf("load clocks of %s: %w", number, err)
	}
	if err := readClocks(rows, func(_ string, c letter.Clock) { l.Clocks = append(l.Clocks, c) }); err != nil {
		return nil, fmt.Errorf("load %s: %w", number, err)
	}
	if l.Status, err = letter.Replay(l.Events); err != nil {
		return nil, fmt.Errorf("load %s: %w", number, err)
	}
	l.Stored()
	return l, nil
}
