package local

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/blevesearch/bleve/v2"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/search"
)

// Put adds or replaces letters.
func (x *Index) Put(ctx context.Context, documents ...search.Document) error {
	return x.putAll(ctx, recordsOf(documents, ofPublic))
}

func (x *Index) putAll(ctx context.Context, documents []record) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	defer x.grow() // also after an error: the batches before it are in
	for chunk := range slices.Chunk(documents, batchSize) {
		if err := put(ctx, x.current, x.segmenter, chunk); err != nil {
			return err
		}
		if x.missed != nil {
			for _, d := range chunk {
				x.missed[d.number()] = d
			}
		}
	}
	return nil
}

// Delete takes letters out.
func (x *Index) Delete(ctx context.Context, numbers ...string) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	defer x.grow()
	if err := drop(ctx, x.current, numbers); err != nil {
		return err
	}
	if x.missed != nil {
		for _, number := range numbers {
			x.missed[number] = nil
		}
	}
	return nil
}

// Rebuild fills a new index beside the current one and swaps them.
func (x *Index) Rebuild(ctx context.Context, documents iter.Seq2[search.Document, error]) error {
	return x.rebuild(ctx, eachRecord(documents, ofPublic))
}

func (x *Index) rebuild(ctx context.Context, documents iter.Seq2[record, error]) error {
	words, err := x.beginRebuild()
	if err != nil {
		return err
	}
	defer x.endRebuild()
	cut, err := x.cutterOf(words)
	if err != nil {
		return err
	}
	next, err := newFolder(x.dir, fingerprint(cut, words)+x.suffix)
	if err != nil {
		return err
	}
	if err := fill(ctx, next.index, cut, documents); err != nil {
		return errors.Join(err, discard(x.dir, next))
	}
	former, err := x.swap(ctx, next, cut, words)
	if err != nil {
		return errors.Join(err, discard(x.dir, next))
	}
	x.listEarly()
	return discard(x.dir, former)
}

// beginRebuild gives the words to build with, those of the last Use.
func (x *Index) beginRebuild() ([]string, error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.missed != nil {
		return nil, letter.Fail(letter.KindConflict, "搜索索引正在重建，请等它完成。")
	}
	x.missed = map[string]record{}
	return wordSet(x.vocabulary.Load().Words), nil
}

// cutterOf is a segmenter that knows the words; the one in use, unless they have changed.
func (x *Index) cutterOf(words []string) (*segment.Segmenter, error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if slices.Equal(words, x.built) {
		return x.segmenter, nil
	}
	return x.segmenter.With(words)
}

func (x *Index) endRebuild() {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.missed = nil
}

// swap brings the next index up to date with what was written meanwhile and lets it answer from now on.
func (x *Index) swap(ctx context.Context, next folder, cut *segment.Segmenter, words []string) (former folder, err error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.closed {
		return folder{}, bleve.ErrorIndexClosed
	}
	var changed []record
	var gone []string
	for number, d := range x.missed {
		if d == nil {
			gone = append(gone, number)
			continue
		}
		changed = append(changed, d)
	}
	for chunk := range slices.Chunk(changed, batchSize) {
		if err := put(ctx, next.index, cut, chunk); err != nil {
			return folder{}, err
		}
	}
	if err := drop(ctx, next.index, gone); err != nil {
		return folder{}, err
	}
	if err := next.index.SetInternal(wholeKey, []byte("yes")); err != nil {
		return folder{}, fmt.Errorf("rebuild search index: %w", err)
	}
	if err := next.use(x.dir); err != nil {
		return folder{}, err
	}
	former = folder{name: x.name, index: x.current}
	x.alias.Swap([]bleve.Index{next.index}, []bleve.Index{former.index})
	x.reading.Lock()
	x.answering, x.columns, x.segmenter = next.index, newColumns(), cut
	x.reading.Unlock()
	x.current, x.name, x.built, x.missed = next.index, next.name, words, nil
	x.understood.forget()
	x.whole.Store(true)
	x.stale.Store(!slices.Equal(words, wordSet(x.vocabulary.Load().Words)))
	x.grow()
	return former, nil
}

func drop(ctx context.Context, index bleve.Index, numbers []string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(numbers) == 0 {
		return nil
	}
	batch := index.NewBatch()
	for _, number := range numbers {
		batch.Delete(number)
	}
	if err := index.Batch(batch); err != nil {
		return fmt.Errorf("write search index: %w", err)
	}
	return nil
}

// discard closes an index, which waits for the searches still in it, and removes its folder.
func discard(dir string, f folder) error {
	if err := f.index.Close(); err != nil {
		return fmt.Errorf("close former search index: %w", err)
	}
	if err := os.RemoveAll(filepath.Join(dir, f.name)); err != nil {
		return fmt.Errorf("remove former search index: %w", err)
	}
	return nil
}
