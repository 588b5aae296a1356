package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// How much is looked at for one letter, whatever the archive holds. The numbers stand in the text: PostgreSQL plans for
// the worst where a limit is an argument.
const (
	teachersOfKey = 4 // of each key, the newest
	mostTeachers  = 8 // of all, those that share most keys
	alikeOfKey    = 8 // for a page
	mostAlike     = 20
	teachersAsked = 6  // keys: a submission waits for each
	mostAsked     = 15 // keys
)

// Teachers are the letters received from one moment to another that are kept under one of the first six keys and whose
// unit people agreed to: the eight that share most keys, the newest among equals. None of them is guarded or accuses a unit.
func (s *Store) Teachers(ctx context.Context, keys []int64, from, to time.Time) ([]letter.Alike, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	return alike(s.teachersText.QueryContext(ctx, askingArgs(teachersAsked, keys, from, to)...))
}

// Alike are the letters kept under one of the keys whoever placed them, twenty of them.
func (s *Store) Alike(ctx context.Context, keys []int64, from, to time.Time) ([]letter.Alike, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	return alike(s.db.QueryContext(ctx, alikeText, askingArgs(mostAsked, keys, from, to)...))
}

// AlikeFor is Alike for a member's eyes: those that he may read.
func (s *Store) AlikeFor(ctx context.Context, reader Reader, keys []int64, from, to time.Time) ([]letter.Alike, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	c := &condition{args: askingArgs(mostAsked, keys, from, to)}
	c.readable(reader)
	return alike(s.db.QueryContext(ctx, alikeText+" AND "+strings.Join(c.parts, " AND "), c.args...))
}

func alike(rows *sql.Rows, err error) ([]letter.Alike, error) {
	if err != nil {
		return nil, fmt.Errorf("find letters alike: %w", err)
	}
	list, err := collect(rows, func(a *letter.Alike) []any {
		return []any{&a.Number, &a.Sender, &a.Title, &a.Unit, &a.State, &a.Merged, moment{&a.Received}, &a.Sketch}
	})
	if err != nil {
		return nil, fmt.Errorf("find letters alike: %w", err)
	}
	return list, nil
}

// askingArgs fills up with a key that no letter has, so that there is one text.
func askingArgs(most int, keys []int64, from, to time.Time) []any {
	args := []any{from.UnixMilli(), to.UnixMilli()}
	for i := range most {
		key := int64(0)
		if i < len(keys) {
			key = keys[i]
		}
		args = append(args, key)
	}
	return args
}

var (
	teachersText = selectAlike(teachersAsked, teachersOfKey, mostTeachers, 1)
	alikeText    = selectAlike(mostAsked, alikeOfKey, mostAlike, 0, 1)
)

// selectAlike asks for each key with a limit of its own, then reads only the letters that were found by most of them.
func selectAlike(keys, ofKey, most int, settled ...int) string {
	var selects []string
	for i := range keys {
		for _, which := range settled {
			selects = append(selects, "SELECT letter FROM (SELECT letter FROM fingerprints WHERE mark = $"+strconv.Itoa(i+3)+
				" AND settled = "+strconv.Itoa(which)+" AND at >= $1 AND at <= $2 ORDER BY at DESC, letter DESC LIMIT "+strconv.Itoa(ofKey)+
				") AS k"+strconv.Itoa(len(selects)))
		}
	}
	return "SELECT number, sender, title, unit, state, merged, received_at, sketch FROM letters WHERE number IN (" +
		"SELECT letter FROM (" + strings.Join(selects, " UNION ALL ") + ") AS found GROUP BY letter ORDER BY COUNT(*) DESC, letter DESC LIMIT " +
		strconv.Itoa(most) + ") AND " + inTheOpen
}

// prepareAlike keeps the text that submissions ask: parsing it costs more than what it finds.
func (s *Store) prepareAlike(ctx context.Context) (err error) {
	if s.teachersText, err = s.db.PrepareContext(ctx, teachersText); err != nil {
		return fmt.Errorf("prepare the search for letters alike: %w", errors.Join(err, s.Close()))
	}
	return nil
}
