package segment

import (
	"sort"
	"unicode/utf8"
)

// Token is one term of an indexed text. Start and End are bytes in the text that was given, so that a highlighter can
// mark the original; Pos is the place of its first character, counted in characters that can be seen, so that
// neighbouring characters are one apart and phrases can be asked for.
type Token struct {
	Term       string
	Start, End int
	Pos        int
}

// Index gives every term under which a text can be found: each dictionary word in it, overlapping ones too, each
// single Han character, and each run of letters and digits whole. They come sorted by Pos, short before long.
func (s *Segmenter) Index(text string) []Token {
	line := glyphsOf(text)
	tokens := make([]Token, 0, len(line)*2)
	s.eachRun(line, line.runs(), s.cutAll, func(run span, pieces []string) {
		if !run.han {
			tokens = append(tokens, line.token(pieces[0], run.from, run.to))
			return
		}
		first := len(tokens)
		for i := run.from; i < run.to; i++ {
			tokens = append(tokens, line.token(string(line[i].r), i, i+1))
		}
		tokens = line.place(tokens, run, pieces)
		sort.SliceStable(tokens[first:], func(a, b int) bool {
			return tokens[first+a].Pos < tokens[first+b].Pos
		})
	})
	return tokens
}

// place finds where each word of a full cut stands. jieba gives them without places, but ordered by start, then
// length, and leaves out none of two characters or more: so the next one is always the first place further on.
func (g glyphs) place(tokens []Token, run span, words []string) []Token {
	at, length := run.from, 0
	for _, word := range words {
		n := utf8.RuneCountInString(word)
		if n < 2 {
			continue
		}
		from := at
		if n <= length {
			from++
		}
		for from+n <= run.to && !g.holds(from, word) {
			from++
		}
		if from+n > run.to {
			continue
		}
		tokens = append(tokens, g.token(word, from, from+n))
		at, length = from, n
	}
	return tokens
}

func (g glyphs) holds(from int, word string) bool {
	for _, r := range word {
		if g[from].r != r {
			return false
		}
		from++
	}
	return true
}

func (g glyphs) token(term string, from, to int) Token {
	return Token{Term: term, Start: g[from].start, End: g[to-1].end, Pos: g[from].pos}
}
