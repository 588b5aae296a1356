package eval

import (
	"context"
	"math/rand/v2"

	"huiyin/internal/segment"
	"huiyin/search"
)

const (
	sampled   = 5_000 // words asked for
	longest   = 8     // characters of a word looked for
	maxListed = 20    // words named that find nothing
)

// standing is a dictionary word that stands in a letter.
type standing struct{ word, number string }

// words asks for a sample of the dictionary words that stand in the letters, always the same, and gives the share that
// find the letter they stand in as one that holds everything asked for.
func words(ctx context.Context, index search.Index, documents []search.Document) (float64, []string, error) {
	known, err := dictionary()
	if err != nil {
		return 0, nil, err
	}
	all := sample(documents, known)
	found := 0
	var missing []string
	for _, one := range all {
		result, err := index.Search(ctx, search.Query{Text: one.word, Department: one.number, PerPage: 1, NoFacets: true, NoMarks: true, Exactly: true})
		if err != nil {
			return 0, nil, err
		}
		if result.Exact == 1 {
			found++
			continue
		}
		if len(missing) < maxListed {
			missing = append(missing, one.word)
		}
	}
	if len(all) == 0 {
		return 0, nil, nil
	}
	// Not rounded: 4,999 of 5,000 are not all.
	return float64(found) / float64(len(all)), missing, nil
}

func dictionary() (map[string]bool, error) {
	list, err := segment.Dictionary()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for word := range list {
		known[word] = true
	}
	return known, nil
}

// sample draws from all places where a word stands in a letter.
func sample(documents []search.Document, known map[string]bool) []standing {
	random := rand.New(rand.NewPCG(5, 2026))
	var kept []standing
	met := 0
	for _, d := range documents {
		seen := map[string]bool{}
		for _, text := range []string{d.Title, d.Body, d.Reply} {
			eachWord(segment.Fold(text), known, func(word string) {
				if seen[word] {
					return
				}
				seen[word] = true
				met++
				one := standing{word, d.Number}
				if len(kept) < sampled {
					kept = append(kept, one)
				} else if at := random.IntN(met); at < sampled {
					kept[at] = one
				}
			})
		}
	}
	return kept
}

// eachWord finds the dictionary words that stand in a text, but not those that begin or end inside a run of letters.
func eachWord(text segment.Folded, known map[string]bool, use func(string)) {
	for from := range text.Len() {
		if text.InRun(from) && text.InRun(from-1) {
			continue
		}
		word := make([]rune, 0, longest)
		for to := from; to < min(from+longest, text.Len()); to++ {
			word = append(word, text.At(to))
			if text.InRun(to) && text.InRun(to+1) {
				continue
			}
			if known[string(word)] {
				use(string(word))
			}
		}
	}
}
