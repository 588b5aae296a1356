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
	mostNear = 8 // letters that a submission looks at
)

// Near are the letters received from one moment up to another that share a key: of each key the newest perKey, newest
// first. It reads the keys alone, and no more of them when the archive grows.
func (s *Store) Near(ctx context.Context, keys []int64, from, to time.Time, perKey int) ([]letter.Near, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	rows, err := s.nearText.QueryContext(ctx, nearArgs(keys, from, to, perKey)...)
	if err != nil {
		return nil, fmt.Errorf("find letters near: %w", err)
	}
	list, err := collect(rows, func(n *letter.Near) []any { return []any{&n.Number, &n.Sketch} })
	if err != nil {
		return nil, fmt.Errorf("find letters near: %w", err)
	}
	slices.SortFunc(list, func(a, b letter.Near) int { return cmp.Compare(b.Number, a.Number) })
	return list, nil
}

// Alike are the first eight of these letters, without those that are guarded or accuse a unit.
func (s *Store) Alike(ctx context.Context, numbers []string) ([]letter.Alike, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	args := make([]any, mostNear)
	for i := range args {
		args[i] = numbers[min(i, len(numbers)-1)]
	}
	return alike(s.alikeText.QueryContext(ctx, args...))
}

// AlikeFor is Alike for a member's eyes: those of all these letters that he may read.
func (s *Store) AlikeFor(ctx context.Context, reader Reader, numbers []string) ([]letter.Alike, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	c := &condition{}
	c.and(in(c, "number", numbers))
	c.readable(reader)
	c.and(inTheOpen)
	return alike(s.db.QueryContext(ctx, selectAlike+c.where(), c.args...))
}

func alike(rows *sql.Rows, err error) ([]letter.Alike, error) {
	if err != nil {
		return nil, fmt.Errorf("read letters alike: %w", err)
	}
	list, err := collect(rows, func(a *letter.Alike) []any {
		return []any{&a.Number, &a.Sender, &a.Title, &a.Unit, &a.State, &a.Merged, &a.Assigned, moment{&a.Received}}
	})
	if err != nil {
		return nil, fmt.Errorf("read letters alike: %w", err)
	}
	return list, nil
}

// prepareAlike keeps the texts that every submission asks: parsing them costs more than what they find.
func (s *Store) prepareAlike(ctx context.Context) (err error) {
	if s.nearText, err = s.db.PrepareContext(ctx, selectNear); err == nil {
		s.alikeText, err = s.db.PrepareContext(ctx, selectAlike+" WHERE number IN ("+placeholders(1, mostNear)+") AND "+inTheOpen)
	}
	if err != nil {
		return fmt.Errorf("prepare the search for letters alike: %w", errors.Join(err, s.Close()))
	}
	return nil
}

func (s *Store) closeAlike() (err error) {
	for _, text := range []*sql.Stmt{s.nearText, s.alikeText} {
		if text != nil {
			err = errors.Join(err, text.Close())
		}
	}
	return err
}

// nearArgs repeats the last key where there are fewer, so that there is one text to prepare.
func nearArgs(keys []int64, from, to time.Time, perKey int) []any {
	args := []any{from.UnixMilli(), to.UnixMilli(), perKey}
	for i := range mostKeys {
		args = append(args, keys[min(i, len(keys)-1)])
	}
	return args
}

// selectNear asks for each key with a limit of its own.
var selectNear = func() string {
	selects := make([]string, mostKeys)
	for i := range selects {
		n := strconv.Itoa(i + firstKey)
		selects[i] = "SELECT letter, sketch FROM (SELECT letter, sketch FROM fingerprints WHERE mark = $" + n +
			" AND at >= $1 AND at < $2 ORDER BY at DESC, letter DESC LIMIT $3) AS k" + n
	}
	return strings.Join(selects, " UNION ")
}()

// A unit counts as sure when it signed for the letter, or when a person found it because the router could not.
const selectAlike = `SELECT number, sender, title, unit, state, merged,
	assigned_at IS NOT NULL AND (accepted_at IS NOT NULL OR queue = 'dispatch'), received_at FROM letters`
