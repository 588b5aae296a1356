package meili

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/search"
)

// Search answers a question: by the number or the source's id that it may be, else by its words.
func (x *Index) Search(ctx context.Context, q search.Query) (search.Result, error) {
	began := time.Now()
	if err := x.open(ctx); err != nil {
		return search.Result{}, err
	}
	q, err := q.Check()
	if err != nil {
		return search.Result{}, err
	}
	if err := x.connect(ctx); err != nil {
		return search.Result{}, err
	}
	reader := x.reader()
	result, err := reader.Improve(ctx, q, search.Asking{
		Search: func(ctx context.Context, q search.Query) (search.Result, error) { return x.asRead(ctx, reader, q) },
		Exact:  x.count,
	})
	if err != nil {
		return search.Result{}, x.lost(err)
	}
	result.Took = time.Since(began)
	return result, nil
}

// asRead answers a question with the pinyin in it read, but no mistake corrected.
func (x *Index) asRead(ctx context.Context, reader search.Reader, q search.Query) (search.Result, error) {
	var read []search.Reading
	if !q.Exactly {
		q.Text, read = heard(q.Text, reader.Hear(q.Text))
	}
	result, err := x.answer(ctx, q)
	if q.NoFacets {
		result.Facets = nil
	}
	result.Read = read
	return result, err
}

// count is how many letters hold everything asked for.
func (x *Index) count(ctx context.Context, q search.Query) (int, error) {
	f, ok := filterOf(q)
	asked := x.questionOf(q.Text)
	if !ok || len(asked.words) == 0 {
		return 0, nil
	}
	q.Page, q.PerPage, q.NoFacets = 1, 1, true
	result, err := x.exact(ctx, q, asked, f)
	return result.Exact, err
}

func (x *Index) answer(ctx context.Context, q search.Query) (search.Result, error) {
	none := search.Result{Facets: map[string][]search.Facet{}}
	f, ok := filterOf(q)
	if !ok {
		return none, nil
	}
	if q.Text == "" {
		return x.exact(ctx, q, question{}, f)
	}
	asked := x.questionOf(q.Text)
	if asked.code != "" {
		code := quoted(asked.code)
		result, err := x.exact(ctx, q, question{}, f.and(idField+" = "+code+" OR "+sourceField+" = "+code))
		if err != nil || result.Total > 0 {
			return result, err
		}
	}
	if len(asked.words) == 0 {
		return none, nil
	}
	result, err := x.exact(ctx, q, asked, f)
	if err != nil || result.Exact >= q.PerPage {
		return result, err
	}
	return x.withNearest(ctx, q, asked, f, result)
}

// exact finds the letters that hold everything.
func (x *Index) exact(ctx context.Context, q search.Query, asked question, f filter) (search.Result, error) {
	found, err := x.find(ctx, func() *meilisearch.SearchRequest {
		size := int64(q.PerPage)
		r := &meilisearch.SearchRequest{
			Query: asked.text(), MatchingStrategy: meilisearch.All, Filter: f.value(), Sort: orderOf(q),
			Page: int64(q.Page), HitsPerPage: &size, AttributesToRetrieve: []string{letterField},
		}
		if !q.NoFacets {
			r.Facets = facetFields()
		}
		return r
	})
	if err != nil {
		return search.Result{}, err
	}
	facets, err := facetsOf(found)
	if err != nil {
		return search.Result{}, err
	}
	hits, err := x.show(found.Hits, q, asked)
	for i := range hits {
		hits[i].Exact = true
	}
	n := int(found.TotalHits)
	return search.Result{Total: n, Exact: n, Hits: hits, Facets: facets}, err
}

// find makes one search. The client changes the request it is given, so each try has one of its own.
func (x *Index) find(ctx context.Context, request func() *meilisearch.SearchRequest) (*meilisearch.SearchResponse, error) {
	var found *meilisearch.SearchResponse
	err := x.server.ask(ctx, func(ctx context.Context) (err error) {
		found, err = x.server.search.Index(lettersUID).SearchWithContext(ctx, "", request())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// orderOf is the order the server is asked for; none lets it rank by the words, and then by the time of the answer.
func orderOf(q search.Query) []string {
	switch q.Sort {
	case search.Newest:
		return []string{answeredField + ":desc"}
	case search.Oldest:
		return []string{answeredField + ":asc"}
	}
	return nil
}

// facetNames says as what each facet's field is known to readers.
var facetNames = map[string]string{
	unitField: search.DepartmentFacet, categoryField: search.CategoryFacet, kindField: search.KindFacet,
	districtField: search.DistrictFacet, yearField: search.YearFacet,
}

func facetFields() []string {
	return []string{unitField, categoryField, kindField, districtField, yearField}
}

func facetsOf(found *meilisearch.SearchResponse) (map[string][]search.Facet, error) {
	if len(found.FacetDistribution) == 0 {
		return nil, nil
	}
	var counted map[string]map[string]int
	if err := json.Unmarshal(found.FacetDistribution, &counted); err != nil {
		return nil, fmt.Errorf("search: facets: %w", err)
	}
	return sortedFacets(counted), nil
}

// sortedFacets are the counts by field as readers see them: most frequent first, then by id.
func sortedFacets(counted map[string]map[string]int) map[string][]search.Facet {
	all := map[string][]search.Facet{}
	for field, counts := range counted {
		var facets []search.Facet
		for id, count := range counts {
			facets = append(facets, search.Facet{ID: id, Count: count})
		}
		slices.SortFunc(facets, func(a, b search.Facet) int {
			if a.Count != b.Count {
				return b.Count - a.Count
			}
			return strings.Compare(a.ID, b.ID)
		})
		all[facetNames[field]] = facets
	}
	return all
}

// show makes hits of what the server found.
func (x *Index) show(found meilisearch.Hits, q search.Query, asked question) ([]search.Hit, error) {
	var marks []string
	if !q.NoMarks {
		marks = x.marked(asked)
	}
	finder := search.NewFinder(marks)
	var page []search.Hit
	for _, hit := range found {
		var d search.Document
		if err := json.Unmarshal(hit[letterField], &d); err != nil {
			return nil, fmt.Errorf("search: a letter as it is kept: %w", err)
		}
		page = append(page, hitOf(d, finder))
	}
	return page, nil
}

func hitOf(d search.Document, finder *search.Finder) search.Hit {
	snippet, weight := search.Excerpt(d.Reply, finder.Find(d.Reply))
	if other, better := search.Excerpt(d.Body, finder.Find(d.Body)); better > weight || d.Reply == "" {
		snippet = other
	}
	return search.Hit{
		Number: d.Number, Title: d.Title, Heading: search.Mark(d.Title, finder.Find(d.Title)), Snippet: snippet,
		Unit: d.Unit, Category: d.Category, Kind: d.Kind, Column: d.Column, Answered: d.Answered, SourceID: d.SourceID,
	}
}
