package routing

// role is what a phrase speaks for.
type role uint8

const (
	forUnit role = iota
	forCategory
	namesUnit
	namesPlace
	forLocal
	forKind
	inGroup // belongs to a word group of a pattern
)

// evidence says whether the role counts towards a unit or category; a longer
// phrase of evidence hides the shorter ones inside it.
func (r role) evidence() bool { return r <= forLocal }

type effect struct {
	role   role
	target int32 // index of unit, category, kind or group
	points float64
}

type phrase struct {
	length   int // characters
	effects  []effect
	evidence bool
}

// lexicon finds all phrases of the rules in a text in one walk: a trie over
// characters, its edges in one map so that thousands of phrases stay small.
type lexicon struct {
	edges   map[uint64]int32
	ends    []int32 // by node: phrase that ends there, or -1
	phrases []phrase
}

func newLexicon() *lexicon {
	return &lexicon{edges: map[uint64]int32{}, ends: []int32{-1}}
}

func edge(node int32, r rune) uint64 { return uint64(node)<<21 | uint64(r) }

// add gives the phrase one more effect; of two alike the stronger stays.
func (x *lexicon) add(text string, e effect) {
	key := fold(text)
	if len(key) == 0 {
		return
	}
	p := &x.phrases[x.phrase(key)]
	p.evidence = p.evidence || e.role.evidence()
	for i := range p.effects {
		old := &p.effects[i]
		if old.role == e.role && old.target == e.target {
			if stronger(e.points, old.points) {
				old.points = e.points
			}
			return
		}
	}
	p.effects = append(p.effects, e)
}

func stronger(a, b float64) bool { return a*a > b*b }

func (x *lexicon) phrase(key []rune) int32 {
	node := int32(0)
	for _, r := range key {
		next, ok := x.edges[edge(node, r)]
		if !ok {
			next = int32(len(x.ends))
			x.ends = append(x.ends, -1)
			x.edges[edge(node, r)] = next
		}
		node = next
	}
	if x.ends[node] < 0 {
		x.ends[node] = int32(len(x.phrases))
		x.phrases = append(x.phrases, phrase{length: len(key)})
	}
	return x.ends[node]
}

// match is a phrase found at [start,end) of the folded text.
type match struct {
	phrase     int32
	start, end int32
}

// find appends all matches in text, by start and at one start the longest first.
func (x *lexicon) find(text []rune, found []match) []match {
	for start := range text {
		node, first := int32(0), len(found)
		for i := start; i < len(text); i++ {
			next, ok := x.edges[edge(node, text[i])]
			if !ok {
				break
			}
			node = next
			if p := x.ends[node]; p >= 0 {
				found = append(found, match{p, int32(start), int32(i + 1)})
			}
		}
		for i, j := first, len(found)-1; i < j; i, j = i+1, j-1 {
			found[i], found[j] = found[j], found[i]
		}
	}
	return found
}
