package routing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// fold writes a text the way phrases are compared: lower case, full-width forms
// as ASCII, no spaces.
func fold(s string) []rune { return appendFolded(nil, s) }

func appendFolded(to []rune, s string) []rune {
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r >= '！' && r <= '～':
			r -= '！' - '!'
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
		case r == '\n':
		case r == '。':
		case unicode.IsSpace(r) || r == utf8.RuneError || r == 0:
			continue
		}
		to = append(to, r)
	}
	return to
}

// layout is a letter made ready for matching: title, body and place in one row
// of characters, and where each begins.
type layout struct {
	text  []rune
	body  int // where the body begins
	place int // where the place begins

	greetings []span
	inside    []bool // by character: a jieba word goes on across it; nil without words
}

type span struct{ start, end int32 }

func (s span) holds(at int32) bool { return at >= s.start && at < s.end }

func (l *layout) read(d letter.Draft, words []string) {
	l.text = appendFolded(l.text[:0], d.Title)
	l.text = append(l.text, '\n')
	l.body = len(l.text)
	l.text = appendFolded(l.text, d.Body)
	l.text = append(l.text, '\n')
	l.place = len(l.text)
	l.text = appendFolded(l.text, d.Place)
	l.greet()
	l.align(words)
}

// greet finds salutations: titles in them name nobody. 尊敬的…, and what stands
// right before 您好 or, at the very beginning, before a colon.
func (l *layout) greet() {
	l.greetings = l.greetings[:0]
	for i := 0; i < l.place; i++ {
		switch {
		case l.starts(i, "尊敬的"), l.starts(i, "敬爱的"), l.starts(i, "亲爱的"):
			l.greetings = append(l.greetings, span{int32(i), int32(l.clauseEnd(i, i+20))})
		case l.starts(i, "您好"), l.starts(i, "你好"):
			l.greetings = append(l.greetings, span{int32(l.clauseStart(i, i-14)), int32(i + 2)})
		case l.text[i] == ':' && i-l.body < 16 && i > l.body:
			l.greetings = append(l.greetings, span{int32(l.body), int32(i)})
		}
	}
}

func (l *layout) greeting(at int32) bool {
	for _, g := range l.greetings {
		if g.holds(at) {
			return true
		}
	}
	return false
}

func (l *layout) starts(at int, word string) bool {
	for _, r := range word {
		if at >= len(l.text) || l.text[at] != r {
			return false
		}
		at++
	}
	return true
}

func (l *layout) clauseEnd(at, limit int) int {
	for at < len(l.text) && at < limit && !pause(l.text[at]) {
		at++
	}
	return at
}

func (l *layout) clauseStart(at, limit int) int {
	for at > 0 && at > limit && !pause(l.text[at-1]) {
		at--
	}
	return at
}

// sentence gives the bounds of the sentence around a match.
func (l *layout) sentence(m span) span {
	for m.start > 0 && !stop(l.text[m.start-1]) {
		m.start--
	}
	for int(m.end) < len(l.text) && !stop(l.text[m.end]) {
		m.end++
	}
	return m
}

func pause(r rune) bool { return stop(r) || r == ',' || r == ':' || r == '、' }

func stop(r rune) bool {
	return r == '。' || r == '!' || r == '?' || r == ';' || r == '\n' || r == '…'
}

// align lays the cut words over the text, so that a short phrase found across
// two words (国道 in 中国道路) is not taken for one.
func (l *layout) align(words []string) {
	if len(words) == 0 {
		l.inside = nil
		return
	}
	l.inside = append(l.inside[:0], make([]bool, len(l.text)+1)...)
	at := 0
	for _, w := range words {
		found := l.next(w, at)
		if found < 0 {
			continue // the cutter saw a text without templates
		}
		n := utf8.RuneCountInString(w)
		for i := 1; i < n; i++ {
			l.inside[found+i] = true
		}
		at = found + n
	}
}

// next finds a word a little way on from at, or gives -1.
func (l *layout) next(word string, at int) int {
	first, _ := utf8.DecodeRuneInString(word)
	for i := at; i < l.place && i < at+60; i++ {
		if l.text[i] == first && l.starts(i, word) {
			return i
		}
	}
	return -1
}

// torn says that a phrase begins or ends in the middle of a word and yet covers
// the border between two.
func (l *layout) torn(m match) bool {
	if l.inside == nil || !(l.inside[m.start] || l.inside[m.end]) {
		return false
	}
	for i := m.start + 1; i < m.end; i++ {
		if !l.inside[i] {
			return true
		}
	}
	return false
}

// quote gives the text of a match as the letter has it.
func (l *layout) quote(s span) string {
	return strings.TrimSpace(string(l.text[s.start:s.end]))
}
