package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain is a text as it is searched: full width narrowed, all dashes alike, what cannot be seen left out. Every
// character knows its bytes in the text given.
type plain struct {
	chars []char
	text  string // the characters as one string
	at    []int  // for every byte of text the index of its character
}

type char struct {
	r          rune
	start, end int
}

func plainOf(text string) *plain {
	p := &plain{chars: make([]char, 0, len(text)/2)}
	var b strings.Builder
	for start := 0; start < len(text); {
		r, width := utf8.DecodeRuneInString(text[start:])
		end := start + width
		if r < utf8.RuneSelf || !unicode.In(r, unicode.Cf, unicode.Mn) {
			r = narrow(r)
			for range utf8.RuneLen(r) {
				p.at = append(p.at, len(p.chars))
			}
			p.chars = append(p.chars, char{r, start, end})
			b.WriteRune(r)
		}
		start = end
	}
	p.text = b.String()
	return p
}

func narrow(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		return r - 0xFEE0
	case r >= 0x1D7CE && r <= 0x1D7FF: // mathematical digits, bold and otherwise
		return '0' + (r-0x1D7CE)%10
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.Is(unicode.Pd, r) || r == '−':
		return '-'
	case r == '×' || r == 'Ⅹ' || r == 'ⅹ': // the X of an id card
		return 'X'
	}
	return r
}

// mentions says whether any of the words stands in the text. Asked before a regular expression that needs one of them,
// it halves the time for a letter in which there is nothing to find.
func (p *plain) mentions(words ...string) bool {
	for _, word := range words {
		if strings.Contains(p.text, word) {
			return true
		}
	}
	return false
}

// r gives the character at i, 0 outside.
func (p *plain) r(i int) rune {
	if i < 0 || i >= len(p.chars) {
		return 0
	}
	return p.chars[i].r
}

// before gives up to n characters in front of i, after up to n from i on; neither goes over a line end.
func (p *plain) before(i, n int) string {
	from := i
	for from > 0 && i-from < n && p.chars[from-1].r != '\n' {
		from--
	}
	return p.slice(from, i)
}

func (p *plain) after(i, n int) string {
	to := i
	for to < len(p.chars) && to-i < n && p.chars[to].r != '\n' {
		to++
	}
	return p.slice(i, to)
}

func (p *plain) slice(from, to int) string {
	var b strings.Builder
	for _, c := range p.chars[from:to] {
		b.WriteRune(c.r)
	}
	return b.String()
}

// arabic and anyDigit say which digit stands at i, -1 for none. anyDigit also reads 幺三八, 壹叁捌, ①③⑧, and an O or l
// between digits.
func arabic(p *plain, i int) int {
	if r := p.r(i); r >= '0' && r <= '9' {
		return int(r - '0')
	}
	return -1
}

var chineseDigits = map[rune]int{
	'零': 0, '〇': 0, '○': 0, '洞': 0, '一': 1, '幺': 1, '壹': 1, '二': 2, '贰': 2, '两': 2, '三': 3, '叁': 3, '四': 4, '肆': 4,
	'五': 5, '伍': 5, '六': 6, '陆': 6, '七': 7, '柒': 7, '拐': 7, '八': 8, '捌': 8, '九': 9, '玖': 9, '⓪': 0,
}

func anyDigit(p *plain, i int) int {
	r := p.r(i)
	if r >= '0' && r <= '9' {
		return int(r - '0')
	}
	if r >= '①' && r <= '⑨' {
		return int(r-'①') + 1
	}
	if digit, ok := chineseDigits[r]; ok {
		return digit
	}
	if between := isDigit(p.r(i-1)) && isDigit(p.r(i+1)); between {
		switch r {
		case 'O', 'o':
			return 0
		case 'l', 'I':
			return 1
		}
	}
	return -1
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isAlphanumeric(r rune) bool {
	return isDigit(r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
