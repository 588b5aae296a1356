package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"huiyin/internal/letter"
)

// PutCityItems adds items or replaces those with the same kind, id and effective
// moment, all of them or none.
func (s *Store) PutCityItems(ctx context.Context, items []letter.CityItem, now time.Time) error {
	return s.write(ctx, func(ctx context.Context, q querier) error {
		for _, i := range items {
			if err := putCityItem(ctx, q, i, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func putCityItem(ctx context.Context, q querier, i letter.CityItem, now time.Time) error {
	_, err := q.ExecContext(ctx, `INSERT INTO city_items (kind, id, effective_from, body, source, ended_at, changed_at, place)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (kind, id, effective_from) DO UPDATE SET body = excluded.body, source = excluded.source,
		ended_at = excluded.ended_at, changed_at = excluded.changed_at, place = excluded.place`,
		i.Kind, i.ID, since(i.From), i.Body, i.Source, millis(i.Ended), now.UnixMilli(), i.Place)
	if err != nil {
		return fmt.Errorf("keep city item %s %s: %w", i.Kind, i.ID, err)
	}
	return nil
}

// since is the effective moment as part of a key, which cannot be NULL: 0 means
// that the item always was.
func since(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// EndCityItem ends all versions of an item that are still in force.
func (s *Store) EndCityItem(ctx context.Context, kind, id string, at, now time.Time) error {
	_, err := s.exec(ctx, `UPDATE city_items SET ended_at = $3, changed_at = $4 WHERE kind = $1 AND id = $2 AND ended_at IS NULL`,
		kind, id, at.UnixMilli(), now.UnixMilli())
	if err != nil {
		return fmt.Errorf("end city item %s %s: %w", kind, id, err)
	}
	return nil
}

// CityItems lists what is in force at a moment, of each item the newest version,
// in their places. No kinds: all of them.
func (s *Store) CityItems(ctx context.Context, at time.Time, kinds ...string) ([]letter.CityItem, error) {
	c := &condition{}
	c.and("effective_from <= " + c.arg(at.UnixMilli()) + " AND (ended_at IS NULL OR ended_at > " + c.arg(at.UnixMilli()) + ")")
	if len(kinds) > 0 {
		c.and(in(c, "kind", kinds))
	}
	versions, err := s.cityVersions(ctx, c)
	if err != nil {
		return nil, err
	}
	var list []letter.CityItem
	for _, i := range versions {
		if n := len(list); n > 0 && list[n-1].Kind == i.Kind && list[n-1].ID == i.ID {
			list[n-1] = i
			continue
		}
		list = append(list, i)
	}
	slices.SortStableFunc(list, func(a, b letter.CityItem) int { return cmp.Compare(a.Place, b.Place) })
	return list, nil
}

// CityHistory lists all versions of all items of a kind, ended ones too and those
// to come, of each item the oldest first.
func (s *Store) CityHistory(ctx context.Context, kind string) ([]letter.CityItem, error) {
	c := &condition{}
	c.and("kind = " + c.arg(kind))
	return s.cityVersions(ctx, c)
}

func (s *Store) cityVersions(ctx context.Context, c *condition) ([]letter.CityItem, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT kind, id, effective_from, body, source, ended_at, changed_at, place FROM city_items`+
		c.where()+` ORDER BY kind, id, effective_from`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("read city items: %w", err)
	}
	versions, err := collect(rows, func(i *letter.CityItem) []any {
		return []any{&i.Kind, &i.ID, moment{&i.From}, &i.Body, &i.Source, moment{&i.Ended}, moment{&i.Changed}, &i.Place}
	})
	for n := range versions {
		if i := &versions[n]; i.From.UnixMilli() == 0 {
			i.From = time.Time{}
		}
	}
	return versions, err
}

// CityChanged is when the rules in force at a moment became what they are: an
// item was changed, came into force or ended. Zero when there is none. Who holds
// a snapshot of the rules reads them again when it moves.
func (s *Store) CityChanged(ctx context.Context, at time.Time) (changed time.Time, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT MAX(moment) FROM (
		SELECT MAX(changed_at) AS moment FROM city_items
		UNION ALL SELECT MAX(effective_from) FROM city_items WHERE effective_from <= $1
		UNION ALL SELECT MAX(ended_at) FROM city_items WHERE ended_at <= $1) AS moments`, at.UnixMilli()).Scan(moment{&changed})
	if err != nil {
		return changed, fmt.Errorf("read city version: %w", err)
	}
	return changed, nil
}
