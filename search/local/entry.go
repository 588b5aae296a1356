package local

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"huiyin/internal/segment"
	"huiyin/search"
)

// The fields of an entry. The texts are analysed and not stored; what a hit shows lies once, in sourceField.
const (
	titleField    = "title"
	replyField    = "reply"
	bodyField     = "body"
	titleKeyField = "title_key"
	numberField   = "number"
	sourceIDField = "source_id"
	unitField     = "unit"
	categoryField = "category"
	kindField     = "kind"
	districtField = "district"
	yearField     = "year"
	answeredField = "answered"
	sourceField   = "source"
)

const (
	searched = index.IndexField | index.IncludeTermVectors
	exact    = index.IndexField // with its frequency: without it BM25 scores a match 0
	counted  = index.IndexField | index.SkipFreqNorm | index.DocValues
)

// entryOf is a letter as bleve keeps it. The fields are made here instead of by a mapping, because a mapping can name a
// tokenizer but not be given one that holds a segmenter.
func entryOf(d search.Document, cut analyzer) (*document.Document, error) {
	source, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("letter %s: %w", d.Number, err)
	}
	e := document.NewDocument(d.Number)
	for _, text := range []struct{ field, text string }{{titleField, d.Title}, {replyField, d.Reply}, {bodyField, d.Body}} {
		e.AddField(document.NewTextFieldCustom(text.field, nil, []byte(text.text), searched, cut))
	}
	add := func(field, value string, options index.FieldIndexingOptions) {
		if value != "" {
			e.AddField(document.NewTextFieldCustom(field, nil, []byte(value), options, nil))
		}
	}
	add(titleKeyField, keyOf(cut.segmenter.Index(d.Title)), exact)
	add(numberField, d.Number, exact)
	add(sourceIDField, d.SourceID, exact)
	add(unitField, d.Unit, counted)
	add(categoryField, d.Category, counted)
	add(kindField, string(d.Kind), counted)
	add(districtField, d.District, counted)
	add(yearField, yearOf(d.Year), counted)
	add(sourceField, string(source), index.StoreField)
	if !d.Answered.IsZero() {
		e.AddField(document.NewNumericFieldWithIndexingOptions(answeredField, nil, moment(d.Answered), counted))
	}
	return e, nil
}

// yearOf is a year as a facet names it, empty for an unknown one.
func yearOf(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// moment is a time as it is compared: milliseconds, as the database has them.
func moment(t time.Time) float64 { return float64(t.UnixMilli()) }

// analyzer gives bleve the terms of a text with their places in it. Positions count single characters and runs of
// letters, without what stands between, so that a phrase is found across a comma or a space left out.
type analyzer struct{ segmenter *segment.Segmenter }

// Analyze is called by bleve, also from several goroutines.
func (a analyzer) Analyze(text []byte) analysis.TokenStream {
	tokens := a.segmenter.Index(string(text))
	stream := make(analysis.TokenStream, len(tokens))
	all := make([]analysis.Token, len(tokens))
	position, last := 0, -1
	for i, token := range tokens {
		if token.Pos != last {
			position, last = position+1, token.Pos
		}
		all[i] = analysis.Token{
			Term: []byte(token.Term), Start: token.Start, End: token.End,
			Position: position, Type: analysis.Ideographic,
		}
		stream[i] = &all[i]
	}
	return stream
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
