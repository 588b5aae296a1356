package local

import (
	"fmt"
	"math"

	"github.com/RoaringBitmap/roaring/v2"
	segments "github.com/blevesearch/scorch_segment_api/v2"
)

// BM25. bleve's own takes the number of different terms in all letters for their length, counts rarity twice and
// multiplies by the share of terms that match in each sub-query; here it is as in the books.
const (
	saturation = 1.2  // k1
	lengthy    = 0.75 // b
	rarer      = 1.2  // power of the rarity: rare words say a little more here than in the books, measured by search eval
)

// How much fewer terms count beside all that is asked for: brief of it for a letter e times as short as another. BM25's own
// share of length, b, only weakens the words that match; this also says that a long letter holds any word sooner. Lengths
// under a tenth of the mean and over twenty times it count as these, so that a letter of one line does not stand before
// all, and what a letter is worth stays above 0.
const (
	brief    = 0.07
	shortest = 0.1
	tooLong  = 20
)

// blockSize is how many letters are scored at a time.
const blockSize = 1024

// cursor walks the letters of one term of a group.
type cursor struct {
	walk segments.PostingsIterator
	once roaring.IntPeekable // instead of walk, where it is enough that a letter holds the term
	at   uint64              // letter it stands on
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
	brief  float32 // see brief, of all that is asked for
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
		mass, err := v.mass(g)
		if err != nil {
			return nil, err
		}
		s.brief += brief * mass
		var one scoredGroup
		for _, a := range g.alternatives {
			way := scoredWay{weight: float32(a.weight)}
			for _, term := range a.terms {
				c, err := v.cursor(p, term, a.once)
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

// mass is what a group is worth as it was typed, also where no letter of a part holds it: all parts count lengths alike.
func (v *view) mass(g group) (sum float32, err error) {
	typed := g.alternatives[0]
	for _, term := range typed.terms {
		idf, err := v.rarity(term)
		if err != nil {
			return 0, err
		}
		sum += float32(typed.weight) * idf
	}
	return sum, nil
}

// rarity is what a term counts for, the more the fewer letters hold it.
func (v *view) rarity(term string) (float32, error) {
	if known, ok := v.rarities[term]; ok {
		return known, nil
	}
	n, err := v.frequency(textField, term)
	if err != nil {
		return 0, err
	}
	idf := float32(math.Pow(v.idf(n), rarer))
	v.rarities[term] = idf
	return idf, nil
}

// idf is the rarity of the books, of what n letters hold.
func (v *view) idf(n uint64) float64 {
	return math.Log(1 + (v.letters-float64(n)+0.5)/(float64(n)+0.5))
}

// cursor is nil where no letter of the part holds the term.
func (v *view) cursor(p *part, term string, once bool) (*cursor, error) {
	here, err := p.list(textField, term)
	if err != nil || here.count == 0 {
		return nil, err
	}
	idf, err := v.rarity(term)
	if err != nil {
		return nil, err
	}
	c := &cursor{idf: idf}
	if once {
		c.once = here.letters.Iterator()
		return c, nil
	}
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
	for i, letter := range letters {
		length := float32(s.column.length[letter]) / s.mean
		s.norms[i] = saturation * (1 - lengthy + lengthy*length)
		scores[i] = s.brief * float32(math.Log(float64(tooLong/min(tooLong, max(shortest, length)))))
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
		if c.once != nil {
			c.addOnce(way.weight, letters, scores)
			continue
		}
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

// addOnce adds the same to every letter that holds the term, however often and however long it is.
func (c *cursor) addOnce(weight float32, letters []uint32, scores []float32) {
	weight *= c.idf
	for i := 0; i < len(letters) && c.once.HasNext(); {
		switch at := c.once.PeekNext(); {
		case at < letters[i]:
			c.once.AdvanceIfNeeded(letters[i])
		case at > letters[i]:
			i++
		default:
			scores[i] += weight
			i++
		}
	}
}
