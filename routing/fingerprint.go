package routing

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"unicode/utf8"
)

const (
	tellingWords = 12  // kept in the sketch
	keyWords     = 3   // the first of them, whose pairs are the keys of a letter
	askWords     = 6   // the first of them, whose pairs a letter asks with
	leastTelling = 4   // fewer than these could be anywhere: 小区停水
	leastRarity  = 6.0 // below it a word stands in every paper: 问题, 领导, 学校
	inTitle      = 3.0 // people put there where and what
)

// Fingerprint sketches by which matter a letter is known: the words that tell most of it. Pairs of the first of them are
// keys to find it again by. words are those of segment.Letter, place those of where the matter is; rarity says how rare a word is
// elsewhere (segment.Rarity). A letter with fewer than four telling words has an empty sketch, no keys,
// and is like no other.
//
// A letter is kept under three keys and asks with fifteen, because each key costs every letter a place in a large index,
// and asking costs only those that ask. On a year's letters of one city, 94 % of those that are very like an earlier one
// found one; with six keys on both sides 96 %, with three on both sides 86 %.
func Fingerprint(words, place []string, rarity func(string) float64) []byte {
	telling := tell(words, place, rarity)
	if len(telling) < leastTelling {
		return []byte{}
	}
	sketch := make([]byte, 0, markBytes*len(telling))
	for _, t := range telling {
		sketch = binary.BigEndian.AppendUint32(sketch, t.mark)
		sketch = append(sketch, byte(min(t.weight, 255)))
	}
	return sketch
}

// Keys are those that a letter is kept under.
func Keys(sketch []byte) []int64 { return pairsOf(sketch, keyWords) }

// Asks are the keys under which letters like that of a sketch may be kept.
func Asks(sketch []byte) []int64 { return pairsOf(sketch, askWords) }

func pairsOf(sketch []byte, words int) []int64 {
	words = min(words, len(sketch)/markBytes)
	keys := make([]int64, 0, words*(words-1)/2)
	for i := range words {
		for j := range i {
			keys = append(keys, keyOf(markAt(sketch, i), markAt(sketch, j)))
		}
	}
	return keys
}

func markAt(sketch []byte, i int) uint32 { return binary.BigEndian.Uint32(sketch[i*markBytes:]) }

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
	all := make([]saidWord, 0, len(words)/2+len(place))
	for _, part := range []struct {
		words []string
		times float64
	}{{title, inTitle}, {body, 1}, {place, 1}} {
		for _, w := range part.words {
			if !mayTell(w) {
				continue
			}
			if r := rarity(w); r >= leastRarity && !saidInLetters[w] {
				all = append(all, saidWord{hashOf('f', w), r, part.times})
			}
		}
	}
	all = summed(all)
	best := make([]tellingWord, len(all))
	for i, x := range all {
		// A word said again says more, but less each time.
		best[i] = tellingWord{uint32(x.hash >> 16), (x.rarity - leastRarity + 1) * (1 + math.Log(max(1, x.times))) * 4}
	}
	slices.SortFunc(best, func(a, b tellingWord) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.mark, b.mark))
	})
	return best[:min(tellingWords, len(best))]
}

type saidWord struct {
	hash          uint64
	rarity, times float64
}

// summed leaves each word once, with how often it was said.
func summed(all []saidWord) []saidWord {
	slices.SortFunc(all, func(a, b saidWord) int { return cmp.Compare(a.hash, b.hash) })
	n := 0
	for _, x := range all {
		if n > 0 && all[n-1].hash == x.hash {
			all[n-1].times += x.times
			continue
		}
		all[n] = x
		n++
	}
	return all[:n]
}

// mayTell leaves out marks, single characters, numbers and Latin letters.
func mayTell(w string) bool {
	r, size := utf8.DecodeRuneInString(w)
	return r >= 0x2E80 && size < len(w)
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
