package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"huiyin/internal/letter"
)

var deliveryColumns = strings.Fields("letter seq handler step attempts lease_until done_at last_error")

// ClaimDeliveries takes up to limit pending deliveries of a handler until lease
// has passed; who does not finish them by then loses them to the next claimer.
// Deliveries of one letter come in the order of its events.
func (s *Store) ClaimDeliveries(ctx context.Context, handler string, now time.Time, lease time.Duration, limit int) ([]letter.Delivery, error) {
	if waiting, err := s.anyPending(ctx, handler, now); err != nil || !waiting {
		return nil, err
	}
	text := `WITH due AS MATERIALIZED (
			SELECT letter AS l, seq AS s FROM deliveries WHERE handler = $1 AND done_at IS NULL AND lease_until <= $2
			ORDER BY lease_until, letter, seq LIMIT $3` + s.dialect.skipLocked + `)
		UPDATE deliveries SET lease_until = $4, attempts = attempts + 1 FROM due WHERE letter = l AND seq = s AND handler = $1
		RETURNING letter, seq, step, handler, attempts - 1`
	var list []letter.Delivery
	err := s.write(ctx, func(ctx context.Context, q querier) error {
		rows, err := q.QueryContext(ctx, text, handler, now.UnixMilli(), limit, now.Add(lease).UnixMilli())
		if err != nil {
			return err
		}
		list, err = collect(rows, func(d *letter.Delivery) []any {
			return []any{&d.Number, &d.Seq, &d.Step, &d.Handler, &d.Attempts}
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim deliveries of %s: %w", handler, err)
	}
	slices.SortFunc(list, func(a, b letter.Delivery) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Seq, b.Seq))
	})
	return list, nil
}

// anyPending spares the writer the claims that would find nothing.
func (s *Store) anyPending(ctx context.Context, handler string, now time.Time) (bool, error) {
	var yes bool
	err := s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM deliveries WHERE handler = $1 AND done_at IS NULL AND lease_until <= $2)`,
		handler, now.UnixMilli()).Scan(&yes)
	if err != nil {
		return false, fmt.Errorf("look for deliveries of %s: %w", handler, err)
	}
	return yes, nil
}

// FinishDeliveries says that their handler has done its work, for all in one
// transaction.
func (s *Store) FinishDeliveries(ctx context.Context, list []letter.Delivery, now time.Time) error {
	err := s.setDeliveries(ctx, list, "done_at = $%d", now.UnixMilli(), "")
	if err != nil {
		return fmt.Errorf("finish %d deliveries: %w", len(list), err)
	}
	return nil
}

// FailDeliveries gives the deliveries back, to be tried again from next on, and
// keeps the cause for the administrator.
func (s *Store) FailDeliveries(ctx context.Context, list []letter.Delivery, next time.Time, cause error) error {
	err := s.setDeliveries(ctx, list, "lease_until = $%d", next.UnixMilli(), cause.Error())
	if err != nil {
		return fmt.Errorf("fail %d deliveries: %w", len(list), err)
	}
	return nil
}

// DeferDeliveries gives the deliveries back as FailDeliveries does and takes back
// that the attempt was counted.
func (s *Store) DeferDeliveries(ctx context.Context, list []letter.Delivery, next time.Time, cause error) error {
	err := s.setDeliveries(ctx, list, "attempts = attempts - 1, lease_until = $%d", next.UnixMilli(), cause.Error())
	if err != nil {
		return fmt.Errorf("defer %d deliveries: %w", len(list), err)
	}
	return nil
}

// setDeliveries sets one moment of pending deliveries, as the text says, and what went wrong with them.
func (s *Store) setDeliveries(ctx context.Context, list []letter.Delivery, set string, ms int64, cause string) error {
	keys := make([]any, 0, 3*len(list))
	for _, d := range list {
		keys = append(keys, d.Number, d.Seq, d.Handler)
	}
	return s.write(ctx, func(ctx context.Context, q querier) error {
		return inPortions(3, keys, func(rows int, keys []any) error {
			_, err := q.ExecContext(ctx, setDeliveriesText(set, rows), append(slices.Clone(keys), ms, cause)...)
			return err
		})
	})
}

// setDeliveriesText finds so many deliveries by their key. In a list of VALUES PostgreSQL knows no types; the casts of
// the comparison keep SQLite from reading the whole table, see updateText.
func setDeliveriesText(set string, rows int) string {
	values := strings.Replace(tuples(rows, 3), "($1, $2, $3)", "(CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS TEXT))", 1)
	return fmt.Sprintf(`WITH these (l, s, h) AS (VALUES %s)
		UPDATE deliveries SET %s, last_error = $%d FROM these
		WHERE letter = CAST(l AS TEXT) AND seq = CAST(s AS BIGINT) AND handler = CAST(h AS TEXT) AND done_at IS NULL`,
		values, fmt.Sprintf(set, 3*rows+1), 3*rows+2)
}

// FreeDeliveries lets the pending deliveries of a handler be claimed at once that
// could not be until some moment after beyond; it returns how many there were.
func (s *Store) FreeDeliveries(ctx context.Context, handler string, beyond time.Time) (int64, error) {
	n, err := s.exec(ctx, `UPDATE deliveries SET lease_until = 0 WHERE handler = $1 AND done_at IS NULL AND lease_until > $2`,
		handler, beyond.UnixMilli())
	if err != nil {
		return 0, fmt.Errorf("free deliveries of %s: %w", handler, err)
	}
	return n, nil
}

// PendingDeliveries counts what is not delivered yet, per handler.
func (s *Store) PendingDeliveries(ctx context.Context) (map[string]int, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT handler, COUNT(*) FROM deliveries WHERE done_at IS NULL GROUP BY handler`)
	if err != nil {
		return nil, fmt.Errorf("count deliveries: %w", err)
	}
	type count struct {
		handler string
		n       int
	}
	list, err := collect(rows, func(c *count) []any { return []any{&c.handler, &c.n} })
	pending := make(map[string]int, len(list))
	for _, c := range list {
		pending[c.handler] = c.n
	}
	return pending, err
}
