package local

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"

	"huiyin/search"
)

const (
	// fewLetters hold a word that stands in no title and is still known; what fewer write is mostly a mistake.
	fewLetters = 3
	// smallIndex is so few letters that their words are listed while somebody waits.
	smallIndex = 2_000
	// lexiconShare is how many times as long as making it took a lexicon is kept at least.
	lexiconShare = 50
)

// lexicon keeps the words of the index, listed anew when letters have changed.
type lexicon struct {
	current atomic.Pointer[listed]
	making  sync.Mutex     // held while one is made
	ended   sync.WaitGroup // of what is made in the background
	closing atomic.Bool    // nobody needs it any more
	lists   atomic.Uint64  // made so far
}

// listed is a lexicon, what it was made of and how dear it was.
type listed struct {
	words      *search.Lexicon
	generation uint64
	made       time.Time
	took       time.Duration
}

// fresh says that there is nothing to be had by making it again now.
func (l *listed) fresh(generation uint64) bool {
	return l != nil && (l.generation == generation || time.Since(l.made) < lexiconShare*l.took)
}

// lexicon gives the words of the index. Those of a small index are as new as its letters; of a larger one the last list
// made is given, none at first, while a new one is made in the background.
func (x *Index) lexicon(v *view) *search.Lexicon {
	now, generation := x.words.current.Load(), x.Generation()
	switch {
	case now.fresh(generation) && (v.letters > smallIndex || now.generation == generation):
	case v.letters <= smallIndex:
		x.words.making.Lock()
		defer x.words.making.Unlock()
		if now = x.words.current.Load(); now == nil || now.generation != generation {
			now = x.list(v, generation)
		}
	default:
		x.listLater()
	}
	if now == nil {
		return nil
	}
	return now.words
}

// listEarly makes the lexicon of a large index before somebody asks for it.
func (x *Index) listEarly() {
	if n, err := x.alias.DocCount(); err == nil && n > smallIndex {
		x.listLater()
	}
}

// listLater makes a new lexicon unless one is being made.
func (x *Index) listLater() {
	if !x.words.making.TryLock() {
		return
	}
	x.words.ended.Go(func() {
		defer x.words.making.Unlock()
		generation := x.Generation()
		v, err := x.view()
		if err != nil {
			return // closed
		}
		defer v.release()
		x.list(v, generation)
	})
}

// list makes a lexicon of what the view shows. One that cannot be made leaves the former: every search that reads the
// same lists says what is wrong with them.
func (x *Index) list(v *view, generation uint64) *listed {
	former := x.words.current.Load()
	began := time.Now()
	words, err := v.words(&x.words.closing)
	if err != nil {
		return former
	}
	next := &listed{generation: generation}
	if former != nil {
		next.words = search.NewLexicon(words, former.words)
	} else {
		next.words = search.NewLexicon(words, nil)
	}
	next.made, next.took = time.Now(), time.Since(began)
	x.words.current.Store(next)
	x.words.lists.Add(1)
	return next
}

// words lists the words that letters hold: those of titles, and those that several letters have.
func (v *view) words(closing *atomic.Bool) ([]search.Word, error) {
	found := map[string]*search.Word{}
	for _, one := range []struct {
		field string
		add   func(w *search.Word, n int)
	}{
		{titleField, func(w *search.Word, n int) { w.Titles += n }},
		{textField, func(w *search.Word, n int) { w.Letters += n }},
	} {
		for _, p := range v.parts {
			if closing.Load() {
				return nil, bleve.ErrorIndexClosed
			}
			if err := p.eachWord(one.field, func(term string, n int) {
				if found[term] == nil {
					found[term] = &search.Word{Text: term}
				}
				one.add(found[term], n)
			}); err != nil {
				return nil, err
			}
		}
	}
	var all []search.Word
	for _, word := range found {
		if word.Titles > 0 || word.Letters >= fewLetters {
			all = append(all, *word)
		}
	}
	return all, nil
}

// eachWord walks the terms of a field that are longer than a character, with the number of letters still there.
func (p *part) eachWord(field string, use func(term string, letters int)) error {
	dictionary, err := p.segment.Dictionary(field)
	if err != nil {
		return fmt.Errorf("list words: %w", err)
	}
	walk := dictionary.AutomatonIterator(nil, nil, nil)
	for {
		entry, err := walk.Next()
		if err != nil {
			return fmt.Errorf("list words: %w", err)
		}
		if entry == nil {
			return nil
		}
		if strings.HasPrefix(entry.Term, pairMark) || entry.Term[0] < 0x80 || single(entry.Term) {
			continue
		}
		n := entry.Count
		if p.gone != nil && !p.gone.IsEmpty() {
			list, err := dictionary.PostingsList([]byte(entry.Term), p.gone, nil)
			if err != nil {
				return fmt.Errorf("list words: %w", err)
			}
			n = list.Count()
		}
		if n > 0 {
			use(strings.Clone(entry.Term), int(n))
		}
	}
}

// reader reads what people type with the words of the letters in the view.
func (x *Index) reader(v *view) search.Reader {
	weak := x.thesaurus(v.cut).weak
	return search.Reader{
		Lexicon: x.lexicon(v), Cut: v.cut,
		Known: func(run string) bool {
			n, err := v.frequency(textField, run)
			return err == nil && n >= fewLetters
		},
		Weak: func(word string) bool { return weak[word] },
	}
}

// heard is the question with the words that were typed as pinyin.
func (q *question) heard(t *thesaurus, all []search.Heard) {
	for _, one := range all {
		for _, words := range one.Groups {
			var g group
			for _, word := range words {
				g.alternatives = append(g.alternatives, alternative{terms: []string{word}, weight: 1})
			}
			for _, word := range words {
				g.alternatives = append(g.alternatives, t.others[word]...)
			}
			if len(one.Groups) == 1 { // a letter that has it in just these letters is meant too
				g.alternatives = append(g.alternatives, alternative{terms: []string{one.Typed}, weight: 1})
			}
			q.groups = append(q.groups, g)
		}
	}
}

// exact counts the letters that hold everything asked for; ranking the nearest others would take most of the time.
func (x *Index) exact(ctx context.Context, v *view, q search.Query) (int, error) {
	asked, err := x.questionOf(v, q.Text)
	if err != nil {
		return 0, err
	}
	g := &gathering{view: v, query: q, only: v.narrowing(q), byTime: true, best: top{most: 1}}
	if _, err := g.holders(ctx, q, asked); err != nil {
		return 0, err
	}
	if finer, ok := v.finer(asked); ok && g.total == 0 {
		_, err = g.holders(ctx, q, finer)
	}
	return g.total, err
}
