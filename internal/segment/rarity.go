package segment

import (
	"bufio"
	"bytes"
	"hash/maphash"
	"os"
	"strconv"
	"sync"

	"github.com/yanyiwu/gojieba"
)

const rarities = "idf.utf8"

// Rarest is the rarity of every word that jieba's table does not hold, or holds as rarer still: names of quarters and
// firms are in no table, and how rare a word is that hardly anybody writes says nothing more.
const Rarest = 11.0

// Rarity says how rare a word is in newspapers, from 1 (的) to Rarest: the logarithm of all texts by those that hold it,
// to a twentieth. Without jieba's table every word is Rarest.
func (s *Segmenter) Rarity(word string) float64 { return rarity().of(word) }

// rareTable keeps the words below Rarest, under a third of jieba's. It is asked for every word of every letter: as a map of
// words it took several times as long, most of it waiting for memory. A place holds the upper bits of the word's hash and,
// in its last byte, the rarity; one word in some hundred million is taken for another.
type rareTable struct {
	seed   maphash.Seed
	places [1 << rareBits]uint32
}

const (
	rareBits = 17 // 131,072 places for 80,000 words
	perPoint = 20 // steps of rarity, which fit a byte
)

func (t *rareTable) of(word string) float64 {
	mark, at := t.find(word)
	for ; t.places[at] != 0; at = (at + 1) % uint32(len(t.places)) {
		if t.places[at]&^0xff == mark {
			return float64(t.places[at]&0xff) / perPoint
		}
	}
	return Rarest
}

func (t *rareTable) add(word string, r float64) {
	mark, at := t.find(word)
	for t.places[at] != 0 {
		at = (at + 1) % uint32(len(t.places))
	}
	t.places[at] = mark | uint32(r*perPoint+0.5)
}

// find gives the mark of a word and where to begin to look.
func (t *rareTable) find(word string) (mark, at uint32) {
	h := maphash.String(t.seed, word)
	return uint32(h>>32) &^ 0xff, uint32(h) % uint32(len(t.places))
}

// rarity is read while the dictionary is (Open), not while the first sender waits.
var rarity = sync.OnceValue(func() *rareTable {
	table := &rareTable{seed: maphash.MakeSeed()}
	text, err := embedded.ReadFile("dict/" + rarities)
	if err != nil {
		if text, err = os.ReadFile(gojieba.IDF_PATH); err != nil {
			return table
		}
	}
	left := len(table.places) / 4 * 3 // an edited table must not fill the places
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() && left > 0 {
		word, number, _ := bytes.Cut(lines.Bytes(), []byte(" "))
		if r, err := strconv.ParseFloat(string(number), 64); err == nil && r > 0 && r < Rarest {
			table.add(string(word), r)
			left--
		}
	}
	return table
})
