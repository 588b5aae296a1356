package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"huiyin/internal/letter"
)

var clockColumns = strings.Fields(`letter place name part unit started due amount measure next_rung rung paused_since
	calendar_version policy provisional stopped`)

func clockRows(l *letter.Letter) batch {
	b := batch{table: "clocks", columns: clockColumns}
	for i, c := range l.Clocks {
		b.add(clockValues(l.Number, i, c)...)
	}
	return b
}

func clockValues(number string, place int, c letter.Clock) []any {
	return []any{number, place, c.Name, c.Part, c.Unit, millis(c.Started), millis(c.Due), c.Amount, c.Measure,
		millis(c.NextRung), c.RungName, millis(c.PausedSince), c.Calendar, c.Policy, c.Provisional, millis(c.Stopped)}
}

const selectClocks = `SELECT letter, name, part, unit, started, due, amount, measure, next_rung, rung, paused_since,
	calendar_version, policy, provisional, stopped FROM clocks`

func readClocks(rows *sql.Rows, take func(number string, c letter.Clock)) error {
	defer rows.Close()
	for rows.Next() {
		var number string
		var c letter.Clock
		err := rows.Scan(&number, &c.Name, count{&c.Part}, &c.Unit, moment{&c.Started}, moment{&c.Due}, count{&c.Amount}, &c.Measure,
			moment{&c.NextRung}, &c.RungName, moment{&c.PausedSince}, &c.Calendar, &c.Policy, &c.Provisional, moment{&c.Stopped})
		if err != nil {
			return fmt.Errorf("read clock: %w", err)
		}
		take(number, c)
	}
	return rows.Err()
}

// dueRungs is served by the index clocks_rung, from the oldest moment on; the words
// about running clocks are those of the index.
const dueRungs = `SELECT letter, next_rung FROM clocks
	WHERE next_rung IS NOT NULL AND stopped IS NULL AND paused_since IS NULL
	AND next_rung <= $1 AND next_rung >= $2 AND (next_rung > $2 OR letter > $3)
	ORDER BY next_rung, letter LIMIT $4`

// DueRungs lists the letters with a rung whose moment has come by now, oldest
// first and after the one given, with that moment. A letter stands there once for
// each moment. Paused and stopped clocks have no rungs.
func (s *Store) DueRungs(ctx context.Context, now time.Time, after letter.DueRung, limit int) ([]letter.DueRung, error) {
	rows, err := s.db.QueryContext(ctx, dueRungs, now.UnixMilli(), after.At.UnixMilli(), after.Number, limit)
	if err != nil {
		return nil, fmt.Errorf("find due rungs: %w", err)
	}
	list, err := collect(rows, func(r *letter.DueRung) []any { return []any{&r.Number, moment{&r.At}} })
	return slices.Compact(list), err
}

// collect reads all rows into a list; into names the places of one row.
func collect[T any](rows *sql.Rows, into func(*T) []any) ([]T, error) {
	defer rows.Close()
	var list []T
	for rows.Next() {
		var x T
		if err := rows.Scan(into(&x)...); err != nil {
			return nil, fmt.Errorf("read row: %w", err)
		}
		list = append(list, x)
	}
	return list, rows.Err()
}
