package meili

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"huiyin/internal/segment"
	"huiyin/search"
)

// The attributes of a letter on the server.
const (
	idField       = "number"
	titleField    = "title"
	answerField   = "answer"
	bodyField     = "body"
	termsField    = "terms"
	sourceField   = "source_id"
	unitField     = "unit"
	categoryField = "category"
	kindField     = "kind"
	districtField = "district"
	yearField     = "year"
	answeredField = "answered"
	letterField   = "letter"
)

// entry is a letter as the server keeps it. The texts that are searched are folded, because the server does not bring
// Simplified and Traditional together; what is shown is the letter as it is.
type entry struct {
	Number   string `json:"number"`
	Title    string `json:"title"`
	Answer   string `json:"answer"`
	Body     string `json:"body"`
	Terms    string `json:"terms"` // the words the server's own cut takes apart: 污水 in 化工厂污水直排
	SourceID string `json:"source_id,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Category string `json:"category,omitempty"`
	Kind     string `json:"kind,omitempty"`
	District string `json:"district,omitempty"`
	Year     string `json:"year,omitempty"` // as text, so that a facet names it as it is
	// Answered is in milliseconds of Unix time, as the database has it. A letter answered at an unknown time has none and
	// so stands last in either order.
	Answered int64           `json:"answered,omitempty"`
	Letter   search.Document `json:"letter"`
}

func entryOf(d search.Document, c *cutter) (json.RawMessage, error) {
	if !isID(d.Number) {
		return nil, errors.New("search index: a letter whose number is no identifier")
	}
	e := entry{
		Number: d.Number, SourceID: d.SourceID, Unit: d.Unit, Category: d.Category, Kind: string(d.Kind), District: d.District,
		Letter: d,
	}
	if d.Year != 0 {
		e.Year = strconv.Itoa(d.Year)
	}
	if !d.Answered.IsZero() {
		e.Answered = d.Answered.UnixMilli()
	}
	var terms []string
	for _, text := range []struct {
		raw  string
		into *string
	}{{d.Title, &e.Title}, {d.Reply, &e.Answer}, {d.Body, &e.Body}} {
		tokens := c.Index(text.raw)
		*text.into = folded(text.raw, tokens)
		terms = append(terms, words(tokens)...)
	}
	e.Terms = strings.Join(wordSet(terms), " ")
	data, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("search index: letter %s: %w", d.Number, err)
	}
	return data, nil
}

// isID says whether the server takes the number as an identifier; one bad letter would fail its whole batch.
func isID(number string) bool {
	return number != "" && len(number) <= 511 && !strings.ContainsFunc(number, func(r rune) bool {
		return r != '-' && r != '_' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	})
}

// words are the terms of two Han characters and more.
func words(tokens []segment.Token) []string {
	var all []string
	for _, token := range tokens {
		if first, size := utf8.DecodeRuneInString(token.Term); size < len(token.Term) && unicode.Is(unicode.Han, first) {
			all = append(all, token.Term)
		}
	}
	return all
}

// stops are the marks that part sentences; no word is near one on their other side.
const stops = "。！？；，、：.!?;,:\n"

// folded is the text as it is compared, made of its smallest terms with a gap where something stood between them.
func folded(text string, tokens []segment.Token) string {
	var b strings.Builder
	end, last := 0, -1
	for _, token := range tokens {
		if token.Pos == last {
			continue // a longer word that begins with the same character
		}
		if b.Len() > 0 && token.Start > end {
			b.WriteString(gap(text[end:token.Start]))
		}
		b.WriteString(token.Term)
		end, last = token.End, token.Pos
	}
	return b.String()
}

func gap(between string) string {
	switch {
	case strings.ContainsAny(between, stops):
		return "。"
	case strings.IndexFunc(between, func(r rune) bool { return !unicode.Is(unicode.Cf, r) && r != 0 && r != utf8.RuneError }) < 0:
		return "" // nothing that can be seen
	}
	return " "
}
