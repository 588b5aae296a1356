package local

import (
	"cmp"
	"slices"

	"huiyin/search"
)

// counts is how many letters have each value, by the value's place.
type counts [len(facetFields)][]int

func (v *view) counts() *counts {
	c := &counts{}
	for i, names := range v.values {
		c[i] = make([]int, len(names.all()))
	}
	return c
}

func (c *counts) add(of *column, letters []uint32) {
	for i := range c {
		here, values := c[i], of.values[i]
		for _, letter := range letters {
			here[values[letter]]++
		}
	}
}

// facets are the values that letters have, most frequent first.
func (v *view) facets(c *counts) map[string][]search.Facet {
	all := map[string][]search.Facet{}
	for i, one := range facetFields {
		names := v.values[i].all()
		var list []search.Facet
		for at, n := range c[i] {
			if at > 0 && n > 0 {
				list = append(list, search.Facet{ID: names[at], Count: n})
			}
		}
		slices.SortFunc(list, func(a, b search.Facet) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ID, b.ID))
		})
		all[one.facet] = list
	}
	return all
}
