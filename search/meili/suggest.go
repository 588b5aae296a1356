package meili

import (
	"context"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/search"
)

// Suggest finds titles that hold every word typed, newest answer first.
func (x *Index) Suggest(ctx context.Context, typed search.Typed) ([]search.Suggestion, error) {
	if err := x.connect(ctx); err != nil {
		return nil, err
	}
	typed = typed.Check()
	asked := x.questionOf(typed.Text)
	if len(asked.words) == 0 {
		return nil, nil
	}
	found, err := x.find(ctx, func() *meilisearch.SearchRequest {
		return &meilisearch.SearchRequest{
			// Twice as many, because one title stands over several letters.
			Query: asked.text(), MatchingStrategy: meilisearch.All, Limit: int64(2 * typed.Most), AttributesToSearchOn: []string{titleField},
			Sort: []string{answeredField + ":desc"}, AttributesToRetrieve: []string{letterField},
		}
	})
	if err != nil {
		return nil, x.lost(err)
	}
	hits, err := x.show(found.Hits, search.Query{}, asked)
	if err != nil {
		return nil, err
	}
	return titlesOf(hits, typed.Most), nil
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
