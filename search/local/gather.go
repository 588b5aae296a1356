package local

import (
	"context"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"huiyin/search"
)

// What lifts a letter before all that only hold the words: its whole title or its number was typed.
const (
	titleLift = 1_000
	codeLift  = 1_000_000
)

// How much better a fresh answer and one its writer was content with count, and how long an answer is fresh, before the
// newest one there is. They only part letters that match nearly alike.
const (
	freshLift   = 0.15
	contentLift = 0.05
	freshFor    = 3 * 365 * 24 * time.Hour
	mostLift    = (1 + freshLift) * (1 + contentLift)
)

// gathering walks letters, counts them and keeps the best.
type gathering struct {
	view   *view
	query  search.Query
	only   narrowing
	groups []group // to score by; nil: by time
	byTime bool
	asked  question
	exact  bool
	counts *counts // nil: not counted
	total  int
	best   top
}

// add gathers those of the letters of a part that meet the conditions.
func (g *gathering) add(ctx context.Context, at int, letters *roaring.Bitmap) error {
	p := g.view.parts[at]
	if letters = p.live(letters); letters != nil && g.asked.within != nil {
		letters = and([]*roaring.Bitmap{letters, g.asked.within[at]})
	}
	if letters == nil || letters.IsEmpty() {
		return nil
	}
	lifts, err := g.lifts(p)
	if err != nil {
		return err
	}
	if named := g.asked.named; named != nil && named[at] != nil {
		lifts = append(lifts, lift{named[at], codeLift})
	}
	var s *scorer
	if !g.byTime {
		if s, err = g.view.scorer(p, g.groups); err != nil {
			return err
		}
	}
	var block [blockSize]uint32
	var scores [blockSize]float32
	walk := letters.ManyIterator()
	for n := walk.NextMany(block[:]); n > 0; n = walk.NextMany(block[:]) {
		if err := ctx.Err(); err != nil {
			return err
		}
		found := g.only.keep(p.column, block[:n])
		g.total += len(found)
		if g.counts != nil {
			g.counts.add(p.column, found)
		}
		if s == nil {
			g.keepByTime(at, found)
			continue
		}
		if err := s.score(found, scores[:len(found)]); err != nil {
			return err
		}
		g.keepByScore(at, found, scores[:len(found)], lifts)
	}
	return nil
}

func (g *gathering) keepByTime(at int, letters []uint32) {
	c := g.view.parts[at].column
	for _, letter := range letters {
		key := keyOfTime(g.query.Sort, c.answered[letter])
		if g.best.hopeless(key) {
			continue
		}
		g.best.keep(place{key: key, answered: c.answered[letter], tie: c.tie[letter], part: at, letter: letter, exact: g.exact})
	}
}

func (g *gathering) keepByScore(at int, letters []uint32, scores []float32, lifts []lift) {
	c := g.view.parts[at].column
	for i, letter := range letters {
		key := float64(scores[i])
		extra := 0.0
		for _, l := range lifts {
			if l.letters.Contains(letter) {
				extra += l.by
			}
		}
		if g.best.hopeless(key*mostLift + extra) {
			continue
		}
		key = key*g.view.mild(c, letter) + extra
		g.best.keep(place{key: key, answered: c.answered[letter], tie: c.tie[letter], part: at, letter: letter, exact: g.exact})
	}
}

// mild is the factor of freshness and content.
func (v *view) mild(c *column, letter uint32) float64 {
	factor := 1.0
	if answered := c.answered[letter]; answered != unknownTime {
		age := float64(v.newest-answered) / float64(freshFor.Milliseconds())
		factor += freshLift * max(0, 1-age)
	}
	if rating := c.rating[letter]; rating > 0 {
		factor *= 1 + contentLift*(float64(rating)-3)/2
	}
	return factor
}

// lift is the letters that stand before others.
type lift struct {
	letters *roaring.Bitmap
	by      float64
}

func (g *gathering) lifts(p *part) ([]lift, error) {
	var all []lift
	for _, one := range []struct {
		field, term string
		by          float64
	}{{titleKeyField, g.asked.titleKey, titleLift}, {numberField, g.asked.code, codeLift}, {sourceIDField, g.asked.code, codeLift}} {
		if one.term == "" {
			continue
		}
		l, err := p.list(one.field, one.term)
		if err != nil {
			return nil, err
		}
		if l.letters != nil {
			all = append(all, lift{l.letters, one.by})
		}
	}
	return all, nil
}
