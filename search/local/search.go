package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/blevesearch/bleve/v2"
	hits "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"huiyin/search"
)

// maxFacets is more than a city has departments or categories.
const maxFacets = 2_000

// Search answers a question.
func (x *Index) Search(ctx context.Context, q search.Query) (search.Result, error) {
	began := time.Now()
	if err := ctx.Err(); err != nil {
		return search.Result{}, err
	}
	q, err := q.Check()
	if err != nil {
		return search.Result{}, err
	}
	asked, err := x.questionOf(q.Text)
	if err != nil {
		return search.Result{}, err
	}
	found, way, err := x.find(ctx, q, asked)
	if err != nil {
		return search.Result{}, err
	}
	marked := way.question
	if q.NoMarks {
		marked = question{}
	}
	page, err := x.show(ctx, found.Hits, marked)
	if err != nil {
		return search.Result{}, err
	}
	result := search.Result{Total: int(found.Total), Hits: page, Facets: facetsOf(found, q)}
	if !way.loose {
		result.Exact = result.Total
	}
	for i := range page {
		page[i].Exact = !way.loose
	}
	result.Took = time.Since(began)
	return result, nil
}

// find asks ever less strictly until something is found, and says in which way it was.
func (x *Index) find(ctx context.Context, q search.Query, asked question) (*bleve.SearchResult, attempt, error) {
	if q.Text == "" {
		found, err := x.run(ctx, pageOf(q, nil))
		return found, attempt{}, err
	}
	var found *bleve.SearchResult
	for _, way := range x.attempts(asked) {
		var err error
		found, err = x.run(ctx, pageOf(q, way.matching()))
		if err != nil {
			return nil, attempt{}, err
		}
		if found.Total > 0 {
			return found, way, nil
		}
	}
	return found, attempt{}, nil
}

// facetFields are the fields that facets are counted in.
var facetFields = map[string]string{
	search.DepartmentFacet: unitField, search.CategoryFacet: categoryField, search.KindFacet: kindField,
	search.DistrictFacet: districtField, search.YearFacet: yearField,
}

// orderOf is the order of the letters found, as bleve writes it; letters without time of answer stand last in each.
func orderOf(q search.Query) []string {
	switch {
	case q.Sort == search.Oldest:
		return []string{answeredField}
	case q.Sort == search.Newest, q.Text == "":
		return []string{"-" + answeredField}
	}
	return []string{"-_score", "-" + answeredField}
}

func pageOf(q search.Query, text query.Query) *bleve.SearchRequest {
	wanted := bleve.NewBooleanQuery()
	if text == nil {
		text = bleve.NewMatchAllQuery()
	}
	wanted.AddMust(text)
	if conditions := filters(q); len(conditions) > 0 {
		wanted.AddFilter(bleve.NewConjunctionQuery(conditions...))
	}
	request := bleve.NewSearchRequestOptions(wanted, q.PerPage, (q.Page-1)*q.PerPage, false)
	request.SortBy(orderOf(q))
	if q.NoFacets {
		return request
	}
	for _, field := range facetFields {
		request.AddFacet(field, bleve.NewFacetRequest(field, maxFacets))
	}
	return request
}

// show reads the letters of one page with the places of the terms in them. It is a request of its own, because places
// cost far more than scores and are wanted for one page only.
func (x *Index) show(ctx context.Context, found hits.DocumentMatchCollection, asked question) ([]search.Hit, error) {
	if len(found) == 0 {
		return nil, nil
	}
	numbers := make([]string, len(found))
	for i, hit := range found {
		numbers[i] = hit.ID
	}
	wanted := bleve.NewBooleanQuery()
	wanted.AddMust(bleve.NewDocIDQuery(numbers))
	if marking := asked.marking(); len(marking) > 0 {
		wanted.AddShould(marking...)
	}
	request := bleve.NewSearchRequestOptions(wanted, len(numbers), 0, false)
	request.Fields = []string{sourceField}
	request.IncludeLocations = true
	read, err := x.run(ctx, request)
	if err != nil {
		return nil, err
	}
	page := make([]search.Hit, 0, len(read.Hits))
	for _, match := range read.Hits {
		hit, err := hitOf(match, asked)
		if err != nil {
			return nil, err
		}
		page = append(page, hit)
	}
	slices.SortFunc(page, func(a, b search.Hit) int {
		return slices.Index(numbers, a.Number) - slices.Index(numbers, b.Number)
	})
	return page, nil
}

func (x *Index) run(ctx context.Context, request *bleve.SearchRequest) (*bleve.SearchResult, error) {
	found, err := x.alias.SearchInContext(ctx, request)
	if stopped := ctx.Err(); stopped != nil {
		return nil, stopped
	}
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	if found.Status != nil && len(found.Status.Errors) > 0 {
		return nil, fmt.Errorf("search: %v", found.Status.Errors)
	}
	return found, nil
}

func hitOf(match *hits.DocumentMatch, asked question) (search.Hit, error) {
	source, ok := match.Fields[sourceField].(string)
	if !ok {
		return search.Hit{}, errors.New("search: letter " + match.ID + " is not stored")
	}
	var d search.Document
	if err := json.Unmarshal([]byte(source), &d); err != nil {
		return search.Hit{}, fmt.Errorf("search: letter %s: %w", match.ID, err)
	}
	snippet, weight := search.Excerpt(d.Reply, asked.spans(match.Locations[replyField]))
	if other, better := search.Excerpt(d.Body, asked.spans(match.Locations[bodyField])); better > weight || d.Reply == "" {
		snippet = other
	}
	return search.Hit{
		Number: d.Number, Title: d.Title, Snippet: snippet,
		Heading: search.Mark(d.Title, asked.spans(match.Locations[titleField])),
		Unit:    d.Unit, Category: d.Category, Kind: d.Kind, Column: d.Column,
		Answered: d.Answered, SourceID: d.SourceID,
	}, nil
}

// spans are the places worth marking: all words, and of single characters only those that stand beside another found
// place, unless nothing longer was asked for.
func (q question) spans(places hits.TermLocationMap) []search.Span {
	var all, chars []search.Span
	edges := map[int]bool{}
	for term, at := range places {
		for _, place := range at {
			span := search.Span{Start: int(place.Start), End: int(place.End), Term: term}
			edges[-span.Start-1] = true
			edges[span.End] = true
			if q.weight(term) < 1 {
				chars = append(chars, span)
				continue
			}
			all = append(all, span)
		}
	}
	for _, span := range chars {
		if edges[span.Start] || edges[-span.End-1] {
			all = append(all, span)
		}
	}
	return all
}

func facetsOf(found *bleve.SearchResult, q search.Query) map[string][]search.Facet {
	if q.NoFacets {
		return nil
	}
	all := map[string][]search.Facet{}
	for name, field := range facetFields {
		all[name] = facet(found, field)
	}
	return all
}

func facet(found *bleve.SearchResult, field string) []search.Facet {
	counted := found.Facets[field]
	if counted == nil || counted.Terms == nil {
		return nil
	}
	var all []search.Facet
	for _, term := range counted.Terms.Terms() {
		all = append(all, search.Facet{ID: term.Term, Count: term.Count})
	}
	return all
}
