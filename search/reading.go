package search

import (
	"slices"
	"strings"

	"huiyin/internal/segment"
)

// What a stretch of Latin letters may be read as.
const (
	maxSounding    = 5  // words of one sound
	maxAbbreviated = 6  // words of the same initials
	maxInitials    = 6  // letters that may be the initials of a word
	maxPinyin      = 60 // letters read as pinyin at all
	longestKey     = 30 // letters of the longest word's pinyin
)

// Heard is a stretch of a text read as pinyin: bytes Start to End, and the groups of words that it may be, of which a
// letter should hold one each.
type Heard struct {
	Start, End int
	Typed      string // without spaces and apostrophes, in small letters
	Groups     [][]string
}

// Reading is what is shown of it.
func (h Heard) Reading() Reading {
	r := Reading{Typed: h.Typed}
	for _, group := range h.Groups {
		r.Words = append(r.Words, group...)
	}
	return r
}

// step is the best way to read a text up to one place: with as few syllables left over, then as few words, as can be.
type step struct {
	ok          bool
	left, words int
	from        int
	key         string // of the word last read, empty for a syllable left over
}

func (s step) worse(other step) bool {
	return !s.ok || other.left < s.left || other.left == s.left && other.words < s.words
}

// split reads the letters as words, and leaves out syllables between them that are in no word: of bu liang, where 不亮 is
// no word of the letters, nothing can be asked for.
func (l *Lexicon) split(typed string) [][]string {
	best := make([]step, len(typed)+1)
	best[0] = step{ok: true}
	for from := range typed {
		if !best[from].ok {
			continue
		}
		for to := from + 1; to <= min(len(typed), from+longestKey); to++ {
			next := step{ok: true, left: best[from].left, words: best[from].words, from: from}
			switch key := typed[from:to]; {
			case l.reads(key):
				next.words, next.key = next.words+1, key
			case segment.IsSyllable(key):
				next.left++
			default:
				continue
			}
			if best[to].worse(next) {
				best[to] = next
			}
		}
	}
	end := best[len(typed)]
	if !end.ok || end.words == 0 {
		return nil
	}
	var groups [][]string
	for at := len(typed); at > 0; at = best[at].from {
		if best[at].key != "" {
			groups = append(groups, texts(l.Sounding(best[at].key, maxSounding)))
		}
	}
	slices.Reverse(groups)
	return groups
}

func (l *Lexicon) reads(key string) bool {
	_, ok := slices.BinarySearchFunc(l.full, key, func(s sound, key string) int { return strings.Compare(s.key, key) })
	return ok
}

func texts(words []Word) []string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = word.Text
	}
	return all
}

// latinRuns are the runs of Latin letters that are no part of a code or an address: K902, ZJ-0417 and a@b.cn are no sounds.
func latinRuns(text string) []Span {
	var runs []Span
	for _, run := range segment.Runs(text) {
		if isLatin(run.Term) && !endsCode(text[:run.Start]) && !beginsCode(text[run.End:]) {
			runs = append(runs, Span{Start: run.Start, End: run.End, Term: run.Term})
		}
	}
	return runs
}

func isLatin(term string) bool { return strings.Trim(term, "abcdefghijklmnopqrstuvwxyz") == "" }

// codeMarks join the parts of codes and addresses.
const codeMarks = "-_/.@"

func endsCode(before string) bool {
	return before != "" && strings.ContainsRune(codeMarks, rune(before[len(before)-1]))
}

func beginsCode(after string) bool {
	return len(after) > 1 && strings.ContainsRune(codeMarks, rune(after[0])) && after[1] > ' '
}

// apart says whether only spaces and apostrophes stand between two runs.
func apart(between string) bool { return strings.Trim(between, " '’\u3000") == "" }
