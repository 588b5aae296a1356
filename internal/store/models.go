package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// keptModels is how many models keep their body: those that were in use last.
const keptModels = 5

const modelColumns = "version, state, trained_at, adopted_at, retired_at, by_member, card, trial"

func edition(e *routing.Edition) []any {
	return []any{&e.Version, &e.State, moment{&e.Trained}, moment{&e.Adopted}, moment{&e.Retired}, &e.By, document{&e.Card}, text{&e.Trial}}
}

// text reads a column of text as bytes.
type text struct{ to *[]byte }

func (t text) Scan(v any) error {
	switch v := v.(type) {
	case string:
		*t.to = []byte(v)
	case []byte:
		*t.to = append([]byte(nil), v...)
	default:
		return fmt.Errorf("a text cannot be %T", v)
	}
	return nil
}

// PutModel keeps a model. One that is active takes the place of the one in use; one that is refused leaves its card and
// its trial, and no body. A model that is kept already, because the same letters gave the same weights, stays.
func (s *Store) PutModel(ctx context.Context, e routing.Edition) error {
	card, err := json.Marshal(e.Card)
	if err != nil {
		return fmt.Errorf("keep model %s: %w", e.Version, err)
	}
	if e.State == routing.Refused {
		e.Body = nil
	}
	return s.write(ctx, func(ctx context.Context, q querier) error {
		if e.State == routing.Active {
			if err := retire(ctx, q, e.By, e.Adopted); err != nil {
				return err
			}
		}
		_, err := q.ExecContext(ctx, `INSERT INTO models (`+modelColumns+`, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (version) DO UPDATE SET state = excluded.state, adopted_at = excluded.adopted_at, retired_at = excluded.retired_at,
			by_member = excluded.by_member, trial = excluded.trial, body = excluded.body WHERE excluded.state = 'active'`,
			e.Version, string(e.State), e.Trained.UnixMilli(), millis(e.Adopted), millis(e.Retired), e.By, string(card), string(e.Trial), blob(e.Body))
		if err != nil {
			return fmt.Errorf("keep model %s: %w", e.Version, err)
		}
		return thinModels(ctx, q)
	})
}

func retire(ctx context.Context, q querier, by string, at time.Time) error {
	_, err := q.ExecContext(ctx, `UPDATE models SET state = 'kept', retired_at = $1, by_member = $2 WHERE state = 'active'`, at.UnixMilli(), by)
	if err != nil {
		return fmt.Errorf("retire the model in use: %w", err)
	}
	return nil
}

// thinModels drops the bodies of all but the models that were in use last.
func thinModels(ctx context.Context, q querier) error {
	_, err := q.ExecContext(ctx, `UPDATE models SET body = NULL WHERE body IS NOT NULL AND state <> 'active' AND version NOT IN (
		SELECT version FROM (SELECT version FROM models WHERE body IS NOT NULL
		ORDER BY CASE WHEN state = 'active' THEN 0 ELSE 1 END, adopted_at DESC, version DESC LIMIT $1) AS newest)`, keptModels)
	if err != nil {
		return fmt.Errorf("drop old models: %w", err)
	}
	return nil
}

// ActivateModel goes back to a model that is kept, or with "" to the rules alone. The model in use stays kept.
func (s *Store) ActivateModel(ctx context.Context, version, by string, at time.Time) error {
	return s.write(ctx, func(ctx context.Context, q querier) error {
		var state routing.EditionState
		if version != "" {
			err := q.QueryRowContext(ctx, `SELECT state FROM models WHERE version = $1 AND body IS NOT NULL`, version).Scan(&state)
			if errors.Is(err, sql.ErrNoRows) {
				return errNoModel
			}
			if err != nil {
				return fmt.Errorf("read model %s: %w", version, err)
			}
		}
		if state == routing.Active {
			return nil
		}
		if err := retire(ctx, q, by, at); err != nil || version == "" {
			return err
		}
		_, err := q.ExecContext(ctx, `UPDATE models SET state = 'active', adopted_at = $2, retired_at = NULL, by_member = $3 WHERE version = $1`,
			version, at.UnixMilli(), by)
		if err != nil {
			return fmt.Errorf("activate model %s: %w", version, err)
		}
		return nil
	})
}

var errNoModel = letter.Fail(letter.KindNotFound, "这个模型已不再保留，请从列表中另选一个。")

// ActiveVersion is the version of the model in use, "" when rules decide alone.
func (s *Store) ActiveVersion(ctx context.Context) (version string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT version FROM models WHERE state = 'active'`).Scan(&version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read the model in use: %w", err)
	}
	return version, nil
}

// Model is one model with its body; the error has kind not_found when there is none with a body.
func (s *Store) Model(ctx context.Context, version string) (routing.Edition, error) {
	var e routing.Edition
	err := s.db.QueryRowContext(ctx, "SELECT "+modelColumns+", body FROM models WHERE version = $1 AND body IS NOT NULL", version).
		Scan(append(edition(&e), &e.Body)...)
	if errors.Is(err, sql.ErrNoRows) {
		return e, errNoModel
	}
	if err != nil {
		return e, fmt.Errorf("read model %s: %w", version, err)
	}
	e.Whole = true
	return e, nil
}

// Models lists the newest models without their bodies, the one trained last first.
func (s *Store) Models(ctx context.Context, most int) ([]routing.Edition, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT "+modelColumns+", body IS NOT NULL FROM models ORDER BY trained_at DESC, version DESC LIMIT $1", most)
	if err != nil {
		return nil, fmt.Errorf("list models: %w", err)
	}
	list, err := collect(rows, func(e *routing.Edition) []any { return append(edition(e), &e.Whole) })
	if err != nil {
		return nil, fmt.Errorf("list models: %w", err)
	}
	return list, nil
}

// ModelsChanged is when a model was last trained, adopted or retired; zero when there is none.
func (s *Store) ModelsChanged(ctx context.Context) (at time.Time, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT MAX(moment) FROM (SELECT MAX(trained_at) AS moment FROM models
		UNION ALL SELECT MAX(adopted_at) FROM models UNION ALL SELECT MAX(retired_at) FROM models) AS moments`).Scan(moment{&at})
	if err != nil {
		return at, fmt.Errorf("read when models changed: %w", err)
	}
	return at, nil
}
