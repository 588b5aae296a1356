package local

import (
	"fmt"
	"math"

	segments "github.com/blevesearch/scorch_segment_api/v2"
)

// BM25. bleve's own takes the number of different terms in all letters for their length, counts rarity twice and
// multiplies by the share of terms that match in each sub-query; here it is as in the books.
const (
	saturation = 1.2  // k1
	lengthy    = 0.75 // b
	rarer      = 1.2  // power of the rarity: rare words say a little more here than in the books, measured by search eval
)

// blockSize is how many letters are scored at a time.
const blockSize = 1024

// cursor walks the letters of one term of a group.
type cursor struct {
	walk segments.PostingsIterator
	at   uint64 // letter it stands on
	freq float32
	idf  float32
	over bool
	all  []uint8 // of every letter, if many hold it: then there is nothing to walk
}

// scorer scores the letters of one part, in their order.
type scorer struct {
	groups []scoredGroup
	column *column
	mean   float32
	norms  [blockSize]float32
	best   [blockSize]float32
	other  [blockSize]float32
}

type scoredGroup struct{ ways []scoredWay }

type scoredWay struct {
	cursors []*cursor
	weight  float32
}

func (v *view) scorer(p *part, groups []group) (*scorer, error) {
	s := &scorer{column: p.column, mean: float32(v.length)}
	for _, g := range groups {
		var one scoredGroup
		for _, a := range g.alternatives {
			way := scoredWay{weight: float32(a.weight)}
			for _, term := range a.terms {
				c, err := v.cursor(p, term)
				if err != nil {
					return nil, err
				}
				if c != nil {
					way.cursors = append(way.cursors, c)
				}
			}
			if len(way.cursors) > 0 {
				one.ways = append(one.ways, way)
			}
		}
		if len(one.ways) > 0 {
			s.groups = append(s.groups, one)
		}
	}
	return s, nil
}

func (v *view) cursor(p *part, term string) (*cursor, error) {
	here, err := p.list(textField, term)
	if err != nil || here.count == 0 {
		return nil, err
	}
	n, err := v.frequency(textField, term)
	if err != nil {
		return nil, err
	}
	c := &cursor{idf: float32(math.Pow(math.Log(1+(v.letters-float64(n)+0.5)/(float64(n)+0.5)), rarer))}
	if c.all, err = v.often.of(p, term, here, v.letters); c.all != nil || err != nil {
		return c, err
	}
	c.walk = here.postings.Iterator(true, true, false, nil)
	return c, c.advance(0)
}

// advance goes on to the first letter that is not before the one given.
func (c *cursor) advance(letter uint64) error {
	one, err := c.walk.Advance(letter)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	if one == nil {
		c.over = true
		return nil
	}
	c.at, c.freq = one.Number(), float32(one.Frequency())/bodyWeight
	return nil
}

// score gives each of the letters, at most blockSize, what it is worth.
func (s *scorer) score(letters []uint32, scores []float32) error {
	clear(scores)
	for i, letter := range letters {
		s.norms[i] = saturation * (1 - lengthy + lengthy*float32(s.column.length[letter])/s.mean)
	}
	for _, g := range s.groups {
		if len(g.ways) == 1 {
			if err := s.way(g.ways[0], letters, scores); err != nil {
				return err
			}
			continue
		}
		best := s.best[:len(letters)]
		clear(best)
		for _, way := range g.ways {
			other := s.other[:len(letters)]
			clear(other)
			if err := s.way(way, letters, other); err != nil {
				return err
			}
			for i := range best {
				best[i] = max(best[i], other[i])
			}
		}
		for i := range best {
			scores[i] += best[i]
		}
	}
	return nil
}

func (s *scorer) way(way scoredWay, letters []uint32, scores []float32) error {
	for _, c := range way.cursors {
		if err := c.add(way.weight, letters, s.norms[:], scores); err != nil {
			return err
		}
	}
	return nil
}

func (c *cursor) add(weight float32, letters []uint32, norms, scores []float32) error {
	weight *= c.idf * (saturation + 1)
	if c.all != nil {
		for i, letter := range letters {
			freq := float32(c.all[letter]) / bodyWeight
			scores[i] += weight * freq / (freq + norms[i])
		}
		return nil
	}
	for i := 0; i < len(letters) && !c.over; {
		letter := uint64(letters[i])
		switch {
		case c.at < letter:
			if err := c.advance(letter); err != nil {
				return err
			}
		case c.at > letter:
			i++
		default:
			scores[i] += weight * c.freq / (c.freq + norms[i])
			i++
		}
	}
	return nil
}
