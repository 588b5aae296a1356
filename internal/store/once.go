package store

import (
	"bytes"
	"context"
	"fmt"

	"huiyin/internal/letter"
)

// claimOnce takes the Idempotency-Key for the letter. On PostgreSQL it waits for
// a request with the same key that is still being stored.
func claimOnce(ctx context.Context, q querier, l *letter.Letter, once *letter.Once) error {
	if once == nil {
		return nil
	}
	scope := string(l.Channel)
	n, err := affected(q.ExecContext(ctx, `INSERT INTO idempotency (scope, once, body, number, created) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (scope, once) DO NOTHING`, scope, once.Key, once.Body[:], l.Number, l.Events[0].At.UnixMilli()))
	if err != nil {
		return fmt.Errorf("claim idempotency key: %w", err)
	}
	if n == 1 {
		return nil
	}
	return sameOnce(q.QueryRowContext(ctx, selectOnce, scope, once.Key).Scan, once)
}

const selectOnce = `SELECT body, number FROM idempotency WHERE scope = $1 AND once = $2`

func sameOnce(scan func(...any) error, once *letter.Once) error {
	var body []byte
	var number string
	if err := scan(&body, &number); err != nil {
		return fmt.Errorf("read idempotency key: %w", err)
	}
	if !bytes.Equal(body, once.Body[:]) {
		return letter.Refuse("同一个 Idempotency-Key 已用于另一份内容。请换一个新的再提交。")
	}
	return &letter.Repeated{Number: number}
}
