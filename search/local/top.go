package local

import (
	"container/heap"
	"math"
	"slices"

	"huiyin/search"
)

// place is a letter found.
type place struct {
	key      float64 // what it is ordered by, the greatest first
	answered int64
	tie      uint64
	part     int
	letter   uint32
	exact    bool
}

// before says whether a stands before b: what is alike in its key by the newest answer, then by its number.
func (a place) before(b place) bool {
	if a.key != b.key {
		return a.key > b.key
	}
	if a.answered != b.answered {
		return a.answered > b.answered
	}
	return a.tie < b.tie
}

// top keeps the best places met, at most so many. It is a heap with the worst in front.
type top struct {
	most   int
	places []place
}

func (t *top) Len() int           { return len(t.places) }
func (t *top) Less(i, k int) bool { return t.places[k].before(t.places[i]) }
func (t *top) Swap(i, k int)      { t.places[i], t.places[k] = t.places[k], t.places[i] }
func (t *top) Push(one any)       { t.places = append(t.places, one.(place)) }
func (t *top) Pop() any {
	last := len(t.places) - 1
	one := t.places[last]
	t.places = t.places[:last]
	return one
}

// hopeless says that a key is too small to be kept.
func (t *top) hopeless(key float64) bool {
	return t.most == 0 || len(t.places) == t.most && key < t.places[0].key
}

func (t *top) keep(one place) {
	switch {
	case t.most == 0:
	case len(t.places) < t.most:
		heap.Push(t, one)
	case one.before(t.places[0]):
		t.places[0] = one
		heap.Fix(t, 0)
	}
}

// sorted are the places kept, best first.
func (t *top) sorted() []place {
	all := slices.Clone(t.places)
	slices.SortFunc(all, func(a, b place) int {
		switch {
		case a.before(b):
			return -1
		case b.before(a):
			return 1
		}
		return 0
	})
	return all
}

// keyOfTime is the key of an answer's time in an order; those of an unknown time stand last in each.
func keyOfTime(sort search.Sort, answered int64) float64 {
	switch {
	case answered == unknownTime:
		return math.Inf(-1)
	case sort == search.Oldest:
		return -float64(answered)
	}
	return float64(answered)
}
