package segment

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/yanyiwu/gojieba"
)

const rarities = "idf.utf8"

// Rarest is the rarity of every word that jieba's table does not hold, or holds as rarer still: names of quarters and
// firms are in no table, and how rare a word is that hardly anybody writes says nothing more.
const Rarest = 11.0

// Rarity says how rare a word is in newspapers, from 1 (的) to Rarest: the logarithm of all texts by those that hold it.
// Without jieba's table every word is Rarest.
func (s *Segmenter) Rarity(word string) float64 {
	if r, ok := rarity()[word]; ok {
		return float64(r)
	}
	return Rarest
}

// rarity keeps the words below Rarest alone, under a third of the table.
var rarity = sync.OnceValue(func() map[string]float32 {
	text, err := embedded.ReadFile("dict/" + rarities)
	if err != nil {
		if text, err = os.ReadFile(gojieba.IDF_PATH); err != nil {
			return nil
		}
	}
	table := make(map[string]float32, 80_000)
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		word, number, _ := strings.Cut(lines.Text(), " ")
		if r, err := strconv.ParseFloat(number, 32); err == nil && r < Rarest {
			table[word] = float32(r)
		}
	}
	return table
})
