package store

import (
	"context"
	"fmt"
	"sync"
)

// serialBlock is how many serial numbers a process draws at once (contracts.md,
// Number). What it does not use is a gap.
const serialBlock = 100

// serials hands out the numbers of the block that was drawn last.
type serials struct {
	mu   sync.Mutex
	day  string
	next int
	end  int
}

// DrawSerial gives a serial number that nobody else gets for that day, counting
// from 1. day is the city's date as YYMMDD.
func (s *Store) DrawSerial(ctx context.Context, day string) (int, error) {
	s.serials.mu.Lock()
	defer s.serials.mu.Unlock()
	b := &s.serials
	if b.day != day || b.next == b.end {
		first, err := s.DrawSerials(ctx, day, serialBlock)
		if err != nil {
			return 0, err
		}
		b.day, b.next, b.end = day, first, first+serialBlock
	}
	b.next++
	return b.next - 1, nil
}

// DrawSerials draws n serial numbers of that day in a row and returns the first.
func (s *Store) DrawSerials(ctx context.Context, day string, n int) (first int, err error) {
	var last int
	err = s.write(ctx, func(ctx context.Context, q querier) error {
		return q.QueryRowContext(ctx, `INSERT INTO counters (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value RETURNING value`, "letters/"+day, n).Scan(&last)
	})
	if err != nil {
		return 0, fmt.Errorf("draw numbers of %s: %w", day, err)
	}
	return last - n + 1, nil
}
