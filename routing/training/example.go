package training

import (
	"slices"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// Example is a letter that people placed.
type Example struct {
	Draft  letter.Draft              // what the rules see of it, where rules and model are weighed together
	Words  []string                  // as segment.Letter cuts it
	Labels map[routing.Target]string // what people decided; a target without a label teaches nothing
	Weight float64                   // how many letters it counts for; 0 is 1. A correction counts for more than a letter nobody touched
}

func (e Example) weight() float64 {
	if e.Weight <= 0 {
		return 1
	}
	return e.Weight
}

// shingle is how many characters in a row two texts must share to count as sharing something.
const shingle = 5

// alikeFrom is the part of all shingles that two near-identical letters share.
const alikeFrom = 0.7

// mostShared bounds how many letters one shingle leads to: what stands in more is a template.
const mostShared = 60

// Clusters numbers the letters so that near-identical ones carry one number: they must not stand on both sides when a
// model is tried on letters it has not seen.
func Clusters(examples []Example) (of []int, n int) {
	parent := make([]int, len(examples))
	sizes := make([]int, len(examples))
	sharing := map[uint64][]int32{}
	var marks []uint64
	for i, e := range examples {
		parent[i] = i
		marks = shingles(e.Words, marks[:0])
		sizes[i] = len(marks)
		shared := map[int32]int{}
		for _, m := range marks {
			for _, j := range sharing[m] {
				shared[j]++
			}
			if len(sharing[m]) < mostShared {
				sharing[m] = append(sharing[m], int32(i))
			}
		}
		for j, c := range shared {
			if float64(c) >= alikeFrom*float64(sizes[i]+sizes[j]-c) {
				join(parent, i, int(j))
			}
		}
	}
	return numbered(parent)
}

// shingles appends the hashes of all runs of characters, each once; of a shorter text, one of the whole.
func shingles(words []string, to []uint64) []uint64 {
	var text []rune
	for _, w := range words {
		if w != "\n" {
			text = append(text, []rune(w)...)
		}
	}
	for i := 0; i == 0 || i+shingle <= len(text); i++ {
		h := uint64(14695981039346656037)
		for _, r := range text[i:min(i+shingle, len(text))] {
			h = (h ^ uint64(r)) * 1099511628211
		}
		to = append(to, h)
	}
	slices.Sort(to)
	return slices.Compact(to)
}

func root(parent []int, i int) int {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

// join keeps the smaller number, so that the result does not hang on the order.
func join(parent []int, a, b int) {
	a, b = root(parent, a), root(parent, b)
	parent[max(a, b)] = min(a, b)
}

func numbered(parent []int) (of []int, n int) {
	of = make([]int, len(parent))
	number := map[int]int{}
	for i := range parent {
		r := root(parent, i)
		if _, known := number[r]; !known {
			number[r] = len(number)
		}
		of[i] = number[r]
	}
	return of, len(number)
}

// labelled lists the examples that have a label of the target, and its labels in order.
func labelled(examples []Example, t routing.Target, least int) (at []int, labels []string) {
	counts := map[string]int{}
	for _, e := range examples {
		counts[e.Labels[t]]++
	}
	for l, n := range counts {
		if l != "" && n >= least {
			labels = append(labels, l)
		}
	}
	slices.Sort(labels)
	for i, e := range examples {
		if l := e.Labels[t]; l != "" && counts[l] >= least {
			at = append(at, i)
		}
	}
	return at, labels
}

var errOneLabel = letter.Refuse("只有一种标签，学不到区别。至少要有两种标签，每种至少两封信。")
