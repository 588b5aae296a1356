package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// UseNonce says whether the nonce is used for the first time in its scope; it may
// come again after expires.
func (s *Store) UseNonce(ctx context.Context, scope, nonce string, expires, now time.Time) (fresh bool, err error) {
	n, err := s.exec(ctx, `INSERT INTO nonces (scope, nonce, expires) VALUES ($1, $2, $3)
		ON CONFLICT (scope, nonce) DO UPDATE SET expires = excluded.expires WHERE nonces.expires < $4`,
		scope, nonce, expires.UnixMilli(), now.UnixMilli())
	if err != nil {
		return false, fmt.Errorf("use nonce: %w", err)
	}
	return n == 1, nil
}

// PutWeChatDraft keeps what a WeChat user wrote until he confirms it. sender is
// his keyed hash and body is sealed: both are personal data.
func (s *Store) PutWeChatDraft(ctx context.Context, sender string, body []byte, now time.Time) error {
	_, err := s.exec(ctx, `INSERT INTO wechat_drafts (sender, body, updated) VALUES ($1, $2, $3)
		ON CONFLICT (sender) DO UPDATE SET body = excluded.body, updated = excluded.updated`, sender, body, now.UnixMilli())
	if err != nil {
		return fmt.Errorf("keep draft: %w", err)
	}
	return nil
}

// WeChatDraft is the draft of that sender, nil when there is none.
func (s *Store) WeChatDraft(ctx context.Context, sender string) (body []byte, updated time.Time, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT body, updated FROM wechat_drafts WHERE sender = $1`, sender).Scan(&body, moment{&updated})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("read draft: %w", err)
	}
	return body, updated, nil
}

// DropWeChatDraft forgets the draft of that sender.
func (s *Store) DropWeChatDraft(ctx context.Context, sender string) error {
	if _, err := s.exec(ctx, `DELETE FROM wechat_drafts WHERE sender = $1`, sender); err != nil {
		return fmt.Errorf("drop draft: %w", err)
	}
	return nil
}

// Expiry says before which moments rows that only prevent repetition, or only
// tell what was done, are forgotten; a zero one keeps them.
type Expiry struct {
	Idempotency time.Time // made before
	Nonces      time.Time // expired before
	Drafts      time.Time // written before
	Deliveries  time.Time // made before
	Inbox       time.Time // told before, read or not
	Topics      time.Time // never started, and without a letter since
	Searches    time.Time // of days before
}

// Forget deletes what has expired.
func (s *Store) Forget(ctx context.Context, e Expiry) error {
	for _, old := range []struct {
		text   string
		before time.Time
	}{
		{`DELETE FROM idempotency WHERE created < $1`, e.Idempotency},
		{`DELETE FROM nonces WHERE expires < $1`, e.Nonces},
		{`DELETE FROM wechat_drafts WHERE updated < $1`, e.Drafts},
		{`DELETE FROM deliveries WHERE done_at < $1`, e.Deliveries},
		{`DELETE FROM inbox WHERE at < $1`, e.Inbox},
		{`DELETE FROM searches WHERE day < $1`, e.Searches},
		{`DELETE FROM answers_chosen WHERE day < $1`, e.Searches},
		{`DELETE FROM topic_features WHERE topic IN (SELECT id FROM topics WHERE started_at IS NULL AND last_at < $1)`, e.Topics},
		{`DELETE FROM topics WHERE started_at IS NULL AND last_at < $1`, e.Topics},
	} {
		if old.before.IsZero() {
			continue
		}
		if _, err := s.exec(ctx, old.text, old.before.UnixMilli()); err != nil {
			return fmt.Errorf("forget what has expired: %w", err)
		}
	}
	return nil
}

// Beat says that a serving process is alive.
func (s *Store) Beat(ctx context.Context, instance string, now time.Time) error {
	_, err := s.exec(ctx, `INSERT INTO heartbeats (instance, at) VALUES ($1, $2)
		ON CONFLICT (instance) DO UPDATE SET at = excluded.at`, instance, now.UnixMilli())
	if err != nil {
		return fmt.Errorf("heartbeat: %w", err)
	}
	return nil
}

// Beats lists the serving processes that gave a sign of life after since, with
// the moment of the last one.
func (s *Store) Beats(ctx context.Context, since time.Time) (map[string]time.Time, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT instance, at FROM heartbeats WHERE at > $1`, since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read heartbeats: %w", err)
	}
	type beat struct {
		instance string
		at       time.Time
	}
	list, err := collect(rows, func(b *beat) []any { return []any{&b.instance, moment{&b.at}} })
	beats := make(map[string]time.Time, len(list))
	for _, b := range list {
		beats[b.instance] = b.at
	}
	return beats, err
}
