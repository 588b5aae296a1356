package meili

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/internal/segment"
	"huiyin/search"
)

// version is raised when the settings or what is written of a letter change, so that older indexes are rebuilt.
const version = 1

const (
	maxTotal  = 10_000_000 // above any archive, so that totals are true
	maxFacets = 2_000      // more than a city has units or categories
	// cutoff is when the server gives what it has, in milliseconds; before the client gives up.
	cutoff = 1_500
)

// cutter is a segmenter with the words it was made with, and the edition of an index cut with it.
type cutter struct {
	*segment.Segmenter
	words   []string // sorted, each once
	edition string
}

func newCutter(cut func(words []string) (*segment.Segmenter, error), words []string) (*cutter, error) {
	segmenter, err := cut(words)
	if err != nil {
		return nil, err
	}
	words = wordSet(words)
	sum := sha256.Sum256(fmt.Append(nil, version, segmenter.Index(probe), words))
	return &cutter{Segmenter: segmenter, words: words, edition: "huiyin" + hex.EncodeToString(sum[:6])}, nil
}

// probe holds what the analysis treats in its own ways.
const probe = "化工厂污水处理，身份證辦理；ＩＰ１５ café 12345 热线、公交K902路"

// wordSet is the words in an order that does not depend on how they came, each once.
func wordSet(words []string) []string {
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

// An index says of itself how it was cut and whether it is whole, by a mark in a setting that changes nothing: the words
// that may not be mistyped. So the mark changes places with the index, and no letter must be made for it. It is the
// edition and a word of the rebuild's own.
const (
	markGap    = "x" // stands in no hexadecimal number
	unfinished = "huiyin"
)

func newMark(c *cutter) string {
	var own [6]byte
	rand.Read(own[:]) // never fails
	return c.edition + markGap + hex.EncodeToString(own[:])
}

// settings are those of an index. The client leaves empty members out and sends partly filled ones as zeros, so all of
// the inner ones are filled.
func settings(c *cutter, vocabulary search.Vocabulary, mark string) *meilisearch.Settings {
	prefix := "disabled" // 1234 is not the beginning of 12345, and a word typed to its end is meant
	return &meilisearch.Settings{
		// The order asked for goes before the words: newest is newest. Without one it decides nothing.
		RankingRules:         []string{"sort", "words", "typo", "proximity", "attribute", "exactness", answeredField + ":desc"},
		SearchableAttributes: []string{titleField, answerField, bodyField, termsField},
		DisplayedAttributes:  []string{idField, letterField, unitField, categoryField, kindField, districtField, yearField},
		FilterableAttributes: []string{idField, sourceField, unitField, categoryField, kindField, districtField, yearField, answeredField},
		SortableAttributes:   []string{answeredField},
		// One locale means no guessing of languages.
		LocalizedAttributes: []*meilisearch.LocalizedAttributes{{AttributePatterns: []string{"*"}, Locales: []string{"cmn"}}},
		StopWords:           segment.StopWords(),
		Dictionary:          officialNames(c),
		Synonyms:            synonyms(c, vocabulary),
		TypoTolerance: &meilisearch.TypoTolerance{
			Enabled:             true,
			MinWordSizeForTypos: meilisearch.MinWordSizeForTypos{OneTypo: 5, TwoTypos: 9},
			DisableOnWords:      []string{mark},
			DisableOnAttributes: []string{idField, sourceField},
			DisableOnNumbers:    true,
		},
		Pagination: &meilisearch.Pagination{MaxTotalHits: maxTotal},
		Faceting: &meilisearch.Faceting{
			MaxValuesPerFacet: maxFacets, SortFacetValuesBy: map[string]meilisearch.SortFacetType{"*": meilisearch.SortFacetTypeCount},
		},
		PrefixSearch:   &prefix,
		SearchCutoffMs: cutoff,
	}
}

// officialNames are the words that the server keeps whole. It takes them out of a text before it cuts, wherever they
// stand, so only long ones are safe.
func officialNames(c *cutter) []string {
	var names []string
	for _, word := range c.words {
		if utf8.RuneCountInString(word) >= 4 {
			names = append(names, folded(word, c.Index(word)))
		}
	}
	return wordSet(names)
}

// synonyms says of each word of a group all others, as the letters are written in the index.
func synonyms(c *cutter, vocabulary search.Vocabulary) map[string][]string {
	all := map[string][]string{}
	for _, group := range vocabulary.Synonyms {
		for i, word := range group {
			key := folded(word, c.Index(word))
			for j, other := range group {
				if i != j {
					all[key] = append(all[key], folded(other, c.Index(other)))
				}
			}
		}
	}
	for word, others := range all {
		all[word] = slices.DeleteFunc(wordSet(others), func(other string) bool { return other == word })
	}
	return all
}
