package store

import (
	"context"

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
