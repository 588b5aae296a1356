package segment

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/longbridgeapp/opencc"
	"golang.org/x/text/unicode/norm"
)

// glyph is one character as it is compared, with the place in the given text it came from.
type glyph struct {
	r          rune
	start, end int // bytes in the given text
	pos        int // runes in the given text, invisible ones not counted
}

// glyphs is a text as it is compared: full width narrowed, lower case, accents off, Traditional as Simplified, what
// cannot be seen left out. Every glyph knows its place, so nothing here shifts an offset.
type glyphs []glyph

// span is a run of glyphs of one sort: Han, or letters and digits.
type span struct {
	from, to int
	han      bool
}

func glyphsOf(text string) glyphs {
	simplified := simplifiedTable()
	line := make(glyphs, 0, len(text)/2)
	pos := 0
	for start, r := range text {
		end := start + utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, width := utf8.DecodeRuneInString(text[start:])
			end = start + width
		}
		switch {
		case r == 0:
			continue // jieba would lose everything behind it
		case r < utf8.RuneSelf:
			line = append(line, glyph{unicode.ToLower(r), start, end, pos})
		case r >= firstHan && r <= lastHan:
			line = append(line, glyph{rune(simplified[r-firstHan]), start, end, pos})
		case unicode.In(r, unicode.Cf, unicode.Mn):
			continue // a zero-width space inside 停车 must not hide it
		default:
			for _, plain := range narrow(r) {
				line = append(line, glyph{plain, start, end, pos})
			}
		}
		pos++
	}
	return line
}

// narrow gives what a rare character stands for: Ａ a, é e, a compatibility ideograph its ordinary form.
func narrow(r rune) []rune {
	var out []rune
	for _, plain := range norm.NFKD.String(string(r)) {
		if unicode.Is(unicode.Mn, plain) {
			continue
		}
		if plain >= firstHan && plain <= lastHan {
			plain = rune(simplifiedTable()[plain-firstHan])
		}
		out = append(out, unicode.ToLower(plain))
	}
	return out
}

// runs finds the runs of Han characters and of letters and digits; everything else separates.
func (g glyphs) runs() []span {
	var out []span
	for i := 0; i < len(g); {
		sort := sortOf(g[i].r)
		if sort == separator {
			i++
			continue
		}
		from := i
		for i < len(g) && sortOf(g[i].r) == sort {
			i++
		}
		out = append(out, span{from: from, to: i, han: sort == han})
	}
	return out
}

func (g glyphs) text(run span) string {
	var b strings.Builder
	g.write(&b, run)
	return b.String()
}

func (g glyphs) write(b *strings.Builder, run span) {
	for _, one := range g[run.from:run.to] {
		b.WriteRune(one.r)
	}
}

const (
	separator = iota
	han
	word
)

func sortOf(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return word
		}
		return separator
	case r >= firstHan && r <= lastHan || unicode.Is(unicode.Han, r):
		return han
	case r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return word
	}
	return separator
}

// The Han characters in use: CJK extension A and the main block.
const (
	firstHan = 0x3400
	lastHan  = 0x9FFF
)

// simplifiedTable maps each Han character to its Simplified form, one to one, so that places stay. opencc itself knows
// phrases too (乾隆 keeps its 乾); for matching it only counts that both sides are folded alike, and a table is
// hundreds of times faster. It is read from opencc once, each character on a line of its own.
var simplifiedTable = sync.OnceValue(func() *[lastHan - firstHan + 1]uint16 {
	var table [lastHan - firstHan + 1]uint16
	var all strings.Builder
	for i := range table {
		table[i] = uint16(firstHan + i)
		all.WriteRune(rune(firstHan + i))
		all.WriteByte('\n')
	}
	converter, err := opencc.New("t2s")
	if err != nil {
		return &table // its data are embedded; without them Traditional is simply not folded, on both sides alike
	}
	folded, err := converter.Convert(all.String())
	if err != nil {
		return &table
	}
	for i, line := range strings.Split(strings.TrimSuffix(folded, "\n"), "\n") {
		r, size := utf8.DecodeRuneInString(line)
		if i < len(table) && size == len(line) && r >= firstHan && r <= lastHan {
			table[i] = uint16(r)
		}
	}
	return &table
})
