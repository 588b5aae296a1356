package store

import (
	"context"
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

// Alike are the letters received from one moment up to another that share a key: of each key the newest perKey. What it reads does not
// grow with the archive. Letters that are guarded or accuse a unit are not among them.
func (s *Store) Alike(ctx context.Context, keys []int64, from, to time.Time, perKey int) ([]letter.Alike, error) {
	return s.alike(ctx, &condition{args: alikeArgs(keys, from, to, perKey)})
}

// AlikeFor is Alike for a member's eyes: those among them that he may read.
func (s *Store) AlikeFor(ctx context.Context, reader Reader, keys []int64, from, to time.Time, perKey int) ([]letter.Alike, error) {
	c := &condition{args: alikeArgs(keys, from, to, perKey)}
	c.readable(reader)
	return s.alike(ctx, c)
}

func (s *Store) alike(ctx context.Context, c *condition) ([]letter.Alike, error) {
	if len(c.args) < firstKey {
		return nil, nil // no keys
	}
	c.and(inTheOpen)
	rows, err := s.db.QueryContext(ctx, alikeText+c.where()+" ORDER BY received_at DESC, number DESC", c.args...)
	if err != nil {
		return nil, fmt.Errorf("find letters alike: %w", err)
	}
	list, err := collect(rows, func(a *letter.Alike) []any {
		return []any{&a.Number, &a.Sender, &a.Title, &a.Unit, &a.State, &a.Merged, &a.Assigned, moment{&a.Received}, &a.Sketch}
	})
	if err != nil {
		return nil, fmt.Errorf("find letters alike: %w", err)
	}
	return list, nil
}

// alikeArgs repeats the last key where there are fewer, so that there is one text to prepare.
func alikeArgs(keys []int64, from, to time.Time, perKey int) []any {
	args := []any{from.UnixMilli(), to.UnixMilli(), perKey}
	for i := range mostKeys {
		if len(keys) > 0 {
			args = append(args, keys[min(i, len(keys)-1)])
		}
	}
	return args
}

// alikeText asks for each key with a limit of its own, then goes to the letters by their numbers. A unit counts as sure
// when it signed for the letter, or when a person found it because the router could not.
var alikeText = func() string {
	selects := make([]string, mostKeys)
	for i := range selects {
		n := strconv.Itoa(i + firstKey)
		selects[i] = "SELECT letter, sketch FROM (SELECT letter, sketch FROM fingerprints WHERE mark = $" + n +
			" AND at >= $1 AND at < $2 ORDER BY at DESC, letter DESC LIMIT $3) AS k" + n
	}
	return `SELECT number, sender, title, unit, state, merged, assigned_at IS NOT NULL AND (accepted_at IS NOT NULL OR queue = 'dispatch'),
		received_at, sketch FROM (` + strings.Join(selects, " UNION ") + `) AS found JOIN letters ON number = letter`
}()
