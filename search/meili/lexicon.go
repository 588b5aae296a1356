package meili

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/search"
)

// The words that pinyin, corrections and suggestions know are those of the titles: the server lists no words of an index,
// and what matters are called stands in titles.
const (
	titlesAtOnce = 1_000
	maxTitles    = 100_000 // the newest answers
	// fewTitles hold a run of Latin letters that is a word, and no pinyin.
	fewTitles = 3
	// lexiconShare is how many times as long as listing took a list is kept at least.
	lexiconShare = 50
)

// lexicon is the last list of words, listed anew in the background when letters have changed.
type lexicon struct {
	current atomic.Pointer[listed]
	making  sync.Mutex
}

type listed struct {
	words      *search.Lexicon
	latin      map[string]int // titles by the runs of letters and digits in them
	generation uint64
	made       time.Time
	took       time.Duration
}

// reader reads what people type with the words listed last, and has them listed anew if they may have changed.
func (x *Index) reader() search.Reader {
	now := x.lexicon.current.Load()
	if now == nil || now.generation != x.Generation() && time.Since(now.made) > lexiconShare*now.took {
		x.listLater()
	}
	if now == nil {
		now = &listed{}
	}
	c := x.cutter.Load()
	weak := weakOf(c, x.vocabulary.Load().Weak)
	return search.Reader{
		Lexicon: now.words, Cut: c.Segmenter,
		Known: func(run string) bool { return now.latin[run] >= fewTitles },
		Weak:  func(word string) bool { return weak[word] },
	}
}

// listLater lists the words unless they are being listed.
func (x *Index) listLater() {
	x.closing.Lock()
	defer x.closing.Unlock()
	if x.ctx.Err() != nil || !x.lexicon.making.TryLock() {
		return
	}
	x.looper.Go(func() {
		defer x.lexicon.making.Unlock()
		// What cannot be listed now is with the next question; searches report the same error.
		_ = x.list(x.ctx)
	})
}

func (x *Index) list(ctx context.Context) error {
	began, generation := time.Now(), x.Generation()
	c := x.cutter.Load()
	words, latin := map[string]int{}, map[string]int{}
	for page := 1; page <= maxTitles/titlesAtOnce; page++ {
		titles, err := x.titlesOn(ctx, page)
		if err != nil {
			return err
		}
		for _, title := range titles {
			seen := map[string]bool{}
			for _, token := range c.Index(title) {
				if seen[token.Term] || single(token.Term) {
					continue
				}
				seen[token.Term] = true
				if strings.IndexFunc(token.Term, func(r rune) bool { return unicode.Is(unicode.Han, r) }) == 0 {
					words[token.Term]++
				} else {
					latin[token.Term]++
				}
			}
		}
		if len(titles) < titlesAtOnce {
			break
		}
	}
	var all []search.Word
	for word, n := range words {
		all = append(all, search.Word{Text: word, Letters: n, Titles: n})
	}
	var former *search.Lexicon
	if last := x.lexicon.current.Load(); last != nil {
		former = last.words
	}
	x.lexicon.current.Store(&listed{
		words: search.NewLexicon(all, former), latin: latin, generation: generation, made: time.Now(), took: time.Since(began),
	})
	return nil
}

// titlesOn are the titles of one page of all letters, newest answer first.
func (x *Index) titlesOn(ctx context.Context, page int) ([]string, error) {
	found, err := x.find(ctx, func() *meilisearch.SearchRequest {
		size := int64(titlesAtOnce)
		return &meilisearch.SearchRequest{Page: int64(page), HitsPerPage: &size, AttributesToRetrieve: []string{letterField + ".title"}}
	})
	if err != nil {
		return nil, err
	}
	titles := make([]string, 0, len(found.Hits))
	for _, hit := range found.Hits {
		var d search.Document
		if err := json.Unmarshal(hit[letterField], &d); err != nil {
			return nil, fmt.Errorf("search: a title as it is kept: %w", err)
		}
		titles = append(titles, d.Title)
	}
	return titles, nil
}

// heard is a text with what was typed as pinyin put in Han: the commonest word of each sound, since the server cannot be
// asked for one of several. What it was read as says all.
func heard(text string, all []search.Heard) (string, []search.Reading) {
	var b strings.Builder
	var read []search.Reading
	at := 0
	for _, one := range all {
		b.WriteString(text[at:one.Start])
		reading := search.Reading{Typed: one.Typed}
		for _, words := range one.Groups {
			b.WriteString(" " + words[0] + " ")
			reading.Words = append(reading.Words, words[0])
		}
		read = append(read, reading)
		at = one.End
	}
	return b.String() + text[at:], slices.Clip(read)
}
