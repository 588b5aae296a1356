package meili

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/search"
)

// Use takes the vocabulary. Weak words count from the next question on; synonyms are the server's, and one that is not
// there is told of them when it is again.
func (x *Index) Use(ctx context.Context, vocabulary search.Vocabulary) error {
	if err := x.open(ctx); err != nil {
		return err
	}
	if err := x.writing.take(ctx); err != nil {
		return err
	}
	defer x.writing.free()
	defer x.grow()
	x.vocabulary.Store(&vocabulary)
	x.used.Store(true)
	x.stale.Store(!slices.Equal(x.cutter.Load().words, wordSet(vocabulary.Words)))
	err := x.connect(ctx)
	if err == nil {
		err = x.lost(x.adopt(ctx))
	}
	if err == nil {
		err = x.lost(x.tellSynonyms(ctx, vocabulary))
	}
	return x.tellNowOrLater(err)
}

// adopt takes over how the index was cut that another process has built with the words of the last Use, so that each of
// them need not build it. Who calls it is writing.
func (x *Index) adopt(ctx context.Context) error {
	if !x.stale.Load() || x.missed != nil {
		return nil
	}
	next, err := x.nextCutter()
	if err != nil {
		return err
	}
	mark, err := x.mark(ctx, lettersUID)
	if err != nil || !strings.HasPrefix(mark, next.edition+markGap) {
		return err
	}
	x.cutter.Store(next)
	x.whole.Store(true)
	x.stale.Store(false)
	x.grow()
	return nil
}

// tellNowOrLater lets a server that was not there to be told of synonyms be told when it is again.
func (x *Index) tellNowOrLater(err error) error {
	if absent(err) {
		x.ready.Store(false) // connecting tells them
		return nil
	}
	return err
}

// tellSynonyms changes them on the server only when they differ: each of several processes is told the same. None at all
// have a request of their own, because the client leaves an empty list out of the settings.
func (x *Index) tellSynonyms(ctx context.Context, vocabulary search.Vocabulary) error {
	wanted := synonyms(x.cutter.Load(), vocabulary)
	var there map[string][]string
	index := x.server.write.Index(lettersUID)
	err := x.server.tell(ctx, func(ctx context.Context) error {
		found, err := index.GetSynonymsWithContext(ctx)
		if err == nil {
			there = *found
		}
		return err
	})
	if err != nil || maps.EqualFunc(there, wanted, slices.Equal) {
		return err
	}
	return x.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		if len(wanted) == 0 {
			return index.ResetSynonymsWithContext(ctx)
		}
		return index.UpdateSynonymsWithContext(ctx, &wanted)
	})
}
