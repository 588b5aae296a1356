package segment

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fault says where a text cannot be taken as it is. Its Error is a Chinese sentence for the sender.
type Fault struct {
	Byte int    // offset of the bad byte
	Char int    // the how manieth character it is, from 1
	Why  string // what is wrong, in Chinese
}

func (f *Fault) Error() string {
	return fmt.Sprintf("第 %d 个字符处%s，请检查后重新提交", f.Char, f.Why)
}

// Check refuses what must not be cleaned away silently: broken UTF-8 (a GBK file read as UTF-8) and NUL, behind which
// databases and jieba lose the rest. The error is a *Fault with the place.
func Check(text string) error {
	char := 0
	for at, r := range text {
		char++
		if r == 0 {
			return &Fault{Byte: at, Char: char, Why: "有空字符（NUL）"}
		}
		if r != utf8.RuneError {
			continue
		}
		if _, width := utf8.DecodeRuneInString(text[at:]); width == 1 {
			return &Fault{Byte: at, Char: char, Why: "不是有效的 UTF-8 文字"}
		}
	}
	return nil
}

// Clean makes any text safe to store, show and compare, and changes nothing a reader would miss: valid UTF-8, no
// control, invisible or private-use characters, line ends as \n, full-width letters and digits narrowed (１２３ to 123)
// while Chinese punctuation and signs such as ① and ㎡ stay as written, runs of spaces made one, indents and empty
// lines beyond one removed. Cleaning twice changes nothing.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = norm.NFC.String(s)
	var b strings.Builder
	b.Grow(len(s))
	space, newlines := false, 0
	for i, r := range s {
		switch {
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
			continue
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f' || r == '\u0085':
			newlines++
			continue
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			continue
		}
		if b.Len() > 0 {
			switch {
			case newlines > 0:
				b.WriteString("\n\n"[:min(newlines, 2)])
			case space:
				b.WriteByte(' ')
			}
		}
		space, newlines = false, 0
		writePlain(&b, r)
	}
	return norm.NFC.String(b.String())
}

// writePlain narrows letters and digits and leaves every other character, Chinese punctuation above all, alone.
func writePlain(b *strings.Builder, r rune) {
	if r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		plain := norm.NFKC.String(string(r))
		if !strings.Contains(plain, " ") { // some Arabic forms stand for a space and a mark
			b.WriteString(plain)
			return
		}
	}
	b.WriteRune(r)
}
