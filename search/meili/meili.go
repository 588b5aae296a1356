// Package meili is the search engine beside the program: a Meilisearch that several serving processes share.
package meili

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/search"
)

// The indexes on the server: the one that answers, and the one that a rebuild fills before the two change places.
const (
	lettersUID = "letters"
	nextUID    = "letters_next"
)

// look is how often the server is asked what others have written, and, when it was not there, whether it is again.
const look = time.Second

// Options is what Open needs beside the server.
type Options struct {
	// Cut gives the segmenter that knows the words. It is called again when a rebuild cuts with others.
	Cut   func(words []string) (*segment.Segmenter, error)
	Words []string // the city's, as in search.Vocabulary
}

// Index is a search.Index on a server. It is safe for concurrent use, also by several processes.
type Index struct {
	server *server
	cut    func(words []string) (*segment.Segmenter, error)
	cutter atomic.Pointer[cutter] // what questions and letters are cut with

	generation atomic.Uint64
	ready      atomic.Bool // the server is there, new enough, and has the index
	whole      atomic.Bool // the index on the server is a complete one that was cut as cutter cuts
	stale      atomic.Bool // Use gave other words than cutter has
	used       atomic.Bool // Use was called: the synonyms on the server are ours to change
	vocabulary atomic.Pointer[search.Vocabulary]

	connecting lock
	newest     atomic.Int64 // the newest task known
	health     lastHealth
	lexicon    lexicon

	// writing guards what follows and puts this process's writes in order.
	writing lock
	missed  map[string]*search.Document // written since a rebuild here began, nil for a letter deleted; nil: none runs

	ctx     context.Context // ends with Close
	stop    context.CancelFunc
	closing sync.Mutex // nothing begins in looper once ctx has ended
	looper  sync.WaitGroup
}

var _ search.Index = (*Index)(nil)

// Open gives the index on the server. A server that is not there is no error: the program starts and serves, every
// search says that it cannot be done just now, and the first second in which the server answers makes all well. One that
// is too old or refuses the keys is a letter.Error that says so.
func Open(ctx context.Context, access Access, options Options) (*Index, error) {
	x := &Index{server: newServer(access), cut: options.Cut, connecting: newLock(), writing: newLock()}
	first, err := newCutter(options.Cut, options.Words)
	if err != nil {
		return nil, err
	}
	x.cutter.Store(first)
	x.vocabulary.Store(&search.Vocabulary{Words: options.Words})
	x.ctx, x.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := x.connect(ctx); err != nil && !absent(err) {
		x.stop()
		return nil, err
	}
	x.looper.Go(x.watch)
	return x, nil
}

// absent says that nobody answered, which passes by itself; a wrong key does not.
func absent(err error) bool {
	var r *refusal
	return errors.As(err, &r) && (r.status == 0 || r.status >= 500)
}

// NeedsRebuild says that the index was never filled to the end, or cut otherwise than questions are now.
func (x *Index) NeedsRebuild() bool { return x.ready.Load() && (!x.whole.Load() || x.stale.Load()) }

// Generation grows with every change seen, also one that another process made, see watch.
func (x *Index) Generation() uint64 { return x.generation.Load() }

func (x *Index) grow() { x.generation.Add(1) }

// Count is the number of letters in the index. It is asked for with the key to write: a key to search with cannot.
func (x *Index) Count(ctx context.Context) (int, error) {
	if err := x.connect(ctx); err != nil {
		return 0, err
	}
	var n int64
	err := x.server.ask(ctx, func(ctx context.Context) error {
		stats, err := x.server.write.Index(lettersUID).GetStatsWithContext(ctx, nil)
		if err == nil {
			n = stats.NumberOfDocuments
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("count search index: %w", err)
	}
	return int(n), nil
}

var errClosed = letter.Fail(letter.KindUnavailable, "搜索暂时不能用：索引已经关闭。")

// open is the error of every method after Close, or of a context that has ended.
func (x *Index) open(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if x.ctx.Err() != nil {
		return errClosed
	}
	return nil
}

// Close ends what runs beside the program. The server keeps everything.
func (x *Index) Close() error {
	x.closing.Lock()
	x.stop()
	x.closing.Unlock()
	x.looper.Wait()
	return nil
}
