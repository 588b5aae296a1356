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

// answers are those of one state, the last ones asked for. The zero value is ready.
type answers struct {
	mu    sync.Mutex
	state state
	kept  map[search.Query]*list.Element
	order *list.List // of *answer, the last asked in front
}

// state is all that an answer depends on: the letters and words of a generation, and the lexicon, which follows later.
type state struct {
	generation uint64
	words      *listed
}

func (x *Index) state() state { return state{x.Generation(), x.words.current.Load()} }

type answer struct {
	query  search.Query
	result search.Result
}

func keeps(q search.Query) bool { return len(q.Text) <= keptText && q.PerPage <= keptHits }

// find gives the answer of a state to a checked query.
func (a *answers) find(of state, q search.Query) (search.Result, bool) {
	if !keeps(q) {
		return search.Result{}, false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.state != of {
		return search.Result{}, false
	}
	at := a.kept[q]
	if at == nil {
		return search.Result{}, false
	}
	a.order.MoveToFront(at)
	return own(at.Value.(*answer).result), true
}

// keep keeps an answer that was found in a state read before, and forgets those of another.
func (a *answers) keep(of state, q search.Query, r search.Result) {
	if !keeps(q) {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.kept == nil || a.state != of {
		a.state, a.kept, a.order = of, map[search.Query]*list.Element{}, list.New()
	}
	if a.kept[q] != nil {
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
	r.MayMean, r.Read = slices.Clone(r.MayMean), slices.Clone(r.Read)
	return r
}
