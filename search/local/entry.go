package local

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"huiyin/internal/segment"
	"huiyin/search"
)

// The fields of an entry. Terms are not stored; what a hit shows lies once, in sourceField. Nothing has doc values: what
// is counted and sorted by is read once per segment from the terms themselves, see column.
const (
	textField     = "text"  // every term of the letter, and the pairs of neighbours, each as often as it counts
	titleField    = "title" // the terms of the title alone
	titleKeyField = "title_key"
	numberField   = "number"
	sourceIDField = "source_id"
	unitField     = "unit"
	categoryField = "category"
	kindField     = "kind"
	districtField = "district"
	yearField     = "year"
	ratingField   = "rating"
	factsField    = "facts" // see facts
	sourceField   = "source"
)

// What an occurrence counts by where it is: weights in one field, because a word that stands in two fields would be
// counted as two, and each field would be a search of its own.
const (
	titleWeight = 6
	replyWeight = 3
	bodyWeight  = 2
)

const (
	// ranked is also for terms that one letter alone has: with their frequency they need no list of letters.
	ranked = index.IndexField
	plain  = index.IndexField | index.SkipFreqNorm
)

// entryOf is a letter as bleve keeps it. The fields are made here, terms and all, instead of by a mapping: each text is
// cut once for all fields, and by whoever calls, not in bleve's queue.
func entryOf(d search.Document, cut *segment.Segmenter) (*document.Document, error) {
	source, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("letter %s: %w", d.Number, err)
	}
	title, reply, body := cut.Index(d.Title), cut.Index(d.Reply), cut.Index(d.Body)
	text := newTerms(len(title) + len(reply) + len(body))
	length := text.add(title, titleWeight) + text.add(reply, replyWeight) + text.add(body, bodyWeight)
	named := newTerms(2 * len(title))
	named.add(title, 1)

	e := document.NewDocument(d.Number)
	e.AddField(&field{name: textField, options: ranked, terms: text.all})
	e.AddField(&field{name: titleField, options: plain, terms: named.all})
	for _, one := range []struct {
		field, value string
		options      index.FieldIndexingOptions
	}{
		{titleKeyField, keyOf(title), ranked}, {numberField, d.Number, ranked}, {sourceIDField, codeOf(d.SourceID), ranked},
		{factsField, factsOf(d, length).term(), ranked}, {ratingField, digits(d.Satisfied), plain},
		{unitField, d.Unit, plain}, {categoryField, d.Category, plain}, {kindField, string(d.Kind), plain},
		{districtField, d.District, plain}, {yearField, digits(d.Year), plain},
	} {
		if one.value != "" {
			e.AddField(&field{name: one.field, options: one.options, terms: oneTerm(one.value)})
		}
	}
	e.AddField(&field{name: sourceField, options: index.StoreField, value: source})
	return e, nil
}

// codeOf is a source id as it is compared.
func codeOf(id string) string { return strings.ToLower(id) }

// digits is a number as a facet names it, empty for 0, which stands for unknown.
func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// terms counts the terms of a letter.
type terms struct {
	all  index.TokenFrequencies
	room []index.TokenFreq // for the next terms: one piece of memory for hundreds of terms
}

func newTerms(most int) *terms {
	return &terms{all: make(index.TokenFrequencies, most), room: make([]index.TokenFreq, 0, most)}
}

// add counts the terms of a text and the pairs of neighbours in it, and gives its length in terms, each counted as
// often as it weighs.
func (t *terms) add(tokens []segment.Token, weight int) int {
	for _, token := range tokens {
		t.count(token.Term, weight)
	}
	n := len(tokens)
	eachPair(tokens, func(pair string, known bool) {
		if !known {
			t.count(pairMark+pair, weight)
			n++
		}
	})
	return n * weight
}

// count leaves out TokenFreq.Term: the segments are written by the keys alone.
func (t *terms) count(term string, weight int) {
	have := t.all[term]
	if have == nil {
		if len(t.room) == cap(t.room) {
			t.room = make([]index.TokenFreq, 0, 64)
		}
		t.room = t.room[:len(t.room)+1]
		have = &t.room[len(t.room)-1]
		t.all[term] = have
	}
	have.SetFrequency(have.Frequency() + weight)
}

func oneTerm(term string) index.TokenFrequencies {
	one := &index.TokenFreq{}
	one.SetFrequency(1)
	return index.TokenFrequencies{term: one}
}

// pairMark stands before a pair that is no word, so that words can be listed without them.
const pairMark = "\x02"

// eachPair gives the neighbours in a text joined, as known where the text has them as a word already. They stand for
// phrases: what is typed as one is found as one without the places of all terms in all letters.
func eachPair(tokens []segment.Token, use func(pair string, known bool)) {
	before := -1
	for at := 0; at < len(tokens); {
		next := at + 1
		for next < len(tokens) && tokens[next].Pos == tokens[at].Pos {
			next++
		}
		if before >= 0 {
			pair := tokens[before].Term + tokens[at].Term
			known := false
			for _, token := range tokens[before:at] {
				known = known || token.Term == pair
			}
			use(pair, known)
		}
		before, at = at, next
	}
}

// atoms are the smallest terms of a text, in order: each Han character and each run of letters.
func atoms(tokens []segment.Token) []string {
	var out []string
	last := -1
	for _, token := range tokens {
		if token.Pos != last {
			out, last = append(out, token.Term), token.Pos
		}
	}
	return out
}

// keyOf is a title with all that people type differently taken away: case, width, spaces, punctuation, script.
func keyOf(tokens []segment.Token) string { return strings.Join(atoms(tokens), "") }
