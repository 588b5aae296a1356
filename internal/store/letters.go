package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"huiyin/internal/letter"
)

// Insert keeps a new letter with its events, clocks and deliveries in one
// transaction and returns when it is on disk. A request with the same
// Idempotency-Key and body, or the same source and source id, was taken before:
// *letter.Repeated names the letter. The same key with another body is refused.
func (s *Store) Insert(ctx context.Context, l *letter.Letter, once *letter.Once) error {
	// All texts are made here, beside other callers, so that the one writer of
	// SQLite only writes.
	placement, err := json.Marshal(l.Placement)
	if err != nil {
		return fmt.Errorf("insert %s: %w", l.Number, err)
	}
	values, err := letterValues(l, string(placement))
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
