package training

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"sync"
)

// Terms remembers in how many letters each feature stood, so that what is rare counts more. It is a table of fixed size:
// features that share a place count as one, which makes a rare one a little less rare and costs nothing else. From time
// to time all counts are halved, so that last winter's words fade.
type Terms struct {
	letters uint32
	counts  []uint16
}

const (
	termPlaces = 1 << 16
	termFade   = 50_000 // letters after which counts are halved
)

// NewTerms is the memory of a city that has had no letters.
func NewTerms() *Terms { return &Terms{counts: make([]uint16, termPlaces)} }

// add counts one more letter.
func (t *Terms) add(r reading) {
	for _, part := range []features{r.title, r.body} {
		for _, f := range part {
			if c := &t.counts[f.feature%termPlaces]; *c < math.MaxUint16 {
				*c++
			}
		}
	}
	if t.letters++; t.letters < termFade {
		return
	}
	t.letters /= 2
	for i := range t.counts {
		t.counts[i] /= 2
	}
}

// rarity is what a feature says: 0 for one that stands in every letter. The prior keeps the first letters of a city, in
// which everything is rare, from looking alike or unlike by chance.
func (t *Terms) rarity(f Feature) float64 {
	return logs()[min(prior+int(t.letters), math.MaxUint16)] - logs()[min(1+int(t.counts[f%termPlaces]), math.MaxUint16)]
}

const prior = 200

// logs are the logarithms of the counts, because rarity is asked for a thousand times a letter.
var logs = sync.OnceValue(func() []float64 {
	list := make([]float64, math.MaxUint16+1)
	for i := range list {
		list[i] = math.Log(float64(i))
	}
	return list
})

// features are those of title and places and the most telling words.
func (t *Terms) features(r reading) features {
	body := slices.Clone(r.body)
	value := func(w weighted) float64 {
		if t.counts[w.feature%termPlaces] <= 2 {
			return w.weight // a name or a slip: it brings nothing together
		}
		return w.weight * t.rarity(w.feature)
	}
	slices.SortFunc(body, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(value(b), value(a)), cmp.Compare(a.feature, b.feature))
	})
	return once(slices.Concat(r.title, body[:min(len(body), bodyWords)], r.places))
}

// asks are the features by which a letter looks for its topic: the rarest of those that stood in another one before.
func (t *Terms) asks(f features) []Feature {
	seen := func(list features) (kept features) {
		for _, w := range list {
			if t.counts[w.feature%termPlaces] > 1 {
				kept = append(kept, w)
			}
		}
		return kept
	}
	return append(t.rarest(seen(f.of(inTitle)), askTitle), t.rarest(seen(f.of(inBody)), askBody)...)
}

// foundBy are the features by which a topic with this centre is found.
func (t *Terms) foundBy(centre features) []Feature {
	return append(t.rarest(centre.of(inTitle), foundTitle), t.rarest(centre.of(inBody), foundBody)...)
}

func (t *Terms) clone() *Terms { return &Terms{letters: t.letters, counts: slices.Clone(t.counts)} }

// Bytes is how the memory is kept; OpenTerms reads it.
func (t *Terms) Bytes() []byte {
	b := binary.AppendUvarint(nil, uint64(t.letters))
	zeros := uint64(0)
	for _, c := range t.counts {
		if c == 0 {
			zeros++
			continue
		}
		b = binary.AppendUvarint(b, zeros)
		b = binary.AppendUvarint(b, uint64(c))
		zeros = 0
	}
	return b
}

// OpenTerms reads what Bytes wrote; no bytes are the memory of a new city.
func OpenTerms(b []byte) (*Terms, error) {
	t := NewTerms()
	if len(b) == 0 {
		return t, nil
	}
	letters, n := binary.Uvarint(b)
	if n <= 0 || letters > math.MaxUint32 {
		return nil, errDamaged
	}
	t.letters, b = uint32(letters), b[n:]
	for place := uint64(0); len(b) > 0; place++ {
		zeros, n := binary.Uvarint(b)
		if n <= 0 || zeros >= termPlaces-place {
			return nil, errDamaged
		}
		count, m := binary.Uvarint(b[n:])
		if m <= 0 || count > math.MaxUint16 {
			return nil, errDamaged
		}
		place += zeros
		t.counts[place], b = uint16(count), b[n+m:]
	}
	return t, nil
}

var errDamaged = errors.New("the memory of topics is damaged")
