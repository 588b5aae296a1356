package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// fingerprintRows are the rows by which a new letter is found again: none when it is kept from readers. More than
// mostKeys are not kept, because no more are asked for.
func fingerprintRows(l *letter.Letter) batch {
	rows := batch{table: "fingerprints", columns: []string{"mark", "at", "letter", "sketch"}}
	if l.Guard != "" || len(l.Accused) > 0 {
		return rows
	}
	keys := slices.Compact(slices.Sorted(slices.Values(l.Mark.Keys)))
	for _, key := range keys[:min(mostKeys, len(keys))] {
		rows.add(key, l.Received.UnixMilli(), l.Number, l.Mark.Sketch)
	}
	return rows
}

const (
	mostKeys = 6 // by which a letter is found
	firstKey = 4 // place of the first one among the arguments
)

// Alike are the letters received from one moment up to another that share a key: of each key the newest perKey. What it
// reads does not grow with the archive. Letters that are guarded or accuse a unit are not among them.
func (s *Store) Alike(ctx context.Context, keys []int64, from, to time.Time, perKey int) ([]letter.Alike, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	return alike(s.alikeText.QueryContext(ctx, alikeArgs(keys, from, to, perKey)...))
}

// AlikeFor is Alike for a member's eyes: those among them that he may read.
func (s *Store) AlikeFor(ctx context.Context, reader Reader, keys []int64, from, to time.Time, perKey int) ([]letter.Alike, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	c := &condition{args: alikeArgs(keys, from, to, perKey)}
	c.readable(reader)
	c.and(inTheOpen)
	return alike(s.db.QueryContext(ctx, selectAlike+c.where(), c.args...))
}

func alike(rows *sql.Rows, err error) ([]letter.Alike, error) {
	if err != nil {
		return nil, fmt.Errorf("find letters alike: %w", err)
	}
	list, err := collect(rows, func(a *letter.Alike) []any {
		return []any{&a.Number, &a.Sender, &a.Title, &a.Unit, &a.State, &a.Merged, &a.Assigned, moment{&a.Received}, &a.Sketch}
	})
	if err != nil {
		return nil, fmt.Errorf("find letters alike: %w", err)
	}
	slices.SortFunc(list, func(a, b letter.Alike) int {
		return cmp.Or(b.Received.Compare(a.Received), cmp.Compare(b.Number, a.Number))
	})
	return list, nil
}

// prepareAlike keeps the text that every submission asks: parsing it costs three times what it finds.
func (s *Store) prepareAlike(ctx context.Context) (err error) {
	if s.alikeText, err = s.db.PrepareContext(ctx, selectAlike+" WHERE "+inTheOpen); err != nil {
		return fmt.Errorf("prepare the search for letters alike: %w", errors.Join(err, s.Close()))
	}
	return nil
}

// alikeArgs repeats the last key where there are fewer, so that there is one text to prepare.
func alikeArgs(keys []int64, from, to time.Time, perKey int) []any {
	args := []any{from.UnixMilli(), to.UnixMilli(), perKey}
	for i := range mostKeys {
		args = append(args, keys[min(i, len(keys)-1)])
	}
	return args
}

// selectAlike asks for each key with a limit of its own, then goes to the letters by their numbers. A unit counts as sure
// when it signed for the letter, or when a person found it because the router could not.
var selectAlike = func() string {
	selects := make([]string, mostKeys)
	for i := range selects {
		n := strconv.Itoa(i + firstKey)
		selects[i] = "SELECT letter, sketch FROM (SELECT letter, sketch FROM fingerprints WHERE mark = $" + n +
			" AND at >= $1 AND at < $2 ORDER BY at DESC, letter DESC LIMIT $3) AS k" + n
	}
	return `SELECT number, sender, title, unit, state, merged, assigned_at IS NOT NULL AND (accepted_at IS NOT NULL OR queue = 'dispatch'),
		received_at, sketch FROM (` + strings.Join(selects, " UNION ") + `) AS found JOIN letters ON number = letter`
}()
