package local

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/search"
)

// What a match is worth beside the whole word, which is 1.
const (
	weakWeight    = 0.4 // a word in every title
	synonymWeight = 0.8
	pairWeight    = 0.5 // two neighbours as they were typed
)

const (
	// maxCode is the longest text, in bytes, that can be the id of a letter in its source.
	maxCode = 64
	// maxPairs bounds the pairs of a long text that are asked for: the rarest.
	maxPairs = 48
)

// alternative is one way in which a letter can hold what a group stands for: with all of the terms.
type alternative struct {
	terms  []string
	weight float64
	once   bool // it is enough that a letter holds them, often is no better
}

// group is a word asked for, as it was typed and in other words; the best of them counts.
type group struct {
	alternatives []alternative
	weak         bool // a letter that lacks it still holds everything asked for
}

// word is a group without other words.
func word(weight float64, terms ...string) group {
	return group{alternatives: []alternative{{terms: terms, weight: weight}}}
}

// question is what a reader typed, as the index can be asked for it.
type question struct {
	groups   []group  // the words
	pairs    []group  // neighbours, which no letter need hold
	chars    []string // Han characters, that tell the nearest letters apart
	marks    []string // the terms worth marking
	titleKey string
	code     string // what may be a number or a source id, else empty
	number   bool   // code is a number and nothing else
	// What members ask for besides, by part: the letters that may be found at all, nil for every one, and those that
	// bear what was typed in another way, as their number or, sent, as their sender's key.
	within, named, sent []*roaring.Bitmap
}

func (x *Index) questionOf(v *view, text string, heard ...search.Heard) (question, error) {
	tokens := v.cut.Index(text)
	q := question{titleKey: keyOf(tokens)}
	words := search.Without(text, heard)
	terms, err := v.terms(words)
	if err != nil {
		return question{}, err
	}
	known := x.thesaurus(v.cut)
	q.groups = known.groups(terms)
	q.heard(known, heard)
	q.quoted(v.cut, text)
	if q.pairs, err = v.pairsOf(pairTerms(tokens)); err != nil {
		return question{}, err
	}
	if q.chars, err = v.charsOf(tokens); err != nil {
		return question{}, err
	}
	q.mark()
	if number, err := letter.ParseNumber(text); err == nil {
		q.code, q.number = number, true
	} else if len(text) <= maxCode && strings.ContainsFunc(text, unicode.IsDigit) {
		q.code = codeOf(text)
	}
	return q, nil
}

// mark makes every word of the groups one to be marked.
func (q *question) mark() {
	for _, g := range q.groups {
		for _, a := range g.alternatives {
			for _, term := range a.terms {
				if !strings.HasPrefix(term, pairMark) && !slices.Contains(q.marks, term) {
					q.marks = append(q.marks, term)
				}
			}
		}
	}
}

var quotes = regexp.MustCompile(`["“”「]([^"“”「」]+)["“”」]`)

// quoted asks for what stands in quotes with all its neighbours.
func (q *question) quoted(cut *segment.Segmenter, text string) {
	for _, found := range quotes.FindAllStringSubmatch(text, 4) {
		if terms := pairTerms(cut.Index(found[1])); len(terms) > 0 {
			q.groups = append(q.groups, word(pairWeight, terms...))
		}
	}
}

// pairTerms are the terms for the neighbours in a text, each once.
func pairTerms(tokens []segment.Token) []string {
	var all []string
	seen := map[string]bool{}
	eachPair(tokens, func(pair string, known bool) {
		if !known {
			pair = pairMark + pair
		}
		if !seen[pair] {
			seen[pair] = true
			all = append(all, pair)
		}
	})
	return all
}

// pairsOf are the pairs to ask for, the rarest if there are many. One that is a word too makes that word count more.
func (v *view) pairsOf(pairs []string) ([]group, error) {
	if len(pairs) > maxPairs {
		var err error
		if pairs, err = v.rarest(pairs, maxPairs); err != nil {
			return nil, err
		}
	}
	all := make([]group, len(pairs))
	for i, pair := range pairs {
		all[i] = group{alternatives: []alternative{{terms: []string{pair}, weight: pairWeight, once: true}}}
	}
	return all, nil
}

// finer cuts the words into the dictionary's words within them, since 拖欠工资 is in the dictionary and 拖欠农民工工资 in
// the letter; false: there are none.
func (v *view) finer(q question) (question, bool) {
	var groups []group
	changed := false
	for _, g := range q.groups {
		first := g.alternatives[0]
		parts := v.parted(first.terms)
		if slices.Equal(parts, first.terms) {
			groups = append(groups, g)
			continue
		}
		changed = true
		if len(g.alternatives) > 1 {
			rest := append([]alternative{{terms: parts, weight: first.weight}}, g.alternatives[1:]...)
			groups = append(groups, group{alternatives: rest, weak: g.weak})
			continue
		}
		for _, part := range parts {
			groups = append(groups, group{alternatives: []alternative{{terms: []string{part}, weight: first.weight}}, weak: g.weak})
		}
	}
	q.groups = groups
	q.mark()
	return q, changed
}

// required are the groups that a letter must hold all of to hold everything.
func (q question) required() []group {
	strong := slices.DeleteFunc(slices.Clone(q.groups), func(g group) bool { return g.weak })
	if len(strong) == 0 {
		return q.groups
	}
	return strong
}
