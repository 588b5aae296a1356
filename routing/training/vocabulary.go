package training

import (
	"cmp"
	"math"
	"slices"

	"huiyin/routing"
)

// mostFeatures keeps a model small; of more, those in most letters stay.
const mostFeatures = 200_000

// vocabulary is the features that a model knows.
type vocabulary struct {
	hashes []uint64 // by how many letters have them
	rare   []float32
	rows   map[uint64]int32
}

// vocabularyOf keeps the features that stand in at least two letters.
func vocabularyOf(examples []Example) vocabulary {
	type count struct{ letters, last int32 }
	counts := map[uint64]count{}
	var found []routing.Occurrence
	for i, e := range examples {
		found = routing.Features(e.Words, found[:0])
		for _, o := range found {
			if c := counts[o.Hash]; c.last != int32(i+1) {
				counts[o.Hash] = count{c.letters + 1, int32(i + 1)}
			}
		}
	}
	v := vocabulary{rows: map[uint64]int32{}}
	for least := int32(2); ; least++ {
		v.hashes = v.hashes[:0]
		for h, c := range counts {
			if c.letters >= least {
				v.hashes = append(v.hashes, h)
			}
		}
		if len(v.hashes) <= mostFeatures {
			break
		}
	}
	// The commonest first: what nearly every letter has then lies together in memory.
	slices.SortFunc(v.hashes, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(counts[b].letters, counts[a].letters), cmp.Compare(a, b))
	})
	for row, h := range v.hashes {
		v.rows[h] = int32(row)
		v.rare = append(v.rare, float32(math.Log(float64(1+len(examples))/float64(1+counts[h].letters))+1))
	}
	return v
}

// matrix is letters as rows of features and their values, one after the other.
type matrix struct {
	starts  []int
	ids     []int32
	values  []float32
	squares []float64 // by letter: the sum of its squared values
}

func (m matrix) row(i int) ([]int32, []float32) {
	return m.ids[m.starts[i]:m.starts[i+1]], m.values[m.starts[i]:m.starts[i+1]]
}

// read turns letters into rows, weighed just as a model weighs them when it decides.
func (v vocabulary) read(examples []Example) matrix {
	m := matrix{starts: make([]int, 1, len(examples)+1)}
	w := routing.Weigher{Row: v.row, Rare: v.rare}
	for _, e := range examples {
		w.Weigh(e.Words, func(row int32, value float32) {
			m.ids = append(m.ids, row)
			m.values = append(m.values, value)
		})
		m.starts = append(m.starts, len(m.ids))
		var sum float64
		for _, v := range m.values[m.starts[len(m.starts)-2]:] {
			sum += float64(v) * float64(v)
		}
		m.squares = append(m.squares, sum)
	}
	return m
}

func (v vocabulary) row(hash uint64) int32 {
	if row, known := v.rows[hash]; known {
		return row
	}
	return -1
}
