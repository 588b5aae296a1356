package local

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// The nearest letters are looked for among those that hold one of the rarest terms: so many terms that their lists have
// a twentieth of the letters, within bounds.
const (
	leastNear = 2_000
	mostNear  = 20_000
	nearShare = 20
)

// holding is the letters of a part that hold every group.
func (p *part) holding(groups []group) (*roaring.Bitmap, error) {
	var all []*roaring.Bitmap
	for _, g := range groups {
		letters, err := p.holdingOne(g)
		if err != nil || letters == nil {
			return nil, err
		}
		all = append(all, letters)
	}
	return and(all), nil
}

// holdingOne is the letters of a part that hold a group in one way or another.
func (p *part) holdingOne(g group) (*roaring.Bitmap, error) {
	var ways []*roaring.Bitmap
	for _, a := range g.alternatives {
		var terms []*roaring.Bitmap
		for _, term := range a.terms {
			l, err := p.list(textField, term)
			if err != nil {
				return nil, err
			}
			terms = append(terms, l.letters)
		}
		if letters := and(terms); letters != nil && !letters.IsEmpty() {
			ways = append(ways, letters)
		}
	}
	switch len(ways) {
	case 0:
		return nil, nil
	case 1:
		return ways[0], nil
	}
	return roaring.FastOr(ways...), nil
}

// and is what all have; nil stands for nothing.
func and(all []*roaring.Bitmap) *roaring.Bitmap {
	if len(all) == 0 || slices.Contains(all, nil) {
		return nil
	}
	if len(all) == 1 {
		return all[0]
	}
	slices.SortFunc(all, func(a, b *roaring.Bitmap) int { return int(a.GetCardinality()) - int(b.GetCardinality()) })
	out := roaring.And(all[0], all[1])
	for _, one := range all[2:] {
		out.And(one)
	}
	return out
}

// bearing is the letters of a part that bear the number or source id.
func (p *part) bearing(code string) (*roaring.Bitmap, error) {
	if code == "" {
		return nil, nil
	}
	var found *roaring.Bitmap
	for _, field := range []string{numberField, sourceIDField} {
		l, err := p.list(field, code)
		if err != nil {
			return nil, err
		}
		found = or(found, l.letters)
	}
	return found, nil
}

func or(a, b *roaring.Bitmap) *roaring.Bitmap {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	return roaring.Or(a, b)
}

// nearTerms are the rarest terms of the question, few enough that the letters that hold one can all be scored.
func (v *view) nearTerms(q question) ([]string, error) {
	letters := map[string]uint64{}
	var terms []string
	for _, g := range slices.Concat(q.groups, q.pairs) {
		for _, a := range g.alternatives {
			for _, term := range a.terms {
				if _, ok := letters[term]; ok || g.weak {
					continue
				}
				n, err := v.frequency(textField, term)
				if err != nil {
					return nil, err
				}
				if letters[term] = n; n > 0 {
					terms = append(terms, term)
				}
			}
		}
	}
	slices.SortStableFunc(terms, func(a, b string) int { return int(letters[a]) - int(letters[b]) })
	most := max(leastNear, min(mostNear, uint64(v.letters)/nearShare))
	sum := uint64(0)
	for i, term := range terms {
		if sum += letters[term]; i > 0 && sum > most {
			return terms[:i], nil
		}
	}
	return terms, nil
}

// holdingAny is the letters of a part that hold one of the terms.
func (p *part) holdingAny(terms []string) (*roaring.Bitmap, error) {
	var all []*roaring.Bitmap
	for _, term := range terms {
		l, err := p.list(textField, term)
		if err != nil {
			return nil, err
		}
		if l.letters != nil {
			all = append(all, l.letters)
		}
	}
	return roaring.FastOr(all...), nil
}
