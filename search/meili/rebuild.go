package meili

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/internal/letter"
	"huiyin/search"
)

// cleaning is how long a rebuild that failed may take to clean up after itself.
const cleaning = 20 * time.Second

// Rebuild fills the next index and lets the two change places, which the server does in one step.
func (x *Index) Rebuild(ctx context.Context, documents iter.Seq2[search.Document, error]) error {
	if err := x.connect(ctx); err != nil {
		return err
	}
	if err := x.beginRebuild(ctx); err != nil {
		return err
	}
	defer x.endRebuild()
	next, err := x.nextCutter()
	if err != nil {
		return err
	}
	mark := newMark(next)
	if err := x.prepare(ctx, next, mark); err != nil {
		return err
	}
	err = x.fill(ctx, next, documents)
	if err == nil {
		err = x.swap(ctx, next, mark)
	}
	return errors.Join(err, x.removeNext(ctx))
}

func (x *Index) beginRebuild(ctx context.Context) error {
	if err := x.writing.take(ctx); err != nil {
		return err
	}
	defer x.writing.free()
	if x.missed != nil {
		return letter.Fail(letter.KindConflict, "搜索索引正在重建，请等它完成。")
	}
	x.missed = map[string]*search.Document{}
	return nil
}

// endRebuild waits for its turn however long that takes: who has it is bounded by a context of its own.
func (x *Index) endRebuild() {
	x.writing <- struct{}{}
	defer x.writing.free()
	x.missed = nil
}

// nextCutter cuts with the words of the last Use.
func (x *Index) nextCutter() (*cutter, error) {
	now, words := x.cutter.Load(), x.vocabulary.Load().Words
	if slices.Equal(now.words, wordSet(words)) {
		return now, nil
	}
	return newCutter(x.cut, words)
}

// prepare makes the next index anew: one that is there was left by a process that was killed.
func (x *Index) prepare(ctx context.Context, c *cutter, mark string) error {
	if err := x.remove(ctx, nextUID); err != nil {
		return err
	}
	err := x.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return x.server.write.CreateIndexWithContext(ctx, &meilisearch.IndexConfig{Uid: nextUID, PrimaryKey: idField})
	})
	if err != nil {
		return err
	}
	return x.applySettings(ctx, nextUID, c, mark)
}

func (x *Index) fill(ctx context.Context, c *cutter, documents iter.Seq2[search.Document, error]) error {
	batch := make([]search.Document, 0, maxBatch)
	for d, err := range documents {
		if err != nil {
			return fmt.Errorf("rebuild search index: %w", err)
		}
		if batch = append(batch, d); len(batch) < maxBatch {
			continue
		}
		if err := x.put(ctx, nextUID, c, batch); err != nil {
			return err
		}
		batch = batch[:0]
	}
	return x.put(ctx, nextUID, c, batch)
}

// swap brings the next index up to date with what this process wrote meanwhile and lets it answer from now on.
func (x *Index) swap(ctx context.Context, next *cutter, mark string) error {
	if err := x.writing.take(ctx); err != nil {
		return err
	}
	defer x.writing.free()
	if err := x.catchUp(ctx, next); err != nil {
		return err
	}
	found, err := x.mark(ctx, nextUID)
	if err != nil {
		return err
	}
	if found != mark {
		return letter.Fail(letter.KindConflict, "搜索索引正由另一个进程重建，请等它完成。")
	}
	if err := x.changePlaces(ctx, mark); err != nil {
		return err
	}
	x.cutter.Store(next)
	x.whole.Store(true)
	x.stale.Store(!slices.Equal(next.words, wordSet(x.vocabulary.Load().Words)))
	x.missed = nil
	x.grow()
	// Synonyms given meanwhile went to the index that has just been replaced. The new one answers whatever becomes of them.
	if x.used.Load() && x.tellSynonyms(ctx, *x.vocabulary.Load()) != nil {
		x.ready.Store(false) // connecting tells them
	}
	return nil
}

func (x *Index) catchUp(ctx context.Context, next *cutter) error {
	var changed []search.Document
	var gone []string
	for number, d := range x.missed {
		if d == nil {
			gone = append(gone, number)
			continue
		}
		changed = append(changed, *d)
	}
	if err := x.put(ctx, nextUID, next, changed); err != nil {
		return err
	}
	return x.drop(ctx, nextUID, gone)
}

// changePlaces asks for the swap once, because made twice it would be undone, and waits for it. The task of a swap is of
// two indexes, and the server shows it to no key that is bound to some: such a key sees the mark change places instead.
func (x *Index) changePlaces(ctx context.Context, mark string) error {
	var made *meilisearch.TaskInfo
	err := x.server.once(ctx, func(ctx context.Context) (err error) {
		made, err = x.server.write.SwapIndexesWithContext(ctx, []*meilisearch.SwapIndexesParams{{Indexes: []string{lettersUID, nextUID}}})
		return err
	})
	if err != nil {
		return err
	}
	err = x.finished(ctx, made.TaskUID)
	if code(err) != taskNotFound {
		return err
	}
	for wait := firstLook; ; wait = min(2*wait, lastLook) {
		found, err := x.mark(ctx, lettersUID)
		if err != nil || found == mark {
			return err
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
}

// removeNext removes what a rebuild leaves: the former index, or one half filled. Also when the context has ended.
func (x *Index) removeNext(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleaning)
	defer cancel()
	return x.remove(ctx, nextUID)
}

// remove removes an index. The client's method of the index itself does not wait and tells no task.
func (x *Index) remove(ctx context.Context, uid string) error {
	err := x.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return x.server.write.DeleteIndexWithContext(ctx, uid)
	})
	if code(err) == indexNotFound {
		return nil
	}
	return err
}
