package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"huiyin/internal/segment"
)

// Word is a word that letters hold, and how many do.
type Word struct {
	Text    string
	Letters int
	// Titles is how many letters have it in their title: what matters are called by.
	Titles int
}

// Lexicon is the words that the letters of an index hold, to be found by their beginning and by their sound. It never
// changes after it was made; an index makes a new one when its letters have changed.
type Lexicon struct {
	words    []Word // by text
	full     []sound
	blurred  []sound // as one hears them who does not tell some sounds apart, see blur
	initials []sound
	ends     map[rune][]int32 // words by their last character
	readings map[string][]segment.Reading
}

// sound is a word by one of its readings.
type sound struct {
	key  string
	word int32
}

// NewLexicon is the lexicon of the words given, in any order, those of two Han characters or more, as Simplified. What
// the former one knew of the same words, nil if there is none, is taken over instead of worked out again.
func NewLexicon(words []Word, former *Lexicon) *Lexicon {
	l := &Lexicon{ends: map[rune][]int32{}, readings: make(map[string][]segment.Reading, len(words))}
	for _, word := range words {
		if isHanWord(word.Text) && word.Letters > 0 {
			l.words = append(l.words, word)
		}
	}
	slices.SortFunc(l.words, func(a, b Word) int { return strings.Compare(a.Text, b.Text) })
	l.words = slices.CompactFunc(l.words, func(a, b Word) bool { return a.Text == b.Text })
	for i, word := range l.words {
		last, _ := utf8.DecodeLastRuneInString(word.Text)
		l.ends[last] = append(l.ends[last], int32(i))
		l.hear(int32(i), former)
	}
	bySound := func(a, b sound) int { return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.word, b.word)) }
	slices.SortFunc(l.full, bySound)
	slices.SortFunc(l.blurred, bySound)
	l.blurred = slices.Compact(l.blurred)
	slices.SortFunc(l.initials, bySound)
	l.initials = slices.Compact(l.initials)
	return l
}

// hear enters a word under its readings.
func (l *Lexicon) hear(at int32, former *Lexicon) {
	text := l.words[at].Text
	readings, ok := former.readingsOf(text)
	if !ok {
		readings = segment.Readings(text)
	}
	l.readings[text] = readings
	for _, reading := range readings {
		l.full = append(l.full, sound{reading.Full, at})
		l.blurred = append(l.blurred, sound{blur(reading.Full), at})
		l.initials = append(l.initials, sound{reading.Initials, at})
	}
}

func (l *Lexicon) readingsOf(text string) ([]segment.Reading, bool) {
	if l == nil {
		return nil, false
	}
	readings, ok := l.readings[text]
	return readings, ok
}

// Len is how many words it knows.
func (l *Lexicon) Len() int {
	if l == nil {
		return 0
	}
	return len(l.words)
}

// Letters is how many letters hold the word, 0 for one it does not know.
func (l *Lexicon) Letters(text string) int {
	if l == nil {
		return 0
	}
	at, ok := slices.BinarySearchFunc(l.words, text, func(w Word, text string) int { return strings.Compare(w.Text, text) })
	if !ok {
		return 0
	}
	return l.words[at].Letters
}

// Starting are the words that begin with the Han characters given, commonest first.
func (l *Lexicon) Starting(prefix string, most int) []Word {
	if l == nil || prefix == "" {
		return nil
	}
	from, _ := slices.BinarySearchFunc(l.words, prefix, func(w Word, text string) int { return strings.Compare(w.Text, text) })
	var found []Word
	for _, word := range l.words[from:] {
		if !strings.HasPrefix(word.Text, prefix) {
			break
		}
		found = append(found, word)
	}
	return commonest(found, most)
}

// Sounding are the words read exactly so, commonest first.
func (l *Lexicon) Sounding(pinyin string, most int) []Word {
	return l.heard(l.sounds().full, pinyin, most, func(key string) bool { return key == pinyin })
}

// SoundingLike are the words whose reading begins so, commonest first.
func (l *Lexicon) SoundingLike(pinyin string, most int) []Word {
	return l.heard(l.sounds().full, pinyin, most, func(key string) bool { return strings.HasPrefix(key, pinyin) })
}

// Abbreviated are the words of these initials, those of titles before the others, then commonest first.
func (l *Lexicon) Abbreviated(initials string, most int) []Word {
	if l == nil {
		return nil
	}
	found := l.heard(l.initials, initials, len(l.words), func(key string) bool { return key == initials })
	slices.SortStableFunc(found, func(a, b Word) int { return cmp.Compare(b.Titles, a.Titles) })
	return found[:min(len(found), most)]
}

// sounds is the lexicon itself, or an empty one.
func (l *Lexicon) sounds() *Lexicon {
	if l == nil {
		return &Lexicon{}
	}
	return l
}

// alike are the words that may be meant by one typed wrongly: those that sound nearly the same, and those that begin or
// end with the same character. A word of three and more with one character wrong does one of the two.
func (l *Lexicon) alike(typed []rune, blurred map[string]bool) []int32 {
	var all []int32
	for key := range blurred {
		from, _ := slices.BinarySearchFunc(l.blurred, key, func(s sound, key string) int { return strings.Compare(s.key, key) })
		for ; from < len(l.blurred) && l.blurred[from].key == key; from++ {
			all = append(all, l.blurred[from].word)
		}
	}
	first, last := string(typed[0]), typed[len(typed)-1]
	from, _ := slices.BinarySearchFunc(l.words, first, func(w Word, text string) int { return strings.Compare(w.Text, text) })
	for ; from < len(l.words) && strings.HasPrefix(l.words[from].Text, first); from++ {
		all = append(all, int32(from))
	}
	all = append(all, l.ends[last]...)
	if len(typed) == 2 {
		swapped := string(last) + first
		if at, ok := slices.BinarySearchFunc(l.words, swapped, func(w Word, text string) int { return strings.Compare(w.Text, text) }); ok {
			all = append(all, int32(at))
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.DeleteFunc(all, func(at int32) bool { return utf8.RuneCountInString(l.words[at].Text) != len(typed) })
}

// heard are the words of the sounds from key on for which same holds.
func (l *Lexicon) heard(sounds []sound, key string, most int, same func(string) bool) []Word {
	if l == nil || key == "" {
		return nil
	}
	from, _ := slices.BinarySearchFunc(sounds, key, func(s sound, key string) int { return strings.Compare(s.key, key) })
	var found []Word
	seen := map[int32]bool{}
	for _, one := range sounds[from:] {
		if !same(one.key) {
			break
		}
		if !seen[one.word] {
			seen[one.word] = true
			found = append(found, l.words[one.word])
		}
	}
	return commonest(found, most)
}

// commonest are the words that most letters hold; of equals, the shorter one.
func commonest(words []Word, most int) []Word {
	slices.SortFunc(words, func(a, b Word) int {
		return cmp.Or(cmp.Compare(b.Letters, a.Letters), cmp.Compare(len(a.Text), len(b.Text)), strings.Compare(a.Text, b.Text))
	})
	return words[:min(len(words), most)]
}

// isHanWord says whether the text is two Han characters or more and nothing else.
func isHanWord(text string) bool { return isHanText(text) && utf8.RuneCountInString(text) >= 2 }

func isHanText(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}
