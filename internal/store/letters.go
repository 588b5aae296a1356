package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"huiyin/internal/letter"
)

// Insert keeps a new letter with its events, clocks and deliveries in one
// transaction and returns when it is on disk. A request with the same
// Idempotency-Key and body, or the same source and source id, was taken before:
// *letter.Repeated names the letter. The same key with another body is refused.
func (s *Store) Insert(ctx context.Context, l *letter.Letter, once *letter.Once) error {
	// All texts are made here, beside other callers, so that the one writer of
	// SQLite only writes.
	values, err := letterValues(l)
	if err != nil {
		return fmt.Errorf("insert %s: %w", l.Number, err)
	}
	values = append(values, sketchOf(l))
	events, deliveries := s.eventRows(l)
	clocks, fingerprints := clockRows(l), fingerprintRows(l)
	err = s.write(ctx, func(ctx context.Context, q querier) error {
		if err := claimOnce(ctx, q, l, once); err != nil {
			return err
		}
		if err := insertLetter(ctx, q, l, values); err != nil {
			return err
		}
		for _, rows := range []batch{events, clocks, deliveries, fingerprints} {
			if err := rows.insert(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		l.Stored()
	}
	return err
}

const ifNewSource = ` ON CONFLICT (source, source_id) WHERE source_id <> '' DO NOTHING`

var insertLetterText = insertText("letters", append(slices.Clip(letterColumns), "sketch"), 1) + ifNewSource

func insertLetter(ctx context.Context, q querier, l *letter.Letter, values []any) error {
	n, err := affected(q.ExecContext(ctx, insertLetterText, values...))
	if err != nil {
		return fmt.Errorf("insert %s: %w", l.Number, err)
	}
	if n == 0 {
		return takenBefore(ctx, q, l)
	}
	if len(l.Key) == 0 {
		return nil
	}
	if _, err := q.ExecContext(ctx, `INSERT INTO letter_keys (letter, secret) VALUES ($1, $2)`, l.Number, l.Key); err != nil {
		return fmt.Errorf("insert key of %s: %w", l.Number, err)
	}
	return nil
}

func takenBefore(ctx context.Context, q querier, l *letter.Letter) error {
	var number string
	err := q.QueryRowContext(ctx, `SELECT number FROM letters WHERE source = $1 AND source_id = $2 AND source_id <> ''`,
		l.Source, l.SourceID).Scan(&number)
	if err != nil {
		return fmt.Errorf("find source %s %s: %w", l.Source, l.SourceID, err)
	}
	return &letter.Repeated{Number: number}
}

// Update changes one letter: it locks it, loads it with its events and clocks,
// calls change, and keeps row, fresh events, their deliveries and the clocks in
// one transaction. change must be pure, because other writers wait for it. When
// it returns an error, nothing is kept and that error comes back as it is; a
// letter that does not exist is letter.ErrNotFound.
func (s *Store) Update(ctx context.Context, number string, change func(*letter.Letter) error) (*letter.Letter, error) {
	var l *letter.Letter
	err := s.write(ctx, func(ctx context.Context, q querier) (err error) {
		if l, err = load(ctx, q, number, s.dialect.forUpdate); err != nil {
			return err
		}
		before, settled := clockRows(l), l.Settled()
		if err := change(l); err != nil {
			return err
		}
		if err := s.save(ctx, q, l, before); err != nil || l.Settled() == settled {
			return err
		}
		return settleFingerprint(ctx, q, l)
	})
	if err != nil {
		return nil, err
	}
	l.Stored()
	return l, nil
}

// updateLetterText sets every column but the number, which finds the row.
var updateLetterText = func() string {
	rest := letterColumns[1:]
	return "UPDATE letters SET (" + strings.Join(rest, ", ") + ") = (" + placeholders(2, len(rest)) + ") WHERE number = $1"
}()

func (s *Store) save(ctx context.Context, q querier, l *letter.Letter, clocksBefore batch) error {
	values, err := letterValues(l)
	if err != nil {
		return fmt.Errorf("update %s: %w", l.Number, err)
	}
	if _, err := q.ExecContext(ctx, updateLetterText, values...); err != nil {
		return fmt.Errorf("update %s: %w", l.Number, err)
	}
	events, deliveries := s.eventRows(l)
	if err := events.insert(ctx, q); err != nil {
		return err
	}
	if err := deliveries.insert(ctx, q); err != nil {
		return err
	}
	return replaceClocks(ctx, q, l, clocksBefore)
}
