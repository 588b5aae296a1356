package meili

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/search"
)

// withNearest adds to a first page that the exact letters do not fill those that hold the most of what was asked.
func (x *Index) withNearest(ctx context.Context, q search.Query, asked question, f filter, result search.Result) (search.Result, error) {
	near := x.near(q.Text)
	if len(near.words) == 0 || len(asked.words) == 1 {
		return result, nil // nothing to leave out
	}
	exact, err := x.exactNumbers(ctx, q, asked, f, result)
	if err != nil {
		return result, err
	}
	if len(exact) > 0 {
		f = f.and(notAmong(idField, exact))
	}
	numbers, counted, err := x.nearest(ctx, q, near, f)
	if err != nil || len(numbers) == 0 {
		return result, err
	}
	result.Total += len(numbers)
	if !q.NoFacets {
		result.Facets = added(result.Facets, counted)
	}
	from := (q.Page-1)*q.PerPage - result.Exact
	to := min(from+q.PerPage, len(numbers))
	if from = max(from, 0); from >= to {
		return result, nil
	}
	hits, err := x.read(ctx, numbers[from:to], q, asked)
	result.Hits = append(result.Hits, hits...)
	return result, err
}

// exactNumbers are the numbers of all exact letters: fewer than a page, but perhaps not on the page asked for.
func (x *Index) exactNumbers(ctx context.Context, q search.Query, asked question, f filter, result search.Result) ([]string, error) {
	if q.Page > 1 && result.Exact > 0 {
		first := q
		first.Page, first.NoFacets, first.NoMarks = 1, true, true
		var err error
		if result, err = x.exact(ctx, first, asked, f); err != nil {
			return nil, err
		}
	}
	var all []string
	for _, hit := range result.Hits {
		all = append(all, hit.Number)
	}
	return all, nil
}

// nearest finds the numbers of the letters that hold the most of the words, the commonest left out first, with what each
// of them counts for in the facets: the server would count those beyond the bound as well.
func (x *Index) nearest(ctx context.Context, q search.Query, near question, f filter) ([]string, map[string]map[string]int, error) {
	found, err := x.find(ctx, func() *meilisearch.SearchRequest {
		size := int64(search.MaxNearest)
		return &meilisearch.SearchRequest{
			Query: near.text(), MatchingStrategy: meilisearch.Frequency, Filter: f.value(), Sort: orderOf(q),
			Page: 1, HitsPerPage: &size, AttributesToRetrieve: append([]string{idField}, facetFields()...),
		}
	})
	if err != nil {
		return nil, nil, err
	}
	var numbers []string
	counted := map[string]map[string]int{}
	for _, hit := range found.Hits {
		for field, raw := range hit {
			var value string
			if err := json.Unmarshal(raw, &value); err != nil {
				return nil, nil, fmt.Errorf("search: field %s: %w", field, err)
			}
			if field == idField {
				numbers = append(numbers, value)
				continue
			}
			if counted[field] == nil {
				counted[field] = map[string]int{}
			}
			counted[field][value]++
		}
	}
	return numbers, counted, nil
}

// added is facets with further counts.
func added(facets map[string][]search.Facet, counted map[string]map[string]int) map[string][]search.Facet {
	for field, name := range facetNames {
		for _, facet := range facets[name] {
			if counted[field] == nil {
				counted[field] = map[string]int{}
			}
			counted[field][facet.ID] += facet.Count
		}
	}
	return sortedFacets(counted)
}

// read gives the letters of these numbers as hits, in their order.
func (x *Index) read(ctx context.Context, numbers []string, q search.Query, asked question) ([]search.Hit, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	found, err := x.find(ctx, func() *meilisearch.SearchRequest {
		size := int64(len(numbers))
		return &meilisearch.SearchRequest{
			Filter: filter{among(idField, numbers)}.value(), Page: 1, HitsPerPage: &size, AttributesToRetrieve: []string{letterField},
		}
	})
	if err != nil {
		return nil, err
	}
	hits, err := x.show(found.Hits, q, asked)
	if err != nil {
		return nil, err
	}
	byNumber := make(map[string]search.Hit, len(hits))
	for _, hit := range hits {
		byNumber[hit.Number] = hit
	}
	ordered := make([]search.Hit, 0, len(hits))
	for _, number := range numbers {
		if hit, ok := byNumber[number]; ok { // else it was taken out between the two questions
			ordered = append(ordered, hit)
		}
	}
	return ordered, nil
}
