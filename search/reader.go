package search

import (
	"strings"

	"huiyin/internal/segment"
)

// Reader reads what people type with the words that the letters hold: pinyin, and mistakes.
type Reader struct {
	Lexicon *Lexicon           // nil knows no word
	Cut     *segment.Segmenter // that the letters were cut with
	// Known says that a run of Latin letters is a word of the letters, and no pinyin.
	Known func(run string) bool
	// Weak says that a word tells no letters apart.
	Weak func(word string) bool
}

// Hear reads the stretches of Latin letters in the text as pinyin, in full (ludeng, lu deng, lu'deng, ludengbuliang) or by
// initials (ld). Weak words are not heard in initials, since most letters have them.
func (r Reader) Hear(text string) []Heard {
	if r.Lexicon.Len() == 0 {
		return nil
	}
	var all []Heard
	runs := latinRuns(text)
	for i := 0; i < len(runs); {
		heard, used := r.hearFrom(text, runs[i:])
		if heard != nil {
			all = append(all, *heard)
		}
		i += used
	}
	return all
}

// hearFrom reads the longest stretch of neighbouring runs that makes sense as one.
func (r Reader) hearFrom(text string, runs []Span) (*Heard, int) {
	if r.Known(runs[0].Term) {
		return nil, 1
	}
	n := 1
	for n < len(runs) && apart(text[runs[n-1].End:runs[n].Start]) && !r.Known(runs[n].Term) {
		n++
	}
	for ; n > 0; n-- {
		typed := ""
		for _, run := range runs[:n] {
			typed += run.Term
		}
		if groups := r.groups(typed); groups != nil {
			return &Heard{Start: runs[0].Start, End: runs[n-1].End, Typed: typed, Groups: groups}, n
		}
	}
	return nil, 1
}

// groups are the words that the letters may stand for.
func (r Reader) groups(typed string) [][]string {
	if len(typed) < 2 || len(typed) > maxPinyin {
		return nil
	}
	if groups := r.Lexicon.split(typed); groups != nil {
		return groups
	}
	return r.initials(typed)
}

// initials reads the letters as those of one word, or else of two: zfgjj is 住房 公积金.
func (r Reader) initials(typed string) [][]string {
	if group := r.abbreviated(typed, maxAbbreviated); group != nil {
		return [][]string{texts(group)}
	}
	if len(typed) > maxInitials {
		return nil
	}
	for at := len(typed) - 2; at >= 2; at-- {
		first, second := r.abbreviated(typed[:at], maxAbbreviated), r.abbreviated(typed[at:], maxAbbreviated)
		if first != nil && second != nil {
			return [][]string{texts(first), texts(second)}
		}
	}
	return nil
}

// abbreviated are the words of these initials without weak ones.
func (r Reader) abbreviated(typed string, most int) []Word {
	if len(typed) > maxInitials {
		return nil
	}
	var group []Word
	for _, word := range r.Lexicon.Abbreviated(typed, 4*most) {
		if !r.Weak(word.Text) && len(group) < most {
			group = append(group, word)
		}
	}
	return group
}

// Without is the text without what was heard in it.
func Without(text string, heard []Heard) string {
	var b strings.Builder
	at := 0
	for _, one := range heard {
		b.WriteString(text[at:one.Start] + " ")
		at = one.End
	}
	return b.String() + text[at:]
}
