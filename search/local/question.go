package local

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"huiyin/internal/letter"
	"huiyin/search"
)

const (
	// maxTerms bounds how many terms of a long text are asked for: the rarest, which tell letters apart.
	maxTerms = 24
	// maxPhrase and maxTextPhrase bound in atoms what is tried as a phrase in titles and in the long texts.
	maxPhrase     = 48
	maxTextPhrase = 16
	// maxCode is the longest text, in bytes, that can be the id of a letter in its source.
	maxCode = 64
	// pieceMin and pieceMax bound the pieces, in characters, in which a long text is cut to terms.
	pieceMin, pieceMax = 12, 28
)

// What a match is worth by where it is. A whole title and an id are worth more than any sum of words.
const (
	titleBoost  = 3.0
	replyBoost  = 1.5
	bodyBoost   = 1.0
	phraseBoost = 4.0
	exactBoost  = 1000.0
	// charBoost is for a single character beside longer words: it is everywhere and says little.
	charBoost = 0.3
)

var textFields = []struct {
	name  string
	boost float64
}{{titleField, titleBoost}, {replyField, replyBoost}, {bodyField, bodyBoost}}

// question is what a reader typed, as the index can be asked for it.
type question struct {
	terms    []string
	atoms    []string
	titleKey string
	code     string // what may be a number or a source id, else empty
}

func (x *Index) questionOf(text string) (question, error) {
	terms, err := x.terms(text)
	if err != nil {
		return question{}, err
	}
	tokens := x.segmenter.Index(text)
	q := question{terms: terms, atoms: atoms(tokens), titleKey: keyOf(tokens)}
	if number, err := letter.ParseNumber(text); err == nil {
		q.code = number
	} else if len(text) <= maxCode && strings.ContainsFunc(text, unicode.IsDigit) {
		q.code = text
	}
	return q, nil
}

// terms cuts a text of any length to the terms that a letter should hold, at most maxTerms, each once.
func (x *Index) terms(text string) ([]string, error) {
	var all []string
	seen := map[string]bool{}
	for _, piece := range pieces(text) {
		for _, term := range x.segmenter.Query(piece) {
			if !seen[term] {
				seen[term] = true
				all = append(all, term)
			}
		}
	}
	if len(all) <= maxTerms {
		return all, nil
	}
	return x.rarest(all)
}

// pieces cuts a text at its punctuation into pieces short enough for the segmenter to keep all their terms.
func pieces(text string) []string {
	if utf8.RuneCountInString(text) <= pieceMax {
		return []string{text}
	}
	var out []string
	from, length := 0, 0
	for at, r := range text {
		length++
		ends := !unicode.IsLetter(r) && !unicode.IsDigit(r)
		if length >= pieceMax || ends && length >= pieceMin {
			end := at + utf8.RuneLen(r)
			out = append(out, text[from:end])
			from, length = end, 0
		}
	}
	return append(out, text[from:])
}

// rarest keeps the maxTerms terms that fewest letters hold, without those that none holds.
func (x *Index) rarest(terms []string) ([]string, error) {
	letters := make(map[string]uint64, len(terms))
	for _, term := range terms {
		for _, field := range textFields {
			n, err := x.frequency(field.name, term)
			if err != nil {
				return nil, err
			}
			letters[term] += n
		}
	}
	known := slices.DeleteFunc(slices.Clone(terms), func(term string) bool { return letters[term] == 0 })
	if len(known) == 0 {
		return terms[:maxTerms], nil
	}
	slices.SortStableFunc(known, func(a, b string) int {
		// A rare single character is mostly a piece of a name cut up; words first.
		if single(a) != single(b) {
			if single(a) {
				return 1
			}
			return -1
		}
		return int(letters[a]) - int(letters[b])
	})
	return known[:min(len(known), maxTerms)], nil
}

// frequency is how many letters hold the term in the field.
func (x *Index) frequency(field, term string) (n uint64, err error) {
	dict, err := x.alias.FieldDictRange(field, []byte(term), []byte(term))
	if err != nil {
		return 0, fmt.Errorf("search index: %w", err)
	}
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			closing := dict.Close()
			if err == nil {
				err = closing
			}
			return n, err
		}
		if entry.Term == term {
			n += entry.Count
		}
	}
}

func single(term string) bool {
	r, size := utf8.DecodeRuneInString(term)
	return size == len(term) && unicode.Is(unicode.Han, r)
}

// attempt is one way to ask: letters that hold at least so many of the terms.
type attempt struct {
	question
	least int
	loose bool // a letter found need not hold everything asked for
}

