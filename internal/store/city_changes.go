package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"huiyin/internal/letter"
)

// ChangeCity puts a version of a rule in force together with who made it out of
// what file, both or neither.
func (s *Store) ChangeCity(ctx context.Context, i letter.CityItem, c letter.CityChange, now time.Time) error {
	return s.ChangeCityItems(ctx, []letter.CityItem{i}, c, now)
}

// ChangeCityItems does the same for several rules, all of them or none.
func (s *Store) ChangeCityItems(ctx context.Context, items []letter.CityItem, c letter.CityChange, now time.Time) error {
	return s.write(ctx, func(ctx context.Context, q querier) error {
		for _, i := range items {
			if err := putCityItem(ctx, q, i, now); err != nil {
				return err
			}
			if err := noteCityChange(ctx, q, i, c, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func noteCityChange(ctx context.Context, q querier, i letter.CityItem, c letter.CityChange, now time.Time) error {
	_, err := q.ExecContext(ctx, `INSERT INTO city_changes (kind, id, effective_from, at, by_member, file_name, file)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, i.Kind, i.ID, since(i.From), now.UnixMilli(), c.By, c.Name, blob(c.File))
	if err != nil {
		return fmt.Errorf("note change of %s %s: %w", i.Kind, i.ID, err)
	}
	return nil
}

// CityChanges lists who changed rules of a kind, newest first, without the files.
func (s *Store) CityChanges(ctx context.Context, kind string) ([]letter.CityChange, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT kind, id, effective_from, at, by_member, file_name FROM city_changes
		WHERE kind = $1 ORDER BY at DESC, id, effective_from DESC`, kind)
	if err != nil {
		return nil, fmt.Errorf("list changes of %s: %w", kind, err)
	}
	return collect(rows, func(c *letter.CityChange) []any {
		return []any{&c.Kind, &c.ID, moment{&c.From}, moment{&c.At}, &c.By, &c.Name}
	})
}

// CityFile is the newest file that a rule was read from; not_found when there is none.
func (s *Store) CityFile(ctx context.Context, kind, id string) (c letter.CityChange, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT kind, id, effective_from, at, by_member, file_name, file FROM city_changes
		WHERE kind = $1 AND id = $2 AND file IS NOT NULL ORDER BY at DESC LIMIT 1`, kind, id).
		Scan(&c.Kind, &c.ID, moment{&c.From}, moment{&c.At}, &c.By, &c.Name, &c.File)
	if errors.Is(err, sql.ErrNoRows) {
		return c, errNoDocument
	}
	if err != nil {
		return c, fmt.Errorf("read file of %s %s: %w", kind, id, err)
	}
	return c, nil
}
