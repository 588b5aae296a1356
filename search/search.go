// Package search is how published letters and their answers are found again: what an index holds, how it is asked and
// what it answers. The engines that do it lie in the folders below.
package search

import (
	"context"
	"iter"
)

// Index finds published letters. It is safe for concurrent use. It holds nothing that cannot be rebuilt from the
// database. After Close every method fails.
//
// Every method ends with the context's own error when that ends, and with a letter.Error of kind unavailable, whose
// sentence is for people, when a server that it needs does not answer.
type Index interface {
	// Put adds letters, or replaces what the index knew under the same number. They are found, and safe from a crash,
	// once it returns. It is cheapest for many letters at once.
	Put(ctx context.Context, documents ...Document) error
	// Delete takes letters out. A number that is not in the index is no error.
	Delete(ctx context.Context, numbers ...string) error

	// Search answers a question; the query need not be checked before. A bad query is a letter.Error of kind invalid.
	Search(ctx context.Context, query Query) (Result, error)
	// Suggest says what somebody who is typing may mean, likeliest first: words that letters hold, and titles; never
	// another part of a letter. It answers with what it has when the context's deadline comes near.
	Suggest(ctx context.Context, typed Typed) ([]Suggestion, error)
	// Similar finds letters on the same matter, nearest first, marked as Search marks them.
	Similar(ctx context.Context, like Like) ([]Hit, error)

	// Rebuild replaces the whole index by the documents given, cut with the words of the last Use. Until it returns,
	// searches are answered from what was there before; letters put or deleted meanwhile are right in both. An error,
	// also one the documents end with, leaves the index as it was. A second one at the same time is a letter.Error of
	// kind conflict.
	Rebuild(ctx context.Context, documents iter.Seq2[Document, error]) error
	// Use gives the index the city's words. Synonyms and weak words count from the next question on. Other words than
	// it was built with make it need a rebuild: until then it answers as it was built.
	Use(ctx context.Context, vocabulary Vocabulary) error
	// NeedsRebuild says that the index may lack letters or not find them: it is new, was made by another version or
	// with other words, or was damaged.
	NeedsRebuild() bool

	// Generation grows with everything that can change an answer: each Put, Delete, Rebuild and Use, once it can be
	// seen in answers. An answer may be kept under the generation that was read before it was asked for. Where other
	// processes write to the same index, theirs count at most a second late. It begins anew with the process.
	Generation() uint64
	// Health says in a letter.Error of kind unavailable why the index cannot answer. It is cheap enough for every page.
	Health(ctx context.Context) error
	// Count is the number of letters in the index.
	Count(ctx context.Context) (int, error)
	// Close writes what is open and gives the folder free.
	Close() error
}
