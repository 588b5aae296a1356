package meili

import (
	"context"

	"huiyin/search"
)

// Similar asks for the words of a letter's title, or of the text, leaving out ever more of the commonest until there are
// enough others. The server's own similar search wants vectors, which nobody makes here.
func (x *Index) Similar(ctx context.Context, like search.Like) ([]search.Hit, error) {
	if err := x.connect(ctx); err != nil {
		return nil, err
	}
	like = like.Check()
	text, err := x.matter(ctx, like)
	if err != nil {
		return nil, x.lost(err)
	}
	asked := x.questionOf(text)
	if len(asked.words) == 0 {
		return nil, nil
	}
	var f filter
	if isID(like.Number) {
		f = f.and(idField + " != " + quoted(like.Number))
	}
	q := search.Query{Text: text, Page: 1, PerPage: like.Most, NoFacets: true}
	result, err := x.exact(ctx, q, asked, f)
	if err == nil && result.Exact < like.Most {
		result, err = x.withNearest(ctx, q, asked, f, result)
	}
	return result.Hits, x.lost(err)
}

// matter is what similar letters are looked up by, empty when nothing is known.
func (x *Index) matter(ctx context.Context, like search.Like) (string, error) {
	if !isID(like.Number) {
		return like.Text, nil
	}
	own, err := x.read(ctx, []string{like.Number}, search.Query{NoMarks: true}, question{})
	if err != nil || len(own) == 0 {
		return like.Text, err
	}
	return own[0].Title, nil
}
