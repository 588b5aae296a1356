package local

import (
	"strings"
	"sync"

	"huiyin/internal/segment"
	"huiyin/search"
)

// thesaurus is a vocabulary's synonyms and weak words, cut as questions are.
type thesaurus struct {
	others  map[string][]alternative // by the terms of a word, joined
	longest int                      // of these, in terms
	weak    map[string]bool
}

// understood keeps the thesaurus of the last vocabulary, as the last segmenter cuts it.
type understood struct {
	mu         sync.Mutex
	vocabulary *search.Vocabulary
	cut        *segment.Segmenter
	thesaurus  *thesaurus
}

func (x *Index) thesaurus(cut *segment.Segmenter) *thesaurus {
	now := x.vocabulary.Load()
	x.understood.mu.Lock()
	defer x.understood.mu.Unlock()
	if x.understood.vocabulary != now || x.understood.cut != cut {
		x.understood.vocabulary, x.understood.cut, x.understood.thesaurus = now, cut, newThesaurus(now, cut.Query)
	}
	return x.understood.thesaurus
}

// forget lets the last segmenter go, which is a hundred megabytes.
func (u *understood) forget() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.vocabulary, u.cut, u.thesaurus = nil, nil, nil
}

func newThesaurus(v *search.Vocabulary, cut func(string) []string) *thesaurus {
	t := &thesaurus{others: map[string][]alternative{}, weak: map[string]bool{}}
	for _, same := range v.Synonyms {
		for i, word := range same {
			terms := cut(word)
			if len(terms) == 0 {
				continue
			}
			t.longest = max(t.longest, len(terms))
			for k, other := range same {
				if terms := cut(other); k != i && len(terms) > 0 {
					t.others[joined(cut(word))] = append(t.others[joined(cut(word))], alternative{terms: terms, weight: synonymWeight})
				}
			}
		}
	}
	for _, word := range v.Weak {
		for _, term := range cut(word) {
			t.weak[term] = true
		}
	}
	return t
}

func joined(terms []string) string { return strings.Join(terms, " ") }

// groups are the terms of a question with their synonyms, the longest first: 公共 租赁 住房 is one word here.
func (t *thesaurus) groups(terms []string) []group {
	var all []group
	for at := 0; at < len(terms); {
		n := min(t.longest, len(terms)-at)
		for n > 1 && t.others[joined(terms[at:at+n])] == nil {
			n--
		}
		n = max(n, 1)
		typed := terms[at : at+n]
		weight, weak := 1.0, n == 1 && t.weak[typed[0]]
		if weak {
			weight = weakWeight
		}
		one := group{alternatives: []alternative{{terms: typed, weight: weight}}, weak: weak}
		one.alternatives = append(one.alternatives, t.others[joined(typed)]...)
		all = append(all, one)
		at += n
	}
	return all
}
