package local

import (
	"slices"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"huiyin/internal/letter"
	"huiyin/search"
)

const (
	// maxPhrase and maxTextPhrase bound in atoms what is tried as a phrase in titles and in the long texts.
	maxPhrase     = 48
	maxTextPhrase = 16
	// maxCode is the longest text, in bytes, that can be the id of a letter in its source.
	maxCode = 64
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
		{districtField, q.District}, {yearField, yearOf(q.Year)},
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
