package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"huiyin/internal/letter"
)

// Update changes one letter: it locks it, loads it with its events and clocks,
// calls change, and keeps row, fresh events, their deliveries and the clocks in
// one transaction. change must be pure, because other writers wait for it. When
// it returns an error, nothing is kept and that error comes back as it is; a
// letter that does not exist is letter.ErrNotFound.
func (s *Store) Update(ctx context.Context, number string, change func(*letter.Letter) error) (*letter.Letter, error) {
	var l *letter.Letter
	err := s.write(ctx, func(ctx context.Context, q querier) (err error) {
		if l, err = load(ctx, q, number, s.dialect.forUpdate); err != nil {
			return err
		}
		return s.changeAndSave(ctx, q, l, change)
	})
	if err != nil {
		return nil, err
	}
	l.Stored()
	return l, nil
}

func (s *Store) changeAndSave(ctx context.Context, q querier, l *letter.Letter, change func(*letter.Letter) error) error {
	h, err := hold(l)
	if err != nil {
		return err
	}
	if err := h.change(change); err != nil {
		return err
	}
	return s.save(ctx, q, h)
}

// UpdateMany is Update for letters that have nothing to do with each other, in
// one transaction of few statements. A letter for which change returns an error,
// or which does not exist, is left as it is and takes no other with it; what fails
// for all is tried again with one half and then with the other, so that in the
// end only the letter fails that cannot be written. It returns the errors by
// number, none when all went well.
//
// change may be called more than once for a letter, each time on a fresh one. A
// few hundred letters at a time keep other writers waiting some ten milliseconds.
func (s *Store) UpdateMany(ctx context.Context, numbers []string, change func(*letter.Letter) error) map[string]error {
	numbers = slices.Compact(slices.Sorted(slices.Values(numbers)))
	failed := map[string]error{}
	if len(numbers) == 0 {
		return failed
	}
	err := s.write(ctx, func(ctx context.Context, q querier) error {
		clear(failed)
		return s.changeAll(ctx, q, numbers, change, failed)
	})
	if err == nil {
		return failed
	}
	if len(numbers) == 1 || ctx.Err() != nil || letter.IsKind(err, letter.KindUnavailable) {
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

// changeAll is one try; failed gets the letters that fail alone.
func (s *Store) changeAll(ctx context.Context, q querier, numbers []string, change func(*letter.Letter) error, failed map[string]error) error {
	list, err := readNumbers(ctx, q, numbers, s.dialect.forUpdate)
	if err != nil {
		return fmt.Errorf("load %d letters: %w", len(numbers), err)
	}
	there := make(map[string]bool, len(list))
	changed := make([]*held, 0, len(list))
	for _, r := range list {
		there[r.Number] = true
		h, err := changeAlone(&r.Letter, change)
		if err != nil {
			failed[r.Number] = err
			continue
		}
		changed = append(changed, h)
	}
	for _, n := range numbers {
		if !there[n] {
			failed[n] = letter.ErrNotFound
		}
	}
	return s.save(ctx, q, changed...)
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
