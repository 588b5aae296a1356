package store

import (
	"context"
	"fmt"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// PutMember adds a member or replaces the one with the same login.
func (s *Store) PutMember(ctx context.Context, m staff.Member, now time.Time) error {
	roles, err := listed(m.Roles)
	if err != nil {
		return fmt.Errorf("keep member %s: %w", m.Login, err)
	}
	_, err = s.exec(ctx, `INSERT INTO staff (login, name, unit, roles, password_hash, disabled, changed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (login) DO UPDATE SET name = excluded.name, unit = excluded.unit, roles = excluded.roles,
		password_hash = excluded.password_hash, disabled = excluded.disabled, changed_at = excluded.changed_at`,
		m.Login, m.Name, m.Unit, roles, m.PasswordHash, m.Disabled, now.UnixMilli())
	if err != nil {
		return fmt.Errorf("keep member %s: %w", m.Login, err)
	}
	return nil
}

const selectMember = `SELECT staff.login, name, unit, roles, password_hash, disabled FROM staff`

func (s *Store) members(ctx context.Context, rest string, args ...any) ([]staff.Member, error) {
	rows, err := s.db.QueryContext(ctx, selectMember+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	return collect(rows, func(m *staff.Member) []any {
		return []any{&m.Login, &m.Name, &m.Unit, document{&m.Roles}, &m.PasswordHash, &m.Disabled}
	})
}

// Members lists all members by login, disabled ones too.
func (s *Store) Members(ctx context.Context) ([]staff.Member, error) {
	return s.members(ctx, " ORDER BY staff.login")
}

// Member is one member; the error has kind not_found when there is none.
func (s *Store) Member(ctx context.Context, login string) (staff.Member, error) {
	return oneMember(s.members(ctx, " WHERE staff.login = $1", login))
}

func oneMember(list []staff.Member, err error) (staff.Member, error) {
	if err != nil {
		return staff.Member{}, err
	}
	if len(list) == 0 {
		return staff.Member{}, letter.Fail(letter.KindNotFound, "没有这个账号。")
	}
	return list[0], nil
}

// PutToken keeps the hash of a bearer token of a member. A zero expires never ends.
func (s *Store) PutToken(ctx context.Context, hash, login string, now, expires time.Time) error {
	_, err := s.exec(ctx, `INSERT INTO staff_tokens (hash, login, created, expires) VALUES ($1, $2, $3, $4)`,
		hash, login, now.UnixMilli(), millis(expires))
	if err != nil {
		return fmt.Errorf("keep token of %s: %w", login, err)
	}
	return nil
}

// DropTokens makes all tokens of a member worthless.
func (s *Store) DropTokens(ctx context.Context, login string) error {
	if _, err := s.exec(ctx, `DELETE FROM staff_tokens WHERE login = $1`, login); err != nil {
		return fmt.Errorf("drop tokens of %s: %w", login, err)
	}
	return nil
}

// MemberByToken is the member whose token has this hash; the error has kind
// not_found when there is none, it has expired, or the member is disabled.
func (s *Store) MemberByToken(ctx context.Context, hash string, now time.Time) (staff.Member, error) {
	return oneMember(s.members(ctx, ` JOIN staff_tokens t ON t.login = staff.login
		WHERE t.hash = $1 AND (t.expires IS NULL OR t.expires > $2) AND NOT disabled`, hash, now.UnixMilli()))
}
