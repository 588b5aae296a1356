package store

import (
	"context"
	"fmt"

	"huiyin/internal/letter"
)

// Letter loads one letter with its events and clocks, or letter.ErrNotFound.
func (s *Store) Letter(ctx context.Context, number string) (*letter.Letter, error) {
	var l *letter.Letter
	err := s.snapshot(ctx, func(ctx context.Context, q querier) (err error) {
		l, err = load(ctx, q, number, "")
		return err
	})
	return l, err
}

// load reads a letter and what its events lead to; lock is what the dialect adds
// to hold it.
func load(ctx context.Context, q querier, number, lock string) (*letter.Letter, error) {
	list, err := readNumbers(ctx, q, []string{number}, lock)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", number, err)
	}
	if len(list) == 0 {
		return nil, letter.ErrNotFound
	}
	l := &list[0].Letter
	if err := replay(l); err != nil {
		return nil, err
	}
	return l, nil
}

// replay makes of what was read a letter that steps can be taken on.
func replay(l *letter.Letter) (err error) {
	if l.Status, err = letter.Replay(l.Events); err != nil {
		return fmt.Errorf("load %s: %w", l.Number, err)
	}
	l.Stored()
	return nil
}

// readNumbers reads the letters of these numbers, those that exist, with their
// events and clocks. They are locked in the order of their numbers, so that two
// callers never wait for one another.
func readNumbers(ctx context.Context, q querier, numbers []string, lock string) ([]*row, error) {
	args := repeated(numbers)
	these := "IN (" + placeholders(1, len(args)) + ")"
	list, err := readRows(ctx, q, selectRow+" WHERE number "+these+" ORDER BY number"+lock, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, fill(ctx, q, list, these, args...)
}

// repeated gives the numbers with the last one again up to a power of two: a text for
// every length would be parsed each time.
func repeated(numbers []string) []any {
	args := make([]any, 0, 2*len(numbers))
	for _, n := range numbers {
		args = append(args, n)
	}
	for n := len(args); n&(n-1) != 0; n++ {
		args = append(args, args[len(args)-1])
	}
	return args
}

func readRows(ctx context.Context, q querier, text string, args ...any) (list []*row, err error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read letters: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scanRow(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("read letter: %w", err)
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// fill adds events and clocks; these says of a column of numbers which.
func fill(ctx context.Context, q querier, list []*row, these string, args ...any) error {
	letters := make(map[string]*letter.Letter, len(list))
	for _, r := range list {
		letters[r.Number] = &r.Letter
	}
	rows, err := q.QueryContext(ctx, selectEvents+" WHERE letter "+these+" ORDER BY letter, seq", args...)
	if err != nil {
		return fmt.Errorf("read events: %w", err)
	}
	err = readEvents(rows, func(number string, e letter.Event) {
		if l := letters[number]; l != nil {
			l.Events = append(l.Events, e)
		}
	})
	if err != nil {
		return err
	}
	rows, err = q.QueryContext(ctx, selectClocks+" WHERE letter "+these+" ORDER BY letter, place", args...)
	if err != nil {
		return fmt.Errorf("read clocks: %w", err)
	}
	return readClocks(rows, func(number string, c letter.Clock) {
		if l := letters[number]; l != nil {
			l.Clocks = append(l.Clocks, c)
		}
	})
}
