package search

import (
	"strings"
	"unicode/utf8"

	"huiyin/internal/segment"
)

// Complete gives words that somebody who has typed so far may go on to, likeliest first: those that begin with the Han
// characters typed, or sound as the letters typed, or begin to, or have them as initials.
func (r Reader) Complete(text string, most int) []Word {
	if r.Lexicon.Len() == 0 {
		return nil
	}
	runs := segment.Runs(text)
	if len(runs) == 1 && isHanText(runs[0].Term) {
		return r.strong(r.Lexicon.Starting(runs[0].Term, 4*most), most)
	}
	typed, ok := latinOnly(text, runs)
	if !ok || len(typed) > maxPinyin || r.Known(typed) {
		return nil
	}
	var found []Word
	seen := map[string]bool{}
	for _, words := range [][]Word{
		r.Lexicon.Sounding(typed, most), r.abbreviated(typed, most), r.Lexicon.SoundingLike(typed, 4*most),
	} {
		for _, word := range words {
			if !seen[word.Text] {
				seen[word.Text] = true
				found = append(found, word)
			}
		}
	}
	return r.strong(found, most)
}

// strong are the words without weak ones.
func (r Reader) strong(words []Word, most int) []Word {
	var found []Word
	for _, word := range words {
		if !r.Weak(word.Text) && len(found) < most {
			found = append(found, word)
		}
	}
	return found
}

// HearHalf hears a text whose last syllable, or word, is typed halfway: of ludengbul, what ludengbu says.
func (r Reader) HearHalf(text string) []Heard {
	for range longestSyllable {
		if heard := r.Hear(text); heard != nil {
			return heard
		}
		last, size := utf8.DecodeLastRuneInString(text)
		if last < 'A' || last > 'z' {
			return nil
		}
		text = text[:len(text)-size]
	}
	return nil
}

const longestSyllable = 6 // zhuang

// MarkTyped marks in a word what of it was typed: its beginning, or if it was typed by sound, the whole.
func MarkTyped(word, text string) Marked {
	runs := segment.Runs(text)
	end := len(word)
	if len(runs) == 1 && strings.HasPrefix(word, runs[0].Term) {
		end = len(runs[0].Term)
	}
	return Mark(word, []Span{{Start: 0, End: end}})
}

// latinOnly is the letters of a text that has nothing else than pinyin could be, without spaces.
func latinOnly(text string, runs []segment.Token) (string, bool) {
	latin := latinRuns(text)
	if len(runs) == 0 || len(latin) != len(runs) {
		return "", false
	}
	typed := latin[0].Term
	for i, run := range latin[1:] {
		if !apart(text[latin[i].End:run.Start]) {
			return "", false
		}
		typed += run.Term
	}
	return typed, true
}
