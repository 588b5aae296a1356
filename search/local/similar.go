package local

import (
	"context"

	"huiyin/search"
)

// Similar asks for the rarest words of the letter's title and text, whichever letters hold the most of them.
func (x *Index) Similar(ctx context.Context, like search.Like) ([]search.Hit, error) {
	like = like.Check()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v, err := x.view()
	if err != nil {
		return nil, err
	}
	defer v.release()
	text, err := v.matter(like)
	if err != nil || text == "" {
		return nil, err
	}
	asked, err := x.questionOf(v, text)
	if err != nil {
		return nil, err
	}
	g := &gathering{view: v, query: search.Query{NoFacets: true}, asked: question{titleKey: asked.titleKey}}
	places, err := g.nearest(ctx, asked, nil)
	if err != nil {
		return nil, err
	}
	hits, err := v.show(places[:min(like.Most+1, len(places))], asked.marks)
	if err != nil {
		return nil, err
	}
	var all []search.Hit
	for _, hit := range hits {
		if hit.Number != like.Number && len(all) < like.Most {
			all = append(all, hit)
		}
	}
	return all, nil
}

// matter is what similar letters are looked up by, empty when nothing is known.
func (v *view) matter(like search.Like) (string, error) {
	if like.Number == "" {
		return like.Text, nil
	}
	for i, p := range v.parts {
		l, err := p.list(numberField, like.Number)
		if err != nil {
			return "", err
		}
		letters := p.live(l.letters)
		if letters == nil || letters.IsEmpty() {
			continue
		}
		d, err := v.document(place{part: i, letter: letters.Minimum()})
		return d.Title, err
	}
	return like.Text, nil
}
