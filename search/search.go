// Package search is how published letters and their answers are found again: what an index holds, how it is asked and
// what it answers. The engines that do it lie in the folders below.
package search

import (
	"context"
	"iter"
)

// Index finds published letters. It is safe for concurrent use. It holds nothing that cannot be rebuilt from the
// database. After Close every method fails.
type Index interface {
	// Put adds letters, or replaces what the index knew under the same number. They are found, and safe from a crash,
	// once it returns.
	Put(ctx context.Context, documents ...Document) error
	// Delete takes letters out. A number that is not in the index is no error.
	Delete(ctx context.Context, numbers ...string) error
	// Search answers a question; the query need not be checked before. Its errors are a letter.Error of kind invalid for
	// a bad query, and the context's own when that ends.
	Search(ctx context.Context, query Query) (Result, error)
	// Rebuild replaces the whole index by the documents given. Until it returns, searches are answered from what was
	// there before; letters put or deleted meanwhile are right in both. An error, also one the documents end with,
	// leaves the index as it was. A second one at the same time is a letter.Error of kind conflict.
	Rebuild(ctx context.Context, documents iter.Seq2[Document, error]) error
	// NeedsRebuild says that the index may lack letters: it is new, was made by another version, or was damaged.
	NeedsRebuild() bool
	// Count is the number of letters in the index.
	Count(ctx context.Context) (int, error)
	// Close writes what is open and gives the folder free.
	Close() error
}
