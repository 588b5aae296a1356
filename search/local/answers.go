package local

import (
	"container/list"
	"maps"
	"slices"
	"sync"

	"huiyin/search"
)

const (
	// keptAnswers bounds how many are kept: some 10 kB each.
	keptAnswers = 1_000
	// keptText is the longest text of a question, in bytes, whose answer is kept: the long ones are asked once.
	keptText = 120
	// keptHits is the longest page that is kept.
	keptHits = 20
)

// answers are those of one generation, the last ones asked for. The zero value is ready.
type answers struct {
	mu         sync.Mutex
	generation uint64
	kept       map[search.Query]*list.Element
	order      *list.List // of *answer, the last asked in front
}

type answer struct {
	query  search.Query
	result search.Result
}

func keeps(q search.Query) bool { return len(q.Text) <= keptText && q.PerPage <= keptHits }

// find gives the answer of the generation to a checked query.
func (a *answers) find(generation uint64, q search.Query) (search.Result, bool) {
	if !keeps(q) {
		return search.Result{}, false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.generation != generation {
		return search.Result{}, false
	}
	at := a.kept[q]
	if at == nil {
		return search.Result{}, false
	}
	a.order.MoveToFront(at)
	return own(at.Value.(*answer).result), true
}

// keep keeps an answer that was found under a generation read before. Those of an older one are forgotten.
func (a *answers) keep(generation uint64, q search.Query, r search.Result) {
	if !keeps(q) {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.kept == nil || generation > a.generation {
		a.generation, a.kept, a.order = generation, map[search.Query]*list.Element{}, list.New()
	}
	if generation < a.generation || a.kept[q] != nil {
		return
	}
	a.kept[q] = a.order.PushFront(&answer{q, own(r)})
	if a.order.Len() > keptAnswers {
		last := a.order.Back()
		delete(a.kept, a.order.Remove(last).(*answer).query)
	}
}

// own is a result that can be changed without changing the one given.
func own(r search.Result) search.Result {
	r.Hits, r.Facets = slices.Clone(r.Hits), maps.Clone(r.Facets)
	return r
}
