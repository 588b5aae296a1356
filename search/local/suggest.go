package local

import (
	"context"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"huiyin/search"
)

// Suggest finds titles that hold every word typed, newest answer first.
//
// Still thin: no words, no pinyin, nothing that is typed halfway but for its characters, and no watch on the deadline
// beyond the context's own.
func (x *Index) Suggest(ctx context.Context, typed search.Typed) ([]search.Suggestion, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	typed = typed.Check()
	terms, err := x.terms(typed.Text)
	if err != nil || len(terms) == 0 {
		return nil, err
	}
	// Twice as many, because one title stands over several letters.
	request := bleve.NewSearchRequestOptions(inTitle(terms), 2*typed.Most, 0, false)
	request.SortBy([]string{"-" + answeredField})
	found, err := x.run(ctx, request)
	if err != nil {
		return nil, err
	}
	hits, err := x.show(ctx, found.Hits, question{terms: terms})
	if err != nil {
		return nil, err
	}
	return titlesOf(hits, typed.Most), nil
}

func inTitle(terms []string) query.Query {
	words := make([]query.Query, len(terms))
	for i, one := range terms {
		words[i] = term(titleField, one, 1)
	}
	return bleve.NewConjunctionQuery(words...)
}

// titlesOf are the titles of letters, each once.
func titlesOf(hits []search.Hit, most int) []search.Suggestion {
	var all []search.Suggestion
	seen := map[string]bool{}
	for _, hit := range hits {
		if seen[hit.Title] || len(all) == most {
			continue
		}
		seen[hit.Title] = true
		all = append(all, search.Suggestion{Text: hit.Title, Heading: hit.Heading, Number: hit.Number})
	}
	return all
}
