package store

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"huiyin/internal/letter"
)

// UpdateMany is Update for letters that have nothing to do with each other, in
// one transaction of few statements. A letter for which change returns an error,
// or which does not exist, is left as it is and takes no other with it; what fails
// for all is tried again with one half and then with the other, so that in the
// end only the letter fails that cannot be written. It returns the errors by
// number, none when all went well.
//
// Letters are read and changed before they are locked, so that other writers
// wait for the writing only. By its newest event a letter is known to be as it was
// read: a change that matters to others appends one, and of the rest only what
// differs is written. A letter that somebody else changed meanwhile is changed
// again under its lock, so change may be called more than once for it, each time
// on a fresh one.
func (s *Store) UpdateMany(ctx context.Context, numbers []string, change func(*letter.Letter) error) map[string]error {
	numbers = slices.Compact(slices.Sorted(slices.Values(numbers)))
	failed := map[string]error{}
	if len(numbers) == 0 {
		return failed
	}
	moved, err := s.tryMany(ctx, numbers, change, failed)
	switch {
	case err == nil:
		for _, n := range moved {
			if _, err := s.Update(ctx, n, change); err != nil {
				failed[n] = err
			}
		}
		return failed
	case len(numbers) == 1 || ctx.Err() != nil || letter.IsKind(err, letter.KindUnavailable):
		for _, n := range numbers {
			failed[n] = err
		}
		return failed
	}
	half := len(numbers) / 2
	failed = s.UpdateMany(ctx, numbers[:half], change)
	maps.Copy(failed, s.UpdateMany(ctx, numbers[half:], change))
	return failed
}

// tryMany changes all letters or, with an error, none. failed gets those that
// fail alone; moved are those that somebody else changed meanwhile.
func (s *Store) tryMany(ctx context.Context, numbers []string, change func(*letter.Letter) error, failed map[string]error) (moved []string, err error) {
	changed, err := s.changeAll(ctx, numbers, change, failed)
	if err != nil || len(changed) == 0 {
		return nil, err
	}
	save := s.saving(changed...)
	err = s.write(ctx, func(ctx context.Context, q querier) (err error) {
		if moved, err = s.lockAsRead(ctx, q, changed); err != nil {
			return err
		}
		if len(moved) == 0 {
			return save(ctx, q)
		}
		still := slices.DeleteFunc(slices.Clone(changed), func(h *held) bool { return slices.Contains(moved, h.Number) })
		return s.save(ctx, q, still...)
	})
	return moved, err
}

// changeAll reads letters and calls change for each; it leaves out those with
// which there was nothing to do.
func (s *Store) changeAll(ctx context.Context, numbers []string, change func(*letter.Letter) error, failed map[string]error) ([]*held, error) {
	var list []*row
	err := s.snapshot(ctx, func(ctx context.Context, q querier) (err error) {
		list, err = readNumbers(ctx, q, numbers, "")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load %d letters: %w", len(numbers), err)
	}
	changed := make([]*held, 0, len(list))
	there := make(map[string]bool, len(list))
	for _, r := range list {
		there[r.Number] = true
		h, err := changeAlone(&r.Letter, change)
		if err != nil {
			failed[r.Number] = err
		} else if h.dirty() {
			changed = append(changed, h)
		}
	}
	for _, n := range numbers {
		if !there[n] {
			failed[n] = letter.ErrNotFound
		}
	}
	return changed, nil
}

// changeAlone changes one of many letters; a panic is that letter's error.
func changeAlone(l *letter.Letter, change func(*letter.Letter) error) (h *held, err error) {
	defer recovered(&err)
	if err := replay(l); err != nil {
		return nil, err
	}
	if h, err = hold(l); err != nil {
		return nil, err
	}
	return h, h.change(change)
}

// lockAsRead locks letters in the order of their numbers, so that two callers
// never wait for one another, and returns those that are not as they were read.
func (s *Store) lockAsRead(ctx context.Context, q querier, letters []*held) (moved []string, err error) {
	heads := make(map[string][]byte, len(letters))
	numbers := make([]string, len(letters))
	for i, h := range letters {
		numbers[i] = h.Number
	}
	args := repeated(numbers)
	rows, err := q.QueryContext(ctx, "SELECT number, head_hash FROM letters WHERE number IN ("+placeholders(1, len(args))+
		") ORDER BY number"+s.dialect.forUpdate, args...)
	if err != nil {
		return nil, fmt.Errorf("lock %d letters: %w", len(letters), err)
	}
	defer rows.Close()
	for rows.Next() {
		var number string
		var head []byte
		if err := rows.Scan(&number, &head); err != nil {
			return nil, fmt.Errorf("lock letters: %w", err)
		}
		heads[number] = head
	}
	for _, h := range letters {
		if !bytes.Equal(heads[h.Number], h.head) {
			moved = append(moved, h.Number)
		}
	}
	return moved, rows.Err()
}
