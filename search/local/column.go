package local

import (
	"fmt"
	"math"
	"sync"

	segments "github.com/blevesearch/scorch_segment_api/v2"

	"huiyin/search"
)

// facetFields are the fields that letters are counted and narrowed by.
var facetFields = [...]struct{ facet, field string }{
	{search.DepartmentFacet, unitField}, {search.CategoryFacet, categoryField}, {search.KindFacet, kindField},
	{search.DistrictFacet, districtField}, {search.YearFacet, yearField},
}

// column is what every letter of a segment is counted, narrowed and ordered by, under its number in the segment: about 30
// bytes a letter. bleve's own way, doc values, unpacks a block for every letter found and costs more than all the rest.
type column struct {
	values   [len(facetFields)][]uint16 // place in names, 0: none
	answered []int64
	tie      []uint64
	length   []uint16
	rating   []uint8 // 0: none
	newest   int64   // of answered
	total    uint64  // of length
}

// names are the values of a field met so far. A value keeps its place as long as the index is open.
type names struct {
	mu     sync.RWMutex
	places map[string]uint16
	list   []string
}

func newNames() *names { return &names{places: map[string]uint16{"": 0}, list: []string{""}} }

// place is where the value stands, 0 for one that no letter has.
func (n *names) place(value string) uint16 {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.places[value]
}

// learn gives a new value a place. More than 65,535 of them, which no city has, are not counted.
func (n *names) learn(value string) uint16 {
	n.mu.Lock()
	defer n.mu.Unlock()
	if at, ok := n.places[value]; ok || len(n.list) > math.MaxUint16 {
		return at
	}
	n.places[value] = uint16(len(n.list))
	n.list = append(n.list, value)
	return n.places[value]
}

// all are the values by their places.
func (n *names) all() []string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.list
}

// readColumn takes a segment's column from its terms.
func readColumn(s segments.Segment, values *[len(facetFields)]*names) (*column, error) {
	n := int(s.Count())
	c := &column{answered: make([]int64, n), tie: make([]uint64, n), length: make([]uint16, n), rating: make([]uint8, n), newest: unknownTime}
	for i, one := range facetFields {
		c.values[i] = make([]uint16, n)
		err := eachTerm(s, one.field, func(term string) (func(uint64), error) {
			at := values[i].learn(term)
			return func(letter uint64) { c.values[i][letter] = at }, nil
		})
		if err != nil {
			return nil, err
		}
	}
	err := eachTerm(s, ratingField, func(term string) (func(uint64), error) {
		return func(letter uint64) { c.rating[letter] = term[0] - '0' }, nil
	})
	if err != nil {
		return nil, err
	}
	return c, eachTerm(s, factsField, func(term string) (func(uint64), error) {
		f, err := readFacts(term)
		c.newest = max(c.newest, f.answered)
		return func(letter uint64) {
			c.answered[letter], c.tie[letter] = f.answered, f.tie
			c.length[letter] = uint16(min(f.length, math.MaxUint16))
			c.total += uint64(f.length)
		}, err
	})
}

// eachTerm walks the terms of a field, and the letters of each.
func eachTerm(s segments.Segment, field string, learn func(term string) (func(letter uint64), error)) error {
	dictionary, err := s.Dictionary(field)
	if err != nil {
		return fmt.Errorf("search index: %s: %w", field, err)
	}
	var list segments.PostingsList
	var letters segments.PostingsIterator
	walk := dictionary.AutomatonIterator(nil, nil, nil)
	for {
		entry, err := walk.Next()
		if err != nil || entry == nil {
			return err
		}
		use, err := learn(entry.Term)
		if err != nil {
			return err
		}
		if list, err = dictionary.PostingsList([]byte(entry.Term), nil, list); err != nil {
			return fmt.Errorf("search index: %s: %w", field, err)
		}
		letters = list.Iterator(false, false, false, letters)
		for {
			one, err := letters.Next()
			if err != nil {
				return fmt.Errorf("search index: %s: %w", field, err)
			}
			if one == nil {
				break
			}
			use(one.Number())
		}
	}
}
