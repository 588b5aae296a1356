package local

import (
	"math"

	"huiyin/search"
)

// narrowing is the conditions beside the text.
type narrowing struct {
	values   [len(facetFields)]uint16
	wanted   [len(facetFields)]bool
	from, to int64
	timed    bool
	any      bool
}

func (v *view) narrowing(q search.Query) narrowing {
	n := narrowing{from: unknownTime + 1, to: math.MaxInt64, timed: !q.From.IsZero() || !q.To.IsZero()}
	n.any = n.timed
	for i, value := range []string{q.Department, q.Category, q.Kind, q.District, digits(q.Year)} {
		if value != "" {
			n.wanted[i], n.values[i], n.any = true, v.values[i].place(value), true
		}
	}
	if !q.From.IsZero() {
		n.from = q.From.UnixMilli()
		if q.From.Nanosecond()%1e6 > 0 {
			n.from++
		}
	}
	if !q.To.IsZero() {
		n.to = q.To.UnixMilli()
	}
	return n
}

// keep leaves those of the letters that meet the conditions, in place.
func (n *narrowing) keep(c *column, letters []uint32) []uint32 {
	if !n.any {
		return letters
	}
	kept := letters[:0]
	for _, letter := range letters {
		if n.meets(c, letter) {
			kept = append(kept, letter)
		}
	}
	return kept
}

func (n *narrowing) meets(c *column, letter uint32) bool {
	for i, wanted := range n.wanted {
		if wanted && (n.values[i] == 0 || c.values[i][letter] != n.values[i]) {
			return false
		}
	}
	return !n.timed || c.answered[letter] >= n.from && c.answered[letter] <= n.to
}
