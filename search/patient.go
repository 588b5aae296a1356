package search

import (
	"context"
	"time"
)

// PagePatience is how long a page waits for the index. Ours answers in milliseconds; what takes 300 is broken or
// overloaded, and from about there on people notice that a page hangs. They then get the page without what was searched.
const PagePatience = 300 * time.Millisecond

// Patient is the index for those who cannot wait: what it is asked ends after a time with the context's error. It
// writes as the index does.
func Patient(index Index, wait time.Duration) Index { return patient{index, wait} }

type patient struct {
	Index
	wait time.Duration
}

func (p patient) Search(ctx context.Context, q Query) (Result, error) {
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	return p.Index.Search(ctx, q)
}

func (p patient) Suggest(ctx context.Context, typed Typed) ([]Suggestion, error) {
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	return p.Index.Suggest(ctx, typed)
}

func (p patient) Similar(ctx context.Context, like Like) ([]Hit, error) {
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	return p.Index.Similar(ctx, like)
}
