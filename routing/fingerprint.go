package routing

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"unicode/utf8"

	"huiyin/internal/letter"
)

const (
	tellingWords = 12  // kept in the sketch
	keyWords     = 4   // the first of them, whose pairs are the keys: six
	leastRarity  = 6.0 // below it a word stands in every paper: 问题, 领导, 学校
	inTitle      = 3.0 // people put there where and what
)

// Fingerprint tells by which matter a letter is known: the words that tell most of it, and pairs of the first of them to
// find it again by. Of letters of one city about three matters that many people wrote about, 94 % shared a key with another
// letter of theirs. words are those of segment.Letter, place those of where the matter is; rarity says how rare a word
// is elsewhere (segment.Rarity). A letter with fewer than four such words has no
// fingerprint and is like no other.
func Fingerprint(words, place []string, rarity func(string) float64) letter.Fingerprint {
	telling := tell(words, place, rarity)
	if len(telling) < keyWords {
		return letter.Fingerprint{} // 小区停水: it could be anywhere
	}
	f := letter.Fingerprint{Sketch: make([]byte, 0, markBytes*len(telling))}
	for _, t := range telling {
		f.Sketch = binary.BigEndian.AppendUint32(f.Sketch, t.mark)
		f.Sketch = append(f.Sketch, byte(min(t.weight, 255)))
	}
	first := telling[:keyWords]
	for i, a := range first {
		for _, b := range first[:i] {
			f.Keys = append(f.Keys, keyOf(a.mark, b.mark))
		}
	}
	slices.Sort(f.Keys)
	return f
}

// keyOf is the same for both orders of a pair.
func keyOf(a, b uint32) int64 {
	return int64(pair('k', uint64(min(a, b)), uint64(max(a, b))))
}

type tellingWord struct {
	mark   uint32
	weight float64
}

// tell chooses the words, most telling first.
func tell(words, place []string, rarity func(string) float64) []tellingWord {
	title, body := divide(words)
	weights := map[string]float64{}
	for _, part := range []struct {
		words []string
		times float64
	}{{title, inTitle}, {body, 1}, {place, 1}} {
		for _, w := range part.words {
			if mayTell(w) {
				weights[w] += part.times
			}
		}
	}
	all := make([]tellingWord, 0, len(weights))
	for w, times := range weights {
		if r := rarity(w); r >= leastRarity {
			// A word said again says more, but less each time.
			all = append(all, tellingWord{uint32(hashOf('f', w) >> 16), (r - leastRarity + 1) * (1 + math.Log(max(1, times))) * 4})
		}
	}
	slices.SortFunc(all, func(a, b tellingWord) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.mark, b.mark))
	})
	return all[:min(tellingWords, len(all))]
}

// mayTell leaves out marks, single characters, numbers and Latin letters, and the words of letters as such.
func mayTell(w string) bool {
	r, size := utf8.DecodeRuneInString(w)
	return r >= 0x2E80 && size < len(w) && !saidInLetters[w]
}

const markBytes = 5 // a hash of four, a weight of one

// Likeness is how much two sketches share, 0 to 1: the weight of the words in both by that of the words in either. What
// is no sketch is like nothing.
func Likeness(a, b []byte) float64 {
	if len(a)%markBytes != 0 || len(b)%markBytes != 0 {
		return 0
	}
	var both, either float64
	for ; len(a) > 0; a = a[markBytes:] {
		either += float64(a[4])
		for rest := b; len(rest) > 0; rest = rest[markBytes:] {
			if [4]byte(a) == [4]byte(rest) {
				both += float64(min(a[4], rest[4]))
			}
		}
	}
	for ; len(b) > 0; b = b[markBytes:] {
		either += float64(b[4])
	}
	if either -= both; either <= 0 {
		return 0
	}
	return both / either
}
