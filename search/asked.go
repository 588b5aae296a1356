package search

import (
	"slices"
	"strings"

	"huiyin/internal/segment"
)

// Asked is a text as an index is asked for it: what stands in it, with what may stand for it in a letter.
type Asked struct {
	// Rest is the text without the stretches that have alternatives.
	Rest string
	// Groups are stretches with alternatives; a letter should hold one of each group.
	Groups []Group
	Read   []Reading // of the groups that were typed as pinyin
}

// Group is what may stand for one stretch of a text, likeliest first.
type Group struct {
	Words []string
	// Typed says that the first of the words is what was typed, and the others are its synonyms. Otherwise none was:
	// what was typed is pinyin.
	Typed bool
}

// maxJoined is how many pieces of a cut text may be one word of the thesaurus.
const maxJoined = 6

// Reader reads what people type. Its parts may be nil.
type Reader struct {
	Cut     *segment.Segmenter
	Lexicon *Lexicon
	Words   *Thesaurus
	// Known says that a run of Latin letters is a word of the letters, and no pinyin.
	Known func(run string) bool
}

// Read finds the stretches of the text that have alternatives: pinyin, and words with synonyms.
func (r Reader) Read(text string) Asked {
	heard := r.Lexicon.Hear(text, r.Known, r.Words.Weak)
	var asked Asked
	at := 0
	for _, one := range heard {
		asked.synonyms(r, text[at:one.Start])
		for _, group := range one.Groups {
			asked.Groups = append(asked.Groups, Group{Words: r.with(group)})
		}
		asked.Read = append(asked.Read, one.Reading())
		at = one.End
	}
	asked.synonyms(r, text[at:])
	return asked
}

// with adds the synonyms of the words.
func (r Reader) with(words []string) []string {
	all := slices.Clone(words)
	for _, word := range words {
		for _, other := range r.Words.Others(word) {
			if !slices.Contains(all, other) {
				all = append(all, other)
			}
		}
	}
	return all
}

// synonyms takes the words with synonyms out of a stretch without pinyin, and leaves its rest.
func (a *Asked) synonyms(r Reader, text string) {
	if r.Words == nil || len(r.Words.others) == 0 || r.Cut == nil {
		a.Rest += " " + text
		return
	}
	pieces := r.Cut.Pieces(text)
	at := 0
	for i := 0; i < len(pieces); {
		word, n := r.Words.longest(text, pieces[i:])
		if n == 0 {
			i++
			continue
		}
		a.Groups = append(a.Groups, Group{Words: append([]string{word}, r.Words.Others(word)...), Typed: true})
		a.Rest += " " + text[at:pieces[i].Start]
		i += n
		at = pieces[i-1].End
	}
	a.Rest += " " + text[at:]
}

// longest is the longest word with synonyms that the pieces begin with, and of how many pieces it is.
func (t *Thesaurus) longest(text string, pieces []segment.Token) (string, int) {
	word, found, n := "", "", 0
	for i, piece := range pieces[:min(len(pieces), maxJoined)] {
		if i > 0 {
			if gap := text[pieces[i-1].End:piece.Start]; strings.TrimSpace(gap) != "" {
				break
			} else if gap != "" || !isHanText(piece.Term) || !isHanText(pieces[i-1].Term) {
				word += " "
			}
		}
		word += piece.Term
		if len(t.others[word]) > 0 {
			found, n = word, i+1
		}
	}
	return found, n
}
