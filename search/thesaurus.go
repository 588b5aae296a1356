package search

import (
	"slices"
	"strings"

	"huiyin/internal/segment"
)

// Thesaurus is a Vocabulary made ready to be looked up: every word as it is compared, Simplified and narrow. The zero
// Thesaurus, and a nil one, know nothing.
type Thesaurus struct {
	others map[string][]string
	weak   map[string]bool
}

// NewThesaurus reads the synonyms and weak words of a vocabulary. A word in several groups means all of theirs.
func NewThesaurus(v Vocabulary) *Thesaurus {
	t := &Thesaurus{others: map[string][]string{}, weak: map[string]bool{}}
	for _, word := range v.Weak {
		t.weak[folded(word)] = true
	}
	for _, group := range v.Synonyms {
		for _, word := range group {
			t.add(folded(word), group)
		}
	}
	return t
}

func (t *Thesaurus) add(word string, group []string) {
	for _, other := range group {
		other = folded(other)
		if word != "" && other != "" && other != word && !slices.Contains(t.others[word], other) {
			t.others[word] = append(t.others[word], other)
		}
	}
}

// Others are the words that mean the same, without the word itself.
func (t *Thesaurus) Others(word string) []string {
	if t == nil {
		return nil
	}
	return t.others[word]
}

// Weak says that the word tells no letters apart.
func (t *Thesaurus) Weak(word string) bool { return t != nil && t.weak[word] }

// folded is a text as words are compared: its runs, with a space between them.
func folded(text string) string {
	var all []string
	for _, run := range segment.Runs(text) {
		all = append(all, run.Term)
	}
	return strings.Join(all, " ")
}
