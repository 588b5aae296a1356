package meili

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/internal/letter"
	"huiyin/search"
)

// The bounds of one request; a server takes a hundred megabytes unless told otherwise, the way to it often less.
const (
	maxBatch = 1_000
	maxBytes = 8 << 20
)

// Put adds or replaces letters.
func (x *Index) Put(ctx context.Context, documents ...search.Document) error {
	return x.change(ctx, func() error {
		if err := x.put(ctx, lettersUID, x.cutter.Load(), documents); err != nil {
			return err
		}
		for _, d := range documents {
			if x.missed != nil {
				x.missed[d.Number] = &d
			}
		}
		return nil
	})
}

// Delete takes letters out.
func (x *Index) Delete(ctx context.Context, numbers ...string) error {
	return x.change(ctx, func() error {
		if err := x.drop(ctx, lettersUID, numbers); err != nil {
			return err
		}
		for _, number := range numbers {
			if x.missed != nil {
				x.missed[number] = nil
			}
		}
		return nil
	})
}

// change makes a write, one at a time. One that meets a rebuild of another process is made, so that it is seen at once,
// and then reported as a conflict, so that it is made again: it may have gone to the index that the rebuild replaces.
// One that meets none before and none after it cannot have: a rebuild that began and ended in between read the database
// after the letter was written there.
func (x *Index) change(ctx context.Context, write func() error) error {
	if err := x.connect(ctx); err != nil {
		return err
	}
	if err := x.writing.take(ctx); err != nil {
		return err
	}
	defer x.writing.free()
	defer x.grow() // also after an error: what went before it is in
	before, err := x.rebuiltElsewhere(ctx)
	if err != nil {
		return err
	}
	if err := write(); err != nil {
		return x.lost(err)
	}
	after, err := x.rebuiltElsewhere(ctx)
	if err != nil {
		return err
	}
	if before || after {
		return letter.Fail(letter.KindConflict, "搜索索引正在重建，请等它完成。")
	}
	return nil
}

// forsaken is after how long without a write a next index is what a killed process left. The next rebuild removes it.
const forsaken = 15 * time.Minute

func (x *Index) rebuiltElsewhere(ctx context.Context) (bool, error) {
	if x.missed != nil {
		return false, nil // it is ours
	}
	var next *meilisearch.IndexResult
	err := x.server.tell(ctx, func(ctx context.Context) (err error) {
		next, err = x.server.write.GetIndexWithContext(ctx, nextUID)
		return err
	})
	if code(err) == indexNotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return time.Since(next.UpdatedAt) < forsaken, nil
}

// put writes letters in batches of bounded size, each finished before the next: the client's own batches lose the tasks
// of those before one that fails.
func (x *Index) put(ctx context.Context, uid string, c *cutter, documents []search.Document) error {
	for batch, err := range batches(c, documents) {
		if err != nil {
			return err
		}
		err := x.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
			return x.server.write.Index(uid).AddDocumentsWithContext(ctx, batch, nil)
		})
		if err != nil {
			return fmt.Errorf("write search index: %w", err)
		}
	}
	return ctx.Err()
}

func batches(c *cutter, documents []search.Document) iter.Seq2[[]json.RawMessage, error] {
	return func(yield func([]json.RawMessage, error) bool) {
		var batch []json.RawMessage
		size := 0
		for _, d := range documents {
			entry, err := entryOf(d, c)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(batch) == maxBatch || size+len(entry) > maxBytes && len(batch) > 0 {
				if !yield(batch, nil) {
					return
				}
				batch, size = nil, 0
			}
			batch, size = append(batch, entry), size+len(entry)
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}

func (x *Index) drop(ctx context.Context, uid string, numbers []string) error {
	known := make([]string, 0, len(numbers))
	for _, number := range numbers {
		if isID(number) { // another cannot be in the index
			known = append(known, number)
		}
	}
	if len(known) == 0 {
		return ctx.Err()
	}
	err := x.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return x.server.write.Index(uid).DeleteDocumentsWithContext(ctx, known, nil)
	})
	if err != nil {
		return fmt.Errorf("write search index: %w", err)
	}
	return nil
}
