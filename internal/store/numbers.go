package store

import (
	"context"
	"fmt"
	"sync"
)

// serialBlock is how many serial numbers a process draws at once (contracts.md,
// Number). What it does not use is a gap.
const serialBlock = 100

// serials hands out the numbers of the block that was drawn last. The next block
// is drawn meanwhile, because those who wait for a number would wait for the disk.
type serials struct {
	mu      sync.Mutex
	day     string
	next    int
	end     int
	coming  chan block
	drawing sync.WaitGroup
}

type block struct {
	first int
	err   error
}

// DrawSerial gives a serial number that nobody else gets for that day, counting
// from 1. day is the city's date as YYMMDD.
func (s *Store) DrawSerial(ctx context.Context, day string) (int, error) {
	s.serials.mu.Lock()
	defer s.serials.mu.Unlock()
	b := &s.serials
	if b.day != day {
		b.day, b.next, b.end, b.coming = day, 0, 0, nil
	}
	if b.next == b.end {
		first, err := s.nextBlock(ctx)
		if err != nil {
			return 0, err
		}
		b.next, b.end = first, first+serialBlock
		s.drawAhead(day)
	}
	b.next++
	return b.next - 1, nil
}

func (s *Store) nextBlock(ctx context.Context) (int, error) {
	if s.serials.coming != nil {
		drawn := <-s.serials.coming
		s.serials.coming = nil
		if drawn.err == nil {
			return drawn.first, nil
		}
	}
	return s.DrawSerials(ctx, s.serials.day, serialBlock)
}

func (s *Store) drawAhead(day string) {
	coming := make(chan block, 1) // nobody may come for it
	s.serials.coming = coming
	s.serials.drawing.Go(func() {
		first, err := s.DrawSerials(context.Background(), day, serialBlock)
		coming <- block{first, err}
	})
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
