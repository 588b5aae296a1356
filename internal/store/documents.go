package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"huiyin/intake/survey"
	"huiyin/internal/letter"
)

var errNoDocument = letter.Fail(letter.KindNotFound, "没有找到这个页面。")

// PutDocument adds a document or replaces it.
func (s *Store) PutDocument(ctx context.Context, kind, id string, body []byte, now time.Time) error {
	return s.write(ctx, func(ctx context.Context, q querier) error { return putDocument(ctx, q, kind, id, body, now) })
}

func putDocument(ctx context.Context, q querier, kind, id string, body []byte, now time.Time) error {
	_, err := q.ExecContext(ctx, `INSERT INTO documents (kind, id, body, updated) VALUES ($1, $2, $3, $4)
		ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, updated = excluded.updated`, kind, id, body, now.UnixMilli())
	if err != nil {
		return fmt.Errorf("keep %s %s: %w", kind, id, err)
	}
	return nil
}

// UpdateDocument changes a document by a pure function while it is locked; an
// error of change keeps it as it was and comes back as it is.
func (s *Store) UpdateDocument(ctx context.Context, kind, id string, now time.Time, change func([]byte) ([]byte, error)) error {
	return s.write(ctx, func(ctx context.Context, q querier) error {
		var body []byte
		err := q.QueryRowContext(ctx, `SELECT body FROM documents WHERE kind = $1 AND id = $2`+s.dialect.forUpdate, kind, id).Scan(&body)
		if errors.Is(err, sql.ErrNoRows) {
			return errNoDocument
		}
		if err != nil {
			return fmt.Errorf("read %s %s: %w", kind, id, err)
		}
		if body, err = change(body); err != nil {
			return err
		}
		return putDocument(ctx, q, kind, id, body, now)
	})
}

// Document is the text of one document; the error has kind not_found when there
// is none.
func (s *Store) Document(ctx context.Context, kind, id string) ([]byte, error) {
	var body []byte
	err := s.db.QueryRowContext(ctx, `SELECT body FROM documents WHERE kind = $1 AND id = $2`, kind, id).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoDocument
	}
	if err != nil {
		return nil, fmt.Errorf("read %s %s: %w", kind, id, err)
	}
	return body, nil
}

// Documents lists all documents of a kind by id.
func (s *Store) Documents(ctx context.Context, kind string) ([]letter.Document, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, body, updated FROM documents WHERE kind = $1 ORDER BY id`, kind)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", kind, err)
	}
	return collect(rows, func(d *letter.Document) []any { return []any{&d.ID, &d.Body, moment{&d.Updated}} })
}

// AddSurveyAnswer keeps a filled-in questionnaire; false when one with the same Once is there.
func (s *Store) AddSurveyAnswer(ctx context.Context, id string, f survey.Form) (fresh bool, err error) {
	n, err := s.exec(ctx, `INSERT INTO survey_answers (survey, answer_id, once_key, body, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (survey, once_key) DO NOTHING`, id, f.ID, f.Once, f.Body, f.At.UnixMilli())
	if err != nil {
		return false, fmt.Errorf("keep answer to %s: %w", id, err)
	}
	return n == 1, nil
}

// SurveyAnswers lists all answers to a survey, oldest first.
func (s *Store) SurveyAnswers(ctx context.Context, id string) ([]survey.Form, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT answer_id, once_key, body, at FROM survey_answers WHERE survey = $1
		ORDER BY at, answer_id`, id)
	if err != nil {
		return nil, fmt.Errorf("read answers to %s: %w", id, err)
	}
	return collect(rows, func(f *survey.Form) []any { return []any{&f.ID, &f.Once, &f.Body, moment{&f.At}} })
}
