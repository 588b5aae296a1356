package routing

import "unicode/utf8"

// What a model sees of a letter. Features are words, pairs of words, characters and pairs of characters; the words of
// the title and those at the edges of the body are features once more, of their own, because senders say there what
// the letter is about and what they want. Each sort has a length of its own, so that a long letter is not louder.
const (
	byWord = iota
	byCharacter
	byPlace // in the title, at the beginning, at the end
	sorts
)

// loudness of the sorts, found on letters of three cities.
var loudness = [sorts]float32{1, 1.6, 0.3}

// edge is how many words of the body count as its beginning and as its end.
const edgeWords = 12

// border stands between title and body in the cut words (segment.Border).
const border = "\n"

// Occurrence is one feature at one place of a letter.
type Occurrence struct {
	Hash     uint64
	Sort     uint8
	from, to int32 // words covered
}

// Features appends every feature of a letter cut into words, as segment.Letter cuts it, to a list. Numbers and masks
// stand for one another, so that no letter is known by its house number.
func Features(words []string, to []Occurrence) []Occurrence {
	title, body := divide(words)
	to = textFeatures(to, title, 0)
	to = textFeatures(to, body, len(words)-len(body))
	to = placeFeatures(to, title, 't', 0)
	n := min(edgeWords, len(body))
	to = placeFeatures(to, body[:n], 'f', len(words)-len(body))
	return placeFeatures(to, body[len(body)-n:], 'l', len(words)-n)
}

// divide parts the words at the border; without one all are of the body.
func divide(words []string) (title, body []string) {
	for i, w := range words {
		if w == border {
			return words[:i], words[i+1:]
		}
	}
	return nil, words
}

func textFeatures(to []Occurrence, words []string, at int) []Occurrence {
	before, char := uint64(0), uint64(0)
	for i, w := range words {
		w = neutral(w)
		here := hashOf('w', w)
		place := int32(at + i)
		to = append(to, Occurrence{here, byWord, place, place})
		if i > 0 {
			to = append(to, Occurrence{pair('b', before, here), byWord, place - 1, place})
		}
		before = here
		for n, r := range w {
			c := pair('c', uint64(r), 0)
			to = append(to, Occurrence{c, byCharacter, place, place})
			if i > 0 || n > 0 {
				from := place
				if n == 0 {
					from--
				}
				to = append(to, Occurrence{pair('d', char, c), byCharacter, from, place})
			}
			char = c
		}
	}
	return to
}

func placeFeatures(to []Occurrence, words []string, where byte, at int) []Occurrence {
	for i, w := range words {
		to = append(to, Occurrence{hashOf(where, neutral(w)), byPlace, int32(at + i), int32(at + i)})
	}
	return to
}

// neutral replaces what names one place or one thing: 42 and 138 are the same 0, a3 (A3区) and x the same @.
func neutral(w string) string {
	if w == "" || w[0] >= utf8.RuneSelf {
		return w
	}
	digits, letters := 0, 0
	for i := range len(w) {
		switch c := w[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z':
			letters++
		default:
			return w
		}
	}
	switch {
	case letters == 0:
		return "0"
	case letters == 1, digits > 0 && letters <= 2:
		return "@"
	}
	return w
}

// FNV-1a, 64 bits: two features of one letter never meet by chance.
const (
	fnvStart = 14695981039346656037
	fnvPrime = 1099511628211
)

func hashOf(sort byte, s string) uint64 {
	h := (fnvStart ^ uint64(sort)) * fnvPrime
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

func pair(sort byte, a, b uint64) uint64 {
	h := (fnvStart ^ uint64(sort)) * fnvPrime
	h = (h ^ a) * fnvPrime
	h ^= h >> 32
	h = (h ^ b) * fnvPrime
	return h ^ h>>29
}
