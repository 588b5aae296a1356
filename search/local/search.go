package local

import (
	"context"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"huiyin/search"
)

// Search answers a question, or if no letter does, the one that may be meant.
func (x *Index) Search(ctx context.Context, q search.Query) (search.Result, error) {
	began := time.Now()
	if err := ctx.Err(); err != nil {
		return search.Result{}, err
	}
	q, err := q.Check()
	if err != nil {
		return search.Result{}, err
	}
	generation := x.Generation() + x.words.lists.Load() // other words may be read in the question
	result, ok := x.answers.find(generation, q)
	if !ok {
		if result, err = x.asked(ctx, q); err != nil {
			return search.Result{}, err
		}
		x.answers.keep(generation, q, result)
	}
	result.Took = time.Since(began)
	return result, nil
}

// asked answers a checked query in one view, with mistakes corrected.
func (x *Index) asked(ctx context.Context, q search.Query) (search.Result, error) {
	v, err := x.view()
	if err != nil {
		return search.Result{}, err
	}
	defer v.release()
	reader := x.reader(v)
	return reader.Improve(ctx, q, search.Asking{
		Search: func(ctx context.Context, q search.Query) (search.Result, error) { return x.answer(ctx, v, reader, q) },
		Exact:  func(ctx context.Context, q search.Query) (int, error) { return x.exact(ctx, v, q) },
	})
}

// answer answers a question with the pinyin in it read, but no mistake corrected.
func (x *Index) answer(ctx context.Context, v *view, reader search.Reader, q search.Query) (search.Result, error) {
	var heard []search.Heard
	if !q.Exactly {
		heard = reader.Hear(q.Text)
	}
	asked, err := x.questionOf(v, q.Text, heard...)
	if err != nil {
		return search.Result{}, err
	}
	found, err := x.find(ctx, v, q, asked)
	if err != nil {
		return search.Result{}, err
	}
	marks := found.marks
	if q.NoMarks {
		marks = nil
	}
	result := search.Result{Total: found.total, Exact: found.exact}
	if result.Hits, err = v.show(found.page(q), marks); err != nil {
		return search.Result{}, err
	}
	if found.counts != nil {
		result.Facets = v.facets(found.counts)
	}
	for _, one := range heard {
		result.Read = append(result.Read, one.Reading())
	}
	return result, nil
}

// found is which letters answer a question: those that hold everything, then the nearest.
type found struct {
	exact, total int
	places       []place // as many as the pages up to the one wanted show
	counts       *counts
	marks        []string
}

// page is the places on the page wanted.
func (f found) page(q search.Query) []place {
	from := min((q.Page-1)*q.PerPage, len(f.places))
	return f.places[from:min(from+q.PerPage, len(f.places))]
}

// find looks for the letters that hold everything, and where these do not fill a page, for the nearest.
func (x *Index) find(ctx context.Context, v *view, q search.Query, asked question) (found, error) {
	g := &gathering{view: v, query: q, only: v.narrowing(q), exact: true, asked: asked, best: top{most: q.Page * q.PerPage}}
	if !q.NoFacets {
		g.counts = v.counts()
	}
	g.byTime = q.Text == "" || q.Sort != search.Best
	held, err := g.holders(ctx, q, asked)
	if err != nil {
		return found{}, err
	}
	if finer, ok := v.finer(asked); ok && g.total == 0 && q.Text != "" {
		asked = finer
		if held, err = g.holders(ctx, q, asked); err != nil {
			return found{}, err
		}
	}
	f := found{exact: g.total, total: g.total, places: g.best.sorted(), counts: g.counts, marks: asked.marks}
	if q.Text == "" || g.total >= q.PerPage || asked.number && g.total > 0 {
		return f, nil
	}
	near, err := g.nearest(ctx, asked, held)
	if err != nil {
		return found{}, err
	}
	f.total += len(near)
	f.places = append(f.places, near...)
	if finer, ok := v.finer(asked); ok {
		f.marks = finer.marks // of 路灯不亮, which one letter writes as a word, the others have 路灯
	}
	return f, nil
}

// holders gathers the letters that hold everything, and says for each part which they are.
func (g *gathering) holders(ctx context.Context, q search.Query, asked question) ([]*roaring.Bitmap, error) {
	g.groups = slices.Concat(asked.groups, asked.pairs)
	held := make([]*roaring.Bitmap, len(g.view.parts))
	for i, p := range g.view.parts {
		var err error
		if held[i], err = p.answering(q, asked); err != nil {
			return nil, err
		}
		if asked.named != nil {
			held[i] = or(held[i], asked.named[i])
		}
		if err := g.add(ctx, i, held[i]); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// answering is the letters of a part that hold everything asked for; without text, every one.
func (p *part) answering(q search.Query, asked question) (*roaring.Bitmap, error) {
	if q.Text == "" {
		return p.every(), nil
	}
	bearing, err := p.bearing(asked.code)
	if err != nil {
		return nil, err
	}
	holding, err := p.holding(asked.required())
	return or(holding, bearing), err
}

// nearest are the letters that hold most of what is asked for, without those that hold everything, in the order wanted.
func (g *gathering) nearest(ctx context.Context, asked question, without []*roaring.Bitmap) ([]place, error) {
	terms, err := g.view.nearTerms(asked)
	if err != nil || len(terms) == 0 {
		return nil, err
	}
	near := &gathering{view: g.view, query: g.query, only: g.only, asked: asked, best: top{most: search.MaxNearest}}
	near.groups = slices.Concat(asked.groups, asked.pairs)
	for i, p := range g.view.parts {
		letters, err := p.holdingAny(terms)
		if err != nil {
			return nil, err
		}
		if without != nil && without[i] != nil {
			letters.AndNot(without[i])
		}
		if err := near.add(ctx, i, letters); err != nil {
			return nil, err
		}
	}
	if err := near.spell(); err != nil {
		return nil, err
	}
	places := near.best.sorted()
	if g.byTime {
		places = g.view.byTime(g.query.Sort, places)
	}
	if g.counts != nil {
		for _, one := range places {
			g.counts.add(g.view.parts[one.part].column, []uint32{one.letter})
		}
	}
	return places, nil
}

// byTime puts places in the order of their times.
func (v *view) byTime(sort search.Sort, places []place) []place {
	t := top{most: len(places)}
	for _, one := range places {
		one.key = keyOfTime(sort, one.answered)
		t.keep(one)
	}
	return t.sorted()
}