// attempts gives the ways to ask, strictest first: all terms; all of their parts, since 拖欠工资 is in the dictionary
// and 拖欠农民工工资 in the letter; most of the words; and of a long text a quarter, since nobody words a matter twice
// alike.
func (x *Index) attempts(q question) []attempt {
	all := []attempt{{question: q, least: len(q.terms)}}
	finer := q
	finer.terms = x.finer(q.terms)
	if !slices.Equal(finer.terms, q.terms) {
		all = append(all, attempt{question: finer, least: len(finer.terms)})
	}
	words := finer
	words.terms = slices.DeleteFunc(slices.Clone(finer.terms), single)
	if len(words.terms) == 0 {
		words = finer
	}
	n := len(words.terms)
	switch {
	case n == 1 && len(finer.terms) > 1:
		all = append(all, attempt{words, 1, true})
	case n == 2 || n == 3:
		all = append(all, attempt{words, n - 1, true})
	case n > 3:
		all = append(all, attempt{words, (n*3 + 4) / 5, true})
	}
	if n > 8 {
		all = append(all, attempt{words, n / 4, true})
	}
	return all
}

// finer cuts terms of three characters and more into the dictionary's words within them, and the characters in none.
func (x *Index) finer(terms []string) []string {
	var out []string
	add := func(term string) {
		if !slices.Contains(out, term) {
			out = append(out, term)
		}
	}
	for _, term := range terms {
		tokens := x.segmenter.Index(term)
		covered := make([]bool, len(term))
		parts := 0
		for _, token := range tokens {
			if whole := token.Start == 0 && token.End == len(term); whole || single(token.Term) {
				continue
			}
			add(token.Term)
			parts++
			for at := token.Start; at < token.End; at++ {
				covered[at] = true
			}
		}
		if parts == 0 {
			add(term)
			continue
		}
		for _, token := range tokens {
			if single(token.Term) && !covered[token.Start] {
				add(token.Term)
			}
		}
	}
	return out
}

// matching asks for letters that hold at least so many of the terms, or bear the number or id.
func (q attempt) matching() query.Query {
	var either []query.Query
	if len(q.terms) > 0 {
		either = append(either, q.ranked())
	}
	if q.code != "" {
		either = append(either, term(numberField, q.code, exactBoost), term(sourceIDField, q.code, exactBoost))
	}
	if len(either) == 0 {
		return bleve.NewMatchNoneQuery()
	}
	return bleve.NewDisjunctionQuery(either...)
}

// ranked asks for the terms, and lets the text as it was typed, as a whole title or as a phrase, go first.
func (q attempt) ranked() query.Query {
	words := make([]query.Query, len(q.terms))
	for i, one := range q.terms {
		words[i] = bleve.NewDisjunctionQuery(inTexts(one, q.weight(one))...)
	}
	var must query.Query = bleve.NewConjunctionQuery(words...)
	if q.least < len(words) {
		some := bleve.NewDisjunctionQuery(words...)
		some.SetMin(float64(q.least))
		must = some
	}
	ranked := bleve.NewBooleanQuery()
	ranked.AddMust(must)
	ranked.AddShould(term(titleKeyField, q.titleKey, exactBoost))
	if n := len(q.atoms); n >= 2 {
		for _, field := range textFields {
			if n <= maxTextPhrase || field.name == titleField && n <= maxPhrase {
				phrase := query.NewPhraseQuery(q.atoms, field.name)
				phrase.SetBoost(field.boost * phraseBoost)
				ranked.AddShould(phrase)
			}
		}
	}
	return ranked
}

func (q question) weight(term string) float64 {
	if single(term) && slices.ContainsFunc(q.terms, func(other string) bool { return !single(other) }) {
		return charBoost
	}
	return 1
}

// marking asks for the terms alone, to learn where they stand.
func (q question) marking() []query.Query {
	var all []query.Query
	for _, one := range q.terms {
		all = append(all, inTexts(one, 1)...)
	}
	return all
}

func inTexts(text string, weight float64) []query.Query {
	var all []query.Query
	for _, field := range textFields {
		all = append(all, term(field.name, text, field.boost*weight))
	}
	return all
}

func term(field, text string, boost float64) query.Query {
	t := bleve.NewTermQuery(text)
	t.SetField(field)
	t.SetBoost(boost)
	return t
}

// filters are the conditions beside the text.
func filters(q search.Query) []query.Query {
	var all []query.Query
	for _, one := range []struct{ field, value string }{
		{unitField, q.Department}, {categoryField, q.Category}, {kindField, q.Kind},
	} {
		if one.value != "" {
			all = append(all, term(one.field, one.value, 1))
		}
	}
	if q.From.IsZero() && q.To.IsZero() {
		return all
	}
	var from, to *float64
	if !q.From.IsZero() {
		from = new(float64)
		*from = moment(q.From)
	}
	if !q.To.IsZero() {
		to = new(float64)
		*to = moment(q.To)
	}
	inclusive := true
	answered := bleve.NewNumericRangeInclusiveQuery(from, to, &inclusive, &inclusive)
	answered.SetField(answeredField)
	return append(all, answered)
}
