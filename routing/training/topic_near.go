package training

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// When two letters are about one matter, found by reading what the values bring together in three years of letters: at
// one place letters about different matters share next to nothing once the name of the place is left out, and those
// about one matter share a little; at different places two letters are two matters however alike they are.
const (
	bodyShare   = 0.40 // of the words in what two letters share, the rest is their titles
	samePlace   = 0.60 // part of a name that must be found again: 魅力之城 in 万科魅力之城小区
	nearEnough  = 0.06 // for a letter of the same place
	mergeEnough = 0.06 // for two topics of the same place
	noPlace     = 0.36 // more where one names no place
	sameRoad    = 0.16 // more where they name one road or town and not more
	otherRoad   = 0.45 // more where they name different ones
	otherPlace  = 1.00 // more where they name different places: never
	yearApart   = 0.12 // more after a year without a letter
)

// nearness says how near two lists of features are: 1 is the same matter at the same place, 0 nothing in common.
func nearness(a, b features, t *Terms) float64 {
	return matter(a, b, t) - elsewhere(a, b, t)
}

// elsewhere is what two places take from the nearness of a matter.
func elsewhere(a, b features, t *Terms) float64 {
	if same, known := place(a, b, t, inPlace); known && same >= samePlace {
		return 0
	} else if known {
		return otherPlace
	}
	switch same, known := place(a, b, t, inWide); {
	case !known:
		return noPlace
	case same >= samePlace:
		return sameRoad
	}
	return otherRoad
}

// apart is what a time between two letters takes from their nearness.
func apart(d time.Duration) float64 {
	const year = 365 * 24 * time.Hour
	return yearApart * math.Sqrt(min(1, max(0, float64(d)/float64(year))))
}

// matter is the cosine of the titles without the names in them, and that of the words, mixed.
func matter(a, b features, t *Terms) float64 {
	names := bothNames(a, b)
	titles := cosine(a.of(inTitle), b.of(inTitle), t, names)
	return (1-bodyShare)*titles + bodyShare*cosine(a.of(inBody), b.of(inBody), t, nil)
}

// bothNames are the pairs of a title that are part of a name in one of two letters.
func bothNames(a, b features) []Feature {
	var list []Feature
	for _, l := range []features{a.of(inPlace), a.of(inWide), b.of(inPlace), b.of(inWide)} {
		for _, w := range l {
			list = append(list, w.feature.as(inTitle))
		}
	}
	slices.Sort(list)
	return list
}

func cosine(a, b features, t *Terms, without []Feature) float64 {
	var dot, aa, bb float64
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		f := Feature(math.MaxUint32)
		if i < len(a) {
			f = a[i].feature
		}
		if j < len(b) {
			f = min(f, b[j].feature)
		}
		var x, y float64
		if i < len(a) && a[i].feature == f {
			x = a[i].weight
			i++
		}
		if j < len(b) && b[j].feature == f {
			y = b[j].weight
			j++
		}
		if _, left := slices.BinarySearch(without, f); left {
			continue
		}
		r := square(t.rarity(f))
		dot, aa, bb = dot+x*y*r, aa+x*x*r, bb+y*y*r
	}
	if dot == 0 {
		return 0
	}
	return dot / math.Sqrt(aa*bb)
}

func square(x float64) float64 { return x * x }

// place is the greater of the parts that one's places have of the other's, by weight and rarity. A letter that names
// none may still have the other's in its title; otherwise nothing is known.
func place(a, b features, t *Terms, kind part) (shared float64, known bool) {
	ap, bp := a.of(kind), b.of(kind)
	shared = max(foundIn(bp, a, t), foundIn(ap, b, t))
	return shared, shared >= samePlace || len(ap) > 0 && len(bp) > 0
}

// foundIn is how much of a place stands in the other's title or places.
func foundIn(place, other features, t *Terms) float64 {
	var all, found float64
	for _, w := range place {
		v := w.weight * t.rarity(w.feature.as(inTitle))
		all += v
		if other.has(w.feature) || other.has(w.feature.as(inTitle)) {
			found += v
		}
	}
	if all == 0 {
		return 0
	}
	return found / all
}

// rarest are the features that say most, at most n.
func (t *Terms) rarest(list features, n int) []Feature {
	type valued struct {
		feature Feature
		value   float64
	}
	sorted := make([]valued, len(list))
	for i, w := range list {
		sorted[i] = valued{w.feature, w.weight * t.rarity(w.feature)}
	}
	slices.SortFunc(sorted, func(a, b valued) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.feature, b.feature)) })
	best := make([]Feature, 0, n)
	for _, v := range sorted[:min(len(sorted), n)] {
		best = append(best, v.feature)
	}
	return best
}
