package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"huiyin/internal/letter"
)

// held is a letter beside what the database holds of it, so that what a change
// leaves as it was is not written again: a column that is not named touches no
// index.
type held struct {
	*letter.Letter
	head   []byte         // hash of its newest event before the change
	row    []any          // letterValues before it, without the placement
	clocks []letter.Clock // before it
	taught bool           // Settled before it

	rowNow []any // after it
}

// hold remembers a letter as it was loaded.
func hold(l *letter.Letter) (*held, error) {
	row, err := letterValues(l, "")
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", l.Number, err)
	}
	return &held{Letter: l, row: row, clocks: slices.Clone(l.Clocks), taught: l.Settled(), head: l.Head()}, nil
}

// change lets the caller change the letter and makes of it what is to be written.
func (h *held) change(change func(*letter.Letter) error) (err error) {
	if err := change(h.Letter); err != nil {
		return err
	}
	if h.rowNow, err = letterValues(h.Letter, ""); err != nil {
		return fmt.Errorf("update %s: %w", h.Number, err)
	}
	return nil
}

// dirty tells whether the change left anything to write.
func (h *held) dirty() bool {
	return len(h.Fresh()) > 0 || !slices.EqualFunc(h.row, h.rowNow, same) || !slices.EqualFunc(h.clocks, h.Clocks, letter.Clock.Same)
}

// save writes letters that were changed.
func (s *Store) save(ctx context.Context, q querier, letters ...*held) error {
	return s.saving(letters...)(ctx, q)
}

// saving makes of letters that were changed what is to be written, beside other
// callers, so that the one writer of SQLite only writes: rows, fresh events with
// their deliveries, clocks, and whether they teach.
func (s *Store) saving(letters ...*held) work {
	columns, values := changedRows(letters)
	plain := make([]*letter.Letter, len(letters))
	for i, h := range letters {
		plain[i] = h.Letter
	}
	events, deliveries := s.eventRows(plain...)
	clocks := changedClocks(letters)
	return func(ctx context.Context, q querier) error {
		if err := s.saveRows(ctx, q, columns, values); err != nil {
			return err
		}
		for _, rows := range []batch{events, deliveries, clocks} {
			if err := rows.insert(ctx, q); err != nil {
				return err
			}
		}
		for _, h := range letters {
			if err := h.saveRare(ctx, q); err != nil {
				return err
			}
		}
		return nil
	}
}

// saveRare is what few steps change: a clock less, and whether the letter teaches.
func (h *held) saveRare(ctx context.Context, q querier) error {
	if len(h.Clocks) < len(h.clocks) {
		if _, err := q.ExecContext(ctx, `DELETE FROM clocks WHERE letter = $1 AND place >= $2`, h.Number, len(h.Clocks)); err != nil {
			return fmt.Errorf("drop clocks of %s: %w", h.Number, err)
		}
	}
	if h.Settled() != h.taught {
		return settleFingerprint(ctx, q, h.Letter)
	}
	return nil
}

// changedRows are the columns that have changed in any of the letters, and their
// values for each letter in which one has.
func changedRows(letters []*held) (columns []int, values []any) {
	letters = slices.DeleteFunc(slices.Clone(letters), func(h *held) bool { return slices.EqualFunc(h.row, h.rowNow, same) })
	columns = changedColumns(letters)
	values = make([]any, 0, len(letters)*len(columns))
	for _, h := range letters {
		for _, c := range columns {
			values = append(values, h.rowNow[c])
		}
	}
	return columns, values
}

func (s *Store) saveRows(ctx context.Context, q querier, columns []int, values []any) error {
	return inPortions(len(columns), values, func(rows int, values []any) error {
		if _, err := q.ExecContext(ctx, s.updateText(columns, rows), values...); err != nil {
			return fmt.Errorf("update %d letters: %w", rows, err)
		}
		return nil
	})
}

// changedColumns are the places in letterColumns of the number and of what has
// changed.
func changedColumns(letters []*held) []int {
	columns := []int{0}
	for c := 1; c < len(letterColumns); c++ {
		if slices.ContainsFunc(letters, func(h *held) bool { return !same(h.row[c], h.rowNow[c]) }) {
			columns = append(columns, c)
		}
	}
	return columns
}

// same compares two values of a column.
func same(a, b any) bool {
	if x, ok := a.([]byte); ok {
		y, ok := b.([]byte)
		return ok && bytes.Equal(x, y)
	}
	return a == b
}

// updateText sets these columns, the number first, of so many letters. The cast
// of their numbers is for SQLite: from some hundred rows on it would rather read
// the whole archive and look each letter up among them, which by a cast it cannot.
func (s *Store) updateText(columns []int, rows int) string {
	var names, set, first []string
	for i, c := range columns {
		name := letterColumns[c]
		names = append(names, name)
		first = append(first, fmt.Sprintf("CAST($%d AS %s)", i+1, s.typeOf(name)))
		if c > 0 {
			set = append(set, name+" = fresh."+name)
		}
	}
	list := strings.Join(names, ", ")
	values := strings.Replace(tuples(rows, len(columns)), "("+placeholders(1, len(columns))+")", "("+strings.Join(first, ", ")+")", 1)
	return "WITH fresh (" + list + ") AS (VALUES " + values + ") UPDATE letters SET " + strings.Join(set, ", ") +
		" FROM fresh WHERE letters.number = CAST(fresh.number AS TEXT)"
}

// notText are the types of the columns of a letter that are not text. In a list
// of VALUES, unlike in an INSERT, PostgreSQL does not know them.
var notText = func() map[string]string {
	types := map[string]string{}
	for kind, names := range map[string]string{
		"BOOLEAN": "anonymous consent copied is_open withheld solved paused late",
		"BIGINT": `received_at assigned_at accepted_at answered_at closed_at published_at due_at unit_due_at figure_due_at
			working_minutes decided_at satisfied event_count returned`,
		"BYTEA": "contact head_hash",
	} {
		for _, name := range strings.Fields(names) {
			types[name] = kind
		}
	}
	return types
}()

func (s *Store) typeOf(column string) string {
	switch kind := notText[column]; kind {
	case "":
		return "TEXT"
	case "BYTEA":
		return s.dialect.bytes
	default:
		return kind
	}
}

// changedClocks are those that are not what they were. Of one that was there, only
// columns that have changed in any are written: an index of the others is left alone.
func changedClocks(letters []*held) batch {
	changed := batch{table: "clocks", columns: clockColumns}
	differ := make([]bool, len(clockColumns))
	for _, h := range letters {
		for i, c := range h.Clocks {
			if i < len(h.clocks) && c.Same(h.clocks[i]) {
				continue
			}
			values := clockValues(h.Number, i, c)
			if i < len(h.clocks) {
				for k, was := range clockValues(h.Number, i, h.clocks[i]) {
					differ[k] = differ[k] || values[k] != was
				}
			}
			changed.add(values...)
		}
	}
	changed.instead = insteadOfClock(differ)
	return changed
}

// insteadOfClock replaces these columns of the clock at the same place.
func insteadOfClock(differ []bool) string {
	var set []string
	for i, name := range clockColumns {
		if differ[i] {
			set = append(set, name+" = excluded."+name)
		}
	}
	if len(set) == 0 {
		return ""
	}
	return " ON CONFLICT (letter, place) DO UPDATE SET " + strings.Join(set, ", ")
}
