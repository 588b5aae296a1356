package casework

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// Letters that are written together; others wait some milliseconds for them. A sweep
// is over soon, so its first batch is to be written soon; re-dating is long, and
// fewer flushes shorten it.
const (
	sweepBatch  = 64
	redateBatch = 128
)

const hands = 3 // while one batch is written, the next ones are read and changed

// tally is what became of many letters.
type tally struct {
	sync.Mutex
	done   int
	failed map[string]error // by number
}

func newTally() *tally { return &tally{failed: map[string]error{}} }

// byHands does something with many letters, batch by batch, several batches at a
// time. What is left when the context ends is neither done nor failed.
func (t *tally) byHands(ctx context.Context, numbers []string, size int, do func(batch []string) (done int, failed map[string]error)) {
	batches := make(chan []string)
	var wait sync.WaitGroup
	for range hands {
		wait.Go(func() {
			for batch := range batches {
				done, failed := do(batch)
				t.Lock()
				t.done += done
				maps.Copy(t.failed, failed)
				t.Unlock()
			}
		})
	}
	for batch := range slices.Chunk(numbers, size) {
		if ctx.Err() != nil {
			break
		}
		batches <- batch
	}
	close(batches)
	wait.Wait()
}

// namedFailures is how many letters an error names; a log line has an end.
const namedFailures = 20

// failures is one error for the letters that failed, nil for none.
func (t *tally) failures(what string) error {
	var list []error
	for _, number := range slices.Sorted(maps.Keys(t.failed)) {
		if len(list) == namedFailures {
			list = append(list, fmt.Errorf("and %d more letters", len(t.failed)-namedFailures))
			break
		}
		list = append(list, fmt.Errorf("%s of %s: %w", what, number, t.failed[number]))
	}
	return errors.Join(list...)
}
