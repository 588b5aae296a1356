package local

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2"
	hits "github.com/blevesearch/bleve/v2/search"

	"huiyin/search"
)

// Similar searches for the letter's title, or for the text, ever less strictly until there are enough others.
//
// Still thin: what a letter is about is in its rarest terms rather than in its title.
func (x *Index) Similar(ctx context.Context, like search.Like) ([]search.Hit, error) {
	like = like.Check()
	text, err := x.matter(ctx, like)
	if err != nil || text == "" {
		return nil, err
	}
	asked, err := x.questionOf(text)
	if err != nil {
		return nil, err
	}
	query := search.Query{Text: text, Page: 1, PerPage: like.Most + 1, NoFacets: true}
	seen := map[string]bool{like.Number: true}
	var all []search.Hit
	for _, way := range x.attempts(asked) {
		found, err := x.run(ctx, pageOf(query, way.matching()))
		if err != nil {
			return nil, err
		}
		fresh := slices.DeleteFunc(found.Hits, func(h *hits.DocumentMatch) bool { return seen[h.ID] })
		page, err := x.show(ctx, fresh[:min(like.Most-len(all), len(fresh))], way.question)
		if err != nil {
			return nil, err
		}
		for _, hit := range page {
			seen[hit.Number], hit.Exact = true, !way.loose
			all = append(all, hit)
		}
		if len(all) == like.Most {
			break
		}
	}
	return all, nil
}

// matter is what similar letters are looked up by, empty when nothing is known.
func (x *Index) matter(ctx context.Context, like search.Like) (string, error) {
	if err := ctx.Err(); err != nil || like.Number == "" {
		return like.Text, err
	}
	request := bleve.NewSearchRequestOptions(bleve.NewDocIDQuery([]string{like.Number}), 1, 0, false)
	request.Fields = []string{sourceField}
	found, err := x.run(ctx, request)
	if err != nil || len(found.Hits) == 0 {
		return like.Text, err
	}
	source, _ := found.Hits[0].Fields[sourceField].(string)
	var d search.Document
	if err := json.Unmarshal([]byte(source), &d); err != nil {
		return "", fmt.Errorf("search: letter %s: %w", like.Number, err)
	}
	return d.Title, nil
}
