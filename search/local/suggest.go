package local

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

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
	v, err := x.view()
	if err != nil {
		return nil, err
	}
	defer v.release()
	terms, err := x.terms(v, typed.Text)
	if err != nil || len(terms) == 0 {
		return nil, err
	}
	// Twice as many, because one title stands over several letters.
	hits, err := v.titled(ctx, terms, 2*typed.Most)
	if err != nil {
		return nil, err
	}
	return titlesOf(hits, typed.Most), nil
}

// titled finds letters that hold all of the terms in their titles, newest answer first.
func (v *view) titled(ctx context.Context, terms []string, most int) ([]search.Hit, error) {
	g := &gathering{view: v, byTime: true, query: search.Query{Sort: search.Newest}, best: top{most: most}}
	for i, p := range v.parts {
		var all []*roaring.Bitmap
		for _, term := range terms {
			l, err := p.list(titleField, term)
			if err != nil {
				return nil, err
			}
			all = append(all, l.letters)
		}
		if err := g.add(ctx, i, and(all)); err != nil {
			return nil, err
		}
	}
	return v.show(g.best.sorted(), terms)
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
