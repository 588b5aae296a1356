package search

import (
	"html/template"
	"slices"
	"strings"
)

// The marks around a found word: private-use characters, which no letter holds and no engine takes for text, so that
// text is escaped first and marks become HTML after.
const (
	markOn  = '\uE000'
	markOff = '\uE001'
)

// Marked is a text in which the words found stand between U+E000 and U+E001. It is not safe in HTML as it is.
type Marked string

// Piece is a stretch of a Marked, found or not.
type Piece struct {
	Text  string
	Found bool
}

// Span is a found word: bytes Start to End of the raw text, and the term it was found by.
type Span struct {
	Start, End int
	Term       string
}

// Mark puts marks around the spans, overlapping and neighbouring ones as one. Spans outside the text are left out.
func Mark(text string, spans []Span) Marked {
	var b strings.Builder
	at := 0
	for _, span := range merge(text, spans) {
		writeText(&b, text[at:span.Start])
		b.WriteRune(markOn)
		writeText(&b, text[span.Start:span.End])
		b.WriteRune(markOff)
		at = span.End
	}
	writeText(&b, text[at:])
	return Marked(b.String())
}

// HTML escapes the text and makes the marks <mark> elements.
func (m Marked) HTML() template.HTML {
	var b strings.Builder
	for _, piece := range m.Pieces() {
		if piece.Found {
			b.WriteString("<mark>" + template.HTMLEscapeString(piece.Text) + "</mark>")
			continue
		}
		b.WriteString(template.HTMLEscapeString(piece.Text))
	}
	return template.HTML(b.String())
}

// Plain is the text without marks.
func (m Marked) Plain() string {
	var b strings.Builder
	writeText(&b, string(m))
	return b.String()
}

// Pieces is the text cut at its marks, without empty pieces.
func (m Marked) Pieces() []Piece {
	var pieces []Piece
	found := false
	for rest := string(m); rest != ""; {
		end := strings.IndexFunc(rest, isMark)
		if end < 0 {
			end = len(rest)
		}
		if end > 0 {
			pieces = append(pieces, Piece{Text: rest[:end], Found: found})
		}
		if rest = rest[end:]; rest != "" {
			found = strings.HasPrefix(rest, string(markOn))
			rest = rest[len(string(markOn)):]
		}
	}
	return pieces
}

// merge sorts the spans and makes one of those that touch.
func merge(text string, spans []Span) []Span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b Span) int { return a.Start - b.Start })
	var out []Span
	for _, span := range sorted {
		if span.Start < 0 || span.End > len(text) || span.Start >= span.End {
			continue
		}
		if last := len(out) - 1; last >= 0 && span.Start <= out[last].End {
			out[last].End = max(out[last].End, span.End)
			continue
		}
		out = append(out, span)
	}
	return out
}

func isMark(r rune) bool { return r == markOn || r == markOff }

// writeText drops marks that somebody wrote into a letter.
func writeText(b *strings.Builder, text string) {
	for text != "" {
		end := strings.IndexFunc(text, isMark)
		if end < 0 {
			b.WriteString(text)
			return
		}
		b.WriteString(text[:end])
		text = text[end+len(string(markOn)):]
	}
}
