package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// SnippetWidth is the length of a snippet in characters, without the marks of omission.
const SnippetWidth = 80

// lead is how many characters before the first found word a snippet may begin.
const lead = 24

// Excerpt cuts about SnippetWidth characters out of the text where most of the found words stand, and marks them.
// Weight says how good that place is, to choose between two texts: more different words first, then more of them.
// Without spans it is the beginning of the text, of weight 0.
func Excerpt(text string, spans []Span) (excerpt Marked, weight int) {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	spans = slices.DeleteFunc(spans, func(s Span) bool { return s.Start < 0 || s.End > len(text) || s.Start >= s.End })
	at, weight := densest(text, spans)
	from := beginning(text, at)
	to := forward(text, from, SnippetWidth)
	if to == len(text) {
		from = min(from, back(text, to, SnippetWidth))
	}
	var inside []Span
	for _, span := range spans {
		if span.Start >= from && span.End <= to {
			inside = append(inside, Span{Start: span.Start - from, End: span.End - from, Term: span.Term})
		}
	}
	excerpt = Marked(strings.Join(strings.Fields(string(Mark(text[from:to], inside))), " "))
	if from > 0 {
		excerpt = "…" + excerpt
	}
	if to < len(text) {
		excerpt += "…"
	}
	return excerpt, weight
}

// densest finds the span from which the following SnippetWidth characters hold the most different terms.
func densest(text string, spans []Span) (at, weight int) {
	for i, first := range spans {
		end := forward(text, first.Start, SnippetWidth-lead)
		terms := map[string]bool{}
		count := 0
		for _, span := range spans[i:] {
			if span.End > end {
				break
			}
			terms[span.Term] = true
			count++
		}
		if here := len(terms)*1000 + min(count, 999); here > weight {
			at, weight = first.Start, here
		}
	}
	return at, weight
}

// beginning is where a reader can start so that the word at is understood: after the last sentence mark not too far
// before it.
func beginning(text string, at int) int {
	from := back(text, at, lead)
	if from == 0 {
		return 0
	}
	if end := strings.LastIndexAny(text[from:at], "。！？；，：\n"); end >= 0 {
		_, size := utf8.DecodeRuneInString(text[from+end:])
		return from + end + size
	}
	return from
}

// forward is the byte n characters after at, at most the end of the text.
func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// back is the byte n characters before at, at least 0.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}
