// Package local is the search engine inside the program: bleve over a folder that one process owns.
package local

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"

	"huiyin/internal/segment"
	"huiyin/search"
)

// Index is a search.Index in a folder. It is safe for concurrent use.
type Index struct {
	suffix string // of the fingerprint: which fields the index has beside those of entry.go
	dir    string
	// alias counts and lists what is in the index that is current; Rebuild swaps what stands behind it.
	alias bleve.IndexAlias
	// reading guards what answers: a view holds it, so that no index is closed under it.
	reading   sync.RWMutex
	answering bleve.Index
	segmenter *segment.Segmenter // that the letters of answering were cut with
	columns   *columns           // of answering
	whole     atomic.Bool        // a rebuild came to its end
	stale     atomic.Bool        // built with other words than the vocabulary's
	// vocabulary is what Use gave last; understood is what questions take from it, words what they take from the letters.
	vocabulary atomic.Pointer[search.Vocabulary]
	understood understood
	words      lexicon
	suggested  suggested
	generation atomic.Uint64
	answers    answers

	// writing guards what follows and puts writes in order, so that none is lost between two indexes.
	writing sync.Mutex
	current bleve.Index
	name    string   // the folder of current
	built   []string // the words that current was built with, sorted, each once
	// missed is what was written since a rebuild began, by number, nil for a letter deleted; nil: none runs.
	missed map[string]record
	closed bool
}

var _ search.Index = (*Index)(nil)

// Open opens the index in dir, or makes an empty one, with terms cut by the segmenter, which knows the city's words
// given. An index made with other words or fields is dropped, because it would not find; a damaged one is moved aside
// under a name beginning with "damaged-". Both leave an empty index that NeedsRebuild. A folder that another process
// has open is a letter.Error of kind unavailable.
func Open(dir string, segmenter *segment.Segmenter, words ...string) (*Index, error) {
	return open(dir, "", segmenter, words)
}

func open(dir, suffix string, segmenter *segment.Segmenter, words []string) (*Index, error) {
	opened, err := openFolder(dir, fingerprint(segmenter, words)+suffix)
	if err != nil {
		return nil, err
	}
	whole, err := isWhole(opened.index)
	if err != nil {
		return nil, fmt.Errorf("open search index in %s: %w", dir, err)
	}
	x := &Index{
		dir: dir, suffix: suffix, alias: bleve.NewIndexAlias(opened.index),
		answering: opened.index, segmenter: segmenter.Fixed(), columns: newColumns(),
		current: opened.index, name: opened.name, built: wordSet(words),
	}
	x.vocabulary.Store(&search.Vocabulary{Words: words})
	x.whole.Store(whole)
	x.listEarly()
	return x, nil
}

// NeedsRebuild says that no rebuild of this index ever came to its end, or that it was built with other words than Use
// gave.
func (x *Index) NeedsRebuild() bool { return !x.whole.Load() || x.stale.Load() }

// Generation grows with every write, rebuild and change of words.
func (x *Index) Generation() uint64 { return x.generation.Load() }

// grow tells those who keep answers that there are new ones. It is called when these can be seen: called before, an old
// answer could be kept as a new one.
func (x *Index) grow() { x.generation.Add(1) }

// Count is the number of letters in the index.
func (x *Index) Count(ctx context.Context) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	n, err := x.alias.DocCount()
	if err != nil {
		return 0, fmt.Errorf("count search index: %w", err)
	}
	return int(n), nil
}

// Close waits for running searches and writes, and gives the folder free. A rebuild still running fails.
func (x *Index) Close() error {
	x.words.closing.Store(true)
	x.words.ended.Wait()
	x.writing.Lock()
	defer x.writing.Unlock()
	x.reading.Lock()
	defer x.reading.Unlock()
	x.closed = true
	if err := x.alias.Close(); err != nil {
		return fmt.Errorf("close search index: %w", err)
	}
	if err := x.current.Close(); err != nil {
		return fmt.Errorf("close search index: %w", err)
	}
	return nil
}
