package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// sketchOf is what the row of a new letter remembers of its matter: nothing while it is kept from readers.
func sketchOf(l *letter.Letter) any {
	if l.Sketch == nil || l.Guard != "" || len(l.Accused) > 0 {
		return nil
	}
	return l.Sketch
}

// fingerprintRows are the rows by which a new letter is found again: none when it is kept from readers.
func fingerprintRows(l *letter.Letter) batch {
	if sketchOf(l) == nil {
		return batch{}
	}
	return keyRows(l.Sketch, l.Settled(), l.Received.UnixMilli(), l.Number)
}

func keyRows(sketch []byte, settled bool, at int64, number string) batch {
	rows := batch{table: "fingerprints", columns: []string{"mark", "settled", "at", "letter"}}
	for _, key := range slices.Compact(slices.Sorted(slices.Values(routing.Keys(sketch)))) {
		rows.add(key, digit(settled), at, number)
	}
	return rows
}

// digit is how a truth stands in a key that both databases read alike.
func digit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// settleFingerprint moves a letter among those that teach, or out of them.
func settleFingerprint(ctx context.Context, q querier, l *letter.Letter) error {
	var sketch []byte
	if err := q.QueryRowContext(ctx, `SELECT sketch FROM letters WHERE number = $1`, l.Number).Scan(&sketch); err != nil {
		return fmt.Errorf("sketch of %s: %w", l.Number, err)
	}
	for _, key := range routing.Keys(sketch) {
		_, err := q.ExecContext(ctx, `UPDATE fingerprints SET settled = $1 WHERE mark = $2 AND settled = $3 AND at = $4 AND letter = $5`,
			digit(l.Settled()), key, digit(!l.Settled()), l.Received.UnixMilli(), l.Number)
		if err != nil {
			return fmt.Errorf("settle the fingerprint of %s: %w", l.Number, err)
		}
	}
	return nil
}

// Unsketched are letters of which nothing was sketched yet and that everybody may read, longest received first.
func (s *Store) Unsketched(ctx context.Context, most int) ([]letter.Reported, error) {
	return s.reported(ctx, "sketch IS NULL AND "+inTheOpen, "received_at, number", most)
}

// KeepSketches keeps what was sketched of letters, by number. One that was sketched or sealed meanwhile is left as it is.
func (s *Store) KeepSketches(ctx context.Context, sketches map[string][]byte) error {
	return s.write(ctx, func(ctx context.Context, q querier) error {
		for _, number := range slices.Sorted(maps.Keys(sketches)) {
			if err := keepSketch(ctx, q, number, sketches[number]); err != nil {
				return fmt.Errorf("sketch of %s: %w", number, err)
			}
		}
		return nil
	})
}

// keepSketch asks the row for what letter.Settled says of a letter.
func keepSketch(ctx context.Context, q querier, number string, sketch []byte) error {
	var at int64
	var settled bool
	err := q.QueryRowContext(ctx, `UPDATE letters SET sketch = $1 WHERE number = $2 AND sketch IS NULL AND `+inTheOpen+`
		RETURNING received_at, assigned_at IS NOT NULL AND (accepted_at IS NOT NULL OR queue = 'dispatch')`, sketch, number).Scan(&at, &settled)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return keyRows(sketch, settled, at, number).insert(ctx, q)
}
