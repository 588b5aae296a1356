package search

import (
	"cmp"
	_ "embed" // particles.txt
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"huiyin/internal/segment"
)

// The bounds of what is looked at for a mistake.
const (
	maxMistaken   = 16 // characters of a text that is looked at for mistakes at all
	maxShort      = 10 // of one in which two characters are taken for a word typed wrongly; in a sentence any two may be
	maxWrongWord  = 6  // characters of a word typed wrongly
	minWrongLatin = 4  // letters of pinyin typed wrongly
)

// What a mistake of each sort is as likely as, compared with a word picked for another of the same sound.
const (
	sameSound = 1.0
	nearSound = 0.6 // zh for z, an for ang: how the south speaks
	sameForm  = 0.7 // 末 for 未
	swapped   = 0.6 // 灯路
	otherChar = 0.2 // any other character in a word of three and more
	otherKey  = 0.7 // one letter of pinyin
)

// fix is a stretch of a text, bytes start to end, and the word that may be meant by it.
type fix struct {
	start, end int
	word       string
	likely     float64 // of this sort of mistake
	score      float64
}

// Corrections are texts that may be meant instead of the one typed, likeliest first: stretches that are no word of the
// letters become words that sound or look like them. Whether they find anything the index says.
func (r Reader) Corrections(text string, most int) []string {
	if r.Lexicon.Len() == 0 || utf8.RuneCountInString(text) > maxMistaken {
		return nil
	}
	fixes := r.fixes(text)
	if len(fixes) == 0 {
		return nil
	}
	all := []string{replaced(text, apartFrom(fixes))}
	for _, one := range fixes {
		if other := replaced(text, []fix{one}); len(all) < most && !slices.Contains(all, other) {
			all = append(all, other)
		}
	}
	return all
}

// mistakable says whether what was typed may be a word typed wrongly.
func (r Reader) mistakable(word string, short bool) bool {
	n := utf8.RuneCountInString(word)
	return (n > 2 || n == 2 && short) && r.Lexicon.Letters(word) == 0
}

//go:embed particles.txt
var particles string

// particle says that a piece is none of a word typed wrongly: 的 stands for itself.
func particle(piece string) bool {
	return utf8.RuneCountInString(piece) == 1 && strings.Contains(particles, piece)
}

// fixes are all single replacements, best first.
func (r Reader) fixes(text string) []fix {
	var all []fix
	pieces := r.Cut.Pieces(text)
	short := utf8.RuneCountInString(text) <= maxShort
	for from := range pieces {
		all = append(all, r.latinFixes(pieces[from])...)
		word, doubtful := "", false
		for to := from; to < len(pieces) && isHanText(pieces[to].Term); to++ {
			if to > from && pieces[to].Start != pieces[to-1].End {
				break
			}
			word += pieces[to].Term
			if utf8.RuneCountInString(word) > maxWrongWord {
				break
			}
			doubtful = doubtful || !isHanWord(pieces[to].Term) || r.Lexicon.Letters(pieces[to].Term) == 0
			if doubtful && r.mistakable(word, short) && !particle(pieces[from].Term) && !particle(pieces[to].Term) {
				all = append(all, r.wordFixes(word, pieces[from].Start, pieces[to].End)...)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b fix) int { return cmp.Compare(b.score, a.score) })
	return all
}

// wordFixes are words that may be meant by one that no letter holds.
func (r Reader) wordFixes(word string, start, end int) []fix {
	typed := []rune(word)
	sounds, blurred := map[string]bool{}, map[string]bool{}
	for _, reading := range strict(segment.Readings(word)) {
		sounds[reading.Full], blurred[blur(reading.Full)] = true, true
	}
	var all []fix
	for _, at := range r.Lexicon.alike(typed, blurred) {
		meant := r.Lexicon.words[at]
		likely := formLike(typed, []rune(meant.Text))
		for _, reading := range strict(r.Lexicon.readings[meant.Text]) {
			if sounds[reading.Full] {
				likely = sameSound
			} else if likely < nearSound && blurred[blur(reading.Full)] {
				likely = nearSound
			}
		}
		if likely > 0 {
			all = append(all, fix{start, end, meant.Text, likely, weigh(likely, meant)})
		}
	}
	return all
}

// strict are the readings without those that have u for ü.
func strict(all []segment.Reading) []segment.Reading {
	return slices.DeleteFunc(slices.Clone(all), func(one segment.Reading) bool { return one.Loose })
}

// weigh makes a longer and a commoner word likelier. A longer one counts twice: of 公基金, 公积金 explains more than 基金.
func weigh(likely float64, meant Word) float64 {
	n := float64(utf8.RuneCountInString(meant.Text))
	return likely * n * n * (1 + math.Log2(1+float64(meant.Letters)))
}

// formLike says how likely one word is typed for another of the same length by its form: 0, not at all.
func formLike(typed, meant []rune) float64 {
	var differ []int
	for i := range typed {
		if typed[i] != meant[i] {
			if differ = append(differ, i); len(differ) > 2 {
				return 0
			}
		}
	}
	switch {
	case len(differ) == 1 && lookAlike(typed[differ[0]], meant[differ[0]]):
		return sameForm
	case len(differ) == 1 && len(typed) > 2:
		return otherChar
	case len(differ) == 2 && typed[differ[0]] == meant[differ[1]] && typed[differ[1]] == meant[differ[0]]:
		return swapped
	}
	return 0
}

// latinFixes are words for a run of letters that is nearly their pinyin.
func (r Reader) latinFixes(run segment.Token) []fix {
	if len(run.Term) < minWrongLatin || !isLatin(run.Term) || r.Known(run.Term) {
		return nil
	}
	if r.Lexicon.reads(run.Term) {
		return nil
	}
	var all []fix
	for _, sound := range r.Lexicon.full {
		if !sound.loose && nearlySame(run.Term, sound.key) {
			meant := r.Lexicon.words[sound.word]
			all = append(all, fix{run.Start, run.End, meant.Text, otherKey, weigh(otherKey, meant)})
		}
	}
	return all
}

// nearlySame says whether one letter more, less, other or two swapped make one text of the other.
func nearlySame(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return false
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// blur writes pinyin as one who does not tell zh from z, ang from an, or n from l.
var blur = strings.NewReplacer("zh", "z", "ch", "c", "sh", "s", "ng", "n", "l", "n").Replace

// apartFrom are the best fixes of which no two overlap.
func apartFrom(fixes []fix) []fix {
	var chosen []fix
	for _, one := range fixes {
		if !slices.ContainsFunc(chosen, func(other fix) bool { return one.start < other.end && other.start < one.end }) {
			chosen = append(chosen, one)
		}
	}
	return chosen
}

// replaced is the text with the fixes, of which no two overlap, made.
func replaced(text string, fixes []fix) string {
	fixes = slices.SortedFunc(slices.Values(fixes), func(a, b fix) int { return cmp.Compare(a.start, b.start) })
	var b strings.Builder
	at := 0
	for _, one := range fixes {
		b.WriteString(text[at:one.start])
		b.WriteString(one.word)
		at = one.end
	}
	b.WriteString(text[at:])
	return b.String()
}
