package local

import (
	"context"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"huiyin/search"
)

const (
	// suggestWithin is how long somebody who types is let wait for titles, and aheadOf how long before the context ends
	// what there is is given.
	suggestWithin = 40 * time.Millisecond
	aheadOf       = 5 * time.Millisecond
	// maxHeardWords is how many words of one sound titles are looked for by.
	maxHeardWords = 3
	// maxKept bounds the lists that are kept.
	maxKept = 2_000
)

// suggested keeps lists of suggestions as long as no letter changes: everybody types 路 before 路灯.
type suggested struct {
	mu         sync.Mutex
	generation uint64
	words      *search.Lexicon // they were made with
	lists      map[search.Typed][]search.Suggestion
}

func (s *suggested) get(generation uint64, words *search.Lexicon, typed search.Typed) ([]search.Suggestion, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.generation != generation || s.words != words {
		return nil, false
	}
	list, ok := s.lists[typed]
	return list, ok
}

func (s *suggested) put(generation uint64, words *search.Lexicon, typed search.Typed, list []search.Suggestion) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.generation != generation || s.words != words || len(s.lists) >= maxKept {
		s.generation, s.words, s.lists = generation, words, nil
	}
	if s.lists == nil {
		s.lists = map[search.Typed][]search.Suggestion{}
	}
	s.lists[typed] = list
}

// Suggest gives words that begin or sound as what is typed, then titles that hold every word of it, newest answer first.
func (x *Index) Suggest(ctx context.Context, typed search.Typed) ([]search.Suggestion, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	typed = typed.Check()
	generation := x.Generation()
	v, err := x.view()
	if err != nil {
		return nil, err
	}
	defer v.release()
	reader := x.reader(v)
	if list, ok := x.suggested.get(generation, reader.Lexicon, typed); ok {
		return list, nil
	}
	list, whole, err := v.suggest(ctx, reader, typed)
	if err != nil {
		return nil, err
	}
	if whole {
		x.suggested.put(generation, reader.Lexicon, typed, list)
	}
	return list, nil
}

// suggest says also whether the time was enough for everything.
func (v *view) suggest(ctx context.Context, reader search.Reader, typed search.Typed) ([]search.Suggestion, bool, error) {
	within, stop := context.WithTimeout(ctx, patience(ctx))
	defer stop()
	words, err := v.completed(reader, typed)
	if err != nil {
		return nil, false, err
	}
	titles, err := v.titles(within, reader, typed)
	if err != nil && ctx.Err() == nil && within.Err() != nil {
		return words[:min(len(words), typed.Most)], false, nil
	}
	if err != nil {
		return nil, false, err
	}
	// Words first, but not more than half where there are titles to fill the other.
	room := max(typed.Most-len(titles), (typed.Most+1)/2)
	list := append(words[:min(len(words), room)], titles...)
	return list[:min(len(list), typed.Most)], true, nil
}

// patience is how long titles may be looked for.
func patience(ctx context.Context) time.Duration {
	if ends, ok := ctx.Deadline(); ok {
		return max(0, min(suggestWithin, time.Until(ends)-aheadOf))
	}
	return suggestWithin
}

// completed are words that may be meant, with the letters that have them now.
func (v *view) completed(reader search.Reader, typed search.Typed) ([]search.Suggestion, error) {
	var all []search.Suggestion
	for _, word := range reader.Complete(typed.Text, typed.Most) {
		n, err := v.live(textField, word.Text)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			all = append(all, search.Suggestion{Text: word.Text, Heading: search.MarkTyped(word.Text, typed.Text), Letters: n})
		}
	}
	return all, nil
}

// live is how many letters hold the term, those deleted left out.
func (v *view) live(field, term string) (int, error) {
	n := 0
	for _, p := range v.parts {
		l, err := p.list(field, term)
		if err != nil {
			return 0, err
		}
		if letters := p.live(l.letters); letters != nil {
			n += int(letters.GetCardinality())
		}
	}
	return n, nil
}

// titles are those that hold every word typed, each once.
func (v *view) titles(ctx context.Context, reader search.Reader, typed search.Typed) ([]search.Suggestion, error) {
	heard := reader.HearHalf(typed.Text)
	terms, err := v.terms(search.Without(typed.Text, heard))
	if err != nil {
		return nil, err
	}
	var groups [][]string
	for _, term := range terms {
		if heard == nil || !isLatin(term) { // what is left of a syllable typed halfway is in no title
			groups = append(groups, []string{term})
		}
	}
	for _, one := range heard {
		for _, words := range one.Groups {
			groups = append(groups, words[:min(len(words), maxHeardWords)])
		}
	}
	if len(groups) == 0 {
		return nil, nil
	}
	// Twice as many, because one title stands over several letters.
	hits, err := v.titled(ctx, groups, 2*typed.Most)
	return search.TitlesOf(hits, typed.Most), err
}

// isLatin says whether a term is no more than what may be left of a syllable.
func isLatin(term string) bool {
	for _, r := range term {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

// titled finds letters that hold one of each group in their titles, newest answer first.
func (v *view) titled(ctx context.Context, groups [][]string, most int) ([]search.Hit, error) {
	g := &gathering{view: v, byTime: true, query: search.Query{Sort: search.Newest}, best: top{most: most}}
	var marks []string
	for _, words := range groups {
		marks = append(marks, words...)
	}
	for i, p := range v.parts {
		letters, err := p.inTitle(groups)
		if err != nil {
			return nil, err
		}
		if err := g.add(ctx, i, letters); err != nil {
			return nil, err
		}
	}
	return v.show(g.best.sorted(), marks)
}

// inTitle is the letters of a part that hold one of each group in their titles.
func (p *part) inTitle(groups [][]string) (*roaring.Bitmap, error) {
	var all []*roaring.Bitmap
	for _, words := range groups {
		var either *roaring.Bitmap
		for _, word := range words {
			l, err := p.list(titleField, word)
			if err != nil {
				return nil, err
			}
			either = or(either, l.letters)
		}
		all = append(all, either)
	}
	return and(all), nil
}
