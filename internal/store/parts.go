package store

import (
	"context"
	"fmt"
	"time"
)

// PartsDue is when these letters want what they asked of the units: of each letter the
// earliest part that is open. It is asked for one page of a list.
func (s *Store) PartsDue(ctx context.Context, numbers, units []string) (map[string]time.Time, error) {
	due := map[string]time.Time{}
	if len(numbers) == 0 || len(units) == 0 {
		return due, nil
	}
	c := &condition{}
	c.and("part > 0 AND stopped IS NULL")
	c.and(in(c, "unit", units))
	c.and(in(c, "letter", numbers))
	rows, err := s.db.QueryContext(ctx, "SELECT letter, MIN(due) FROM clocks"+c.where()+" GROUP BY letter", c.args...)
	if err != nil {
		return nil, fmt.Errorf("read parts: %w", err)
	}
	type part struct {
		number string
		due    time.Time
	}
	list, err := collect(rows, func(p *part) []any { return []any{&p.number, moment{&p.due}} })
	for _, p := range list {
		due[p.number] = p.due
	}
	return due, err
}
