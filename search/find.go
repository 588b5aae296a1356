package search

import (
	"unicode"

	"huiyin/internal/segment"
)

// Finder finds the places of terms in texts, to mark them. It looks at the texts themselves, so an index need not keep
// where each term stands. It is safe for concurrent use.
type Finder struct {
	terms map[rune][]pattern // by their first character
}

type pattern struct {
	runes []rune
	term  string
	alone bool // a single character beside longer terms
	run   bool // not Han: only whole runs
}

// NewFinder makes a finder of terms as segment.Query cuts them.
func NewFinder(terms []string) *Finder {
	f := &Finder{terms: map[rune][]pattern{}}
	longer := false
	for _, term := range terms {
		longer = longer || !single([]rune(term))
	}
	for _, term := range terms {
		runes := []rune(term)
		if len(runes) == 0 {
			continue
		}
		one := pattern{runes: runes, term: term, alone: longer && single(runes), run: !unicode.Is(unicode.Han, runes[0])}
		f.terms[runes[0]] = append(f.terms[runes[0]], one)
	}
	return f
}

func single(term []rune) bool { return len(term) == 1 && unicode.Is(unicode.Han, term[0]) }

// Find gives the places worth marking: all words, and of single characters only those that stand beside another found
// place, unless nothing longer was asked for.
func (f *Finder) Find(text string) []Span {
	if len(f.terms) == 0 || text == "" {
		return nil
	}
	folded := segment.Fold(text)
	var all, chars []Span
	edges := map[int]bool{}
	for at := range folded.Len() {
		for _, one := range f.terms[folded.At(at)] {
			if !one.stands(folded, at) {
				continue
			}
			start, end := folded.Bytes(at, at+len(one.runes))
			span := Span{Start: start, End: end, Term: one.term}
			edges[-start-1], edges[end] = true, true
			if one.alone {
				chars = append(chars, span)
				continue
			}
			all = append(all, span)
		}
	}
	for _, span := range chars {
		if edges[span.Start] || edges[-span.End-1] {
			all = append(all, span)
		}
	}
	return all
}

// stands says whether the term stands at the place.
func (p pattern) stands(text segment.Folded, at int) bool {
	if at+len(p.runes) > text.Len() {
		return false
	}
	for i, r := range p.runes {
		if text.At(at+i) != r {
			return false
		}
	}
	return !p.run || !text.InRun(at-1) && !text.InRun(at+len(p.runes))
}

// Find gives the places of the terms in a text, see Finder.
func Find(text string, terms []string) []Span { return NewFinder(terms).Find(text) }
