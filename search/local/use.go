package local

import (
	"context"
	"slices"

	"huiyin/search"
)

// Use keeps the vocabulary. Synonyms and weak words count from now on; with other words than the index was built with the
// next Rebuild cuts, and until it ends questions are cut as the letters were.
func (x *Index) Use(ctx context.Context, vocabulary search.Vocabulary) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.writing.Lock()
	defer x.writing.Unlock()
	x.vocabulary.Store(&vocabulary)
	x.stale.Store(!slices.Equal(x.built, wordSet(vocabulary.Words)))
	x.grow()
	return nil
}

// wordSet is the words in an order that does not depend on how they came, each once.
func wordSet(words []string) []string {
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
