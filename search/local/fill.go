package local

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"

	"huiyin/internal/segment"
	"huiyin/search"
)

// batchSize is how many letters go to disk at a time: fewer make more small segments, which must all be merged; more
// take more memory, about 60 kB a letter.
const batchSize = 500

// fill writes documents in batches. The terms of the next one are cut while the last is written.
func fill(ctx context.Context, next bleve.Index, cut *segment.Segmenter, documents iter.Seq2[search.Document, error]) error {
	ready := make(chan *bleve.Batch)
	done := make(chan error, 1)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() {
		var failed error
		for batch := range ready {
			if failed == nil {
				if failed = write(next, batch); failed != nil {
					stop(failed)
				}
			}
		}
		done <- failed
	}()
	err := cutAll(ctx, next, cut, documents, ready)
	close(ready)
	return errors.Join(<-done, err)
}

// cutAll makes batches of the documents and hands them on.
func cutAll(ctx context.Context, next bleve.Index, cut *segment.Segmenter, documents iter.Seq2[search.Document, error], ready chan<- *bleve.Batch) error {
	chunk := make([]search.Document, 0, batchSize)
	send := func() error {
		batch, err := batchOf(ctx, next, cut, chunk)
		if err == nil && len(chunk) > 0 {
			ready <- batch
		}
		chunk = chunk[:0]
		return err
	}
	for d, err := range documents {
		if err != nil {
			return fmt.Errorf("rebuild search index: %w", err)
		}
		if chunk = append(chunk, d); len(chunk) < batchSize {
			continue
		}
		if err := send(); err != nil {
			return err
		}
	}
	return send()
}

// put writes one batch; bleve answers once it is on disk.
func put(ctx context.Context, index bleve.Index, cut *segment.Segmenter, documents []search.Document) error {
	batch, err := batchOf(ctx, index, cut, documents)
	if err != nil || len(documents) == 0 {
		return err
	}
	return write(index, batch)
}

func write(index bleve.Index, batch *bleve.Batch) error {
	if err := index.Batch(batch); err != nil {
		return fmt.Errorf("write search index: %w", err)
	}
	return nil
}

// batchOf cuts the documents, several at a time.
func batchOf(ctx context.Context, index bleve.Index, cut *segment.Segmenter, documents []search.Document) (*bleve.Batch, error) {
	entries := make([]*document.Document, len(documents))
	faults := make([]error, len(documents))
	hands := min(runtime.GOMAXPROCS(0), len(documents))
	var wait sync.WaitGroup
	for hand := range hands {
		wait.Go(func() {
			for i := hand; i < len(documents) && ctx.Err() == nil; i += hands {
				if documents[i].Number == "" {
					faults[i] = errors.New("search index: a letter without number")
					return
				}
				entries[i], faults[i] = entryOf(documents[i], cut)
			}
		})
	}
	wait.Wait()
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	batch := index.NewBatch()
	for _, entry := range entries {
		if err := batch.IndexAdvanced(entry); err != nil {
			return nil, fmt.Errorf("search index: letter %s: %w", entry.ID(), err)
		}
	}
	return batch, nil
}
