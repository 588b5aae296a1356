package training

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

const (
	centreSize  = 96 // features that a centre keeps: those most of its letters share
	mostLetters = 20 // from so many on a new letter moves the centre no less, so that a long topic follows its matter
)

// mixed is a centre after something else took a share of it. Weights are rounded as they are kept, so that a topic goes
// on after a restart as it would have without.
func mixed(c, other features, share float64) features {
	merged := make([]weighted, 0, len(c)+len(other))
	i, j := 0, 0
	for i < len(c) || j < len(other) {
		switch {
		case j == len(other) || i < len(c) && c[i].feature < other[j].feature:
			merged = append(merged, weighted{c[i].feature, c[i].weight * (1 - share)})
			i++
		case i == len(c) || other[j].feature < c[i].feature:
			merged = append(merged, weighted{other[j].feature, other[j].weight * share})
			j++
		default:
			merged = append(merged, weighted{c[i].feature, c[i].weight*(1-share) + other[j].weight*share})
			i, j = i+1, j+1
		}
	}
	for i := range merged {
		merged[i].weight = math.Round(min(merged[i].weight, 6)*precision) / precision
	}
	return heaviest(merged, centreSize)
}

// heaviest keeps n features, in their order.
func heaviest(list features, n int) features {
	if len(list) <= n {
		return list
	}
	slices.SortFunc(list, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.feature, b.feature))
	})
	return once(list[:n])
}

const precision = 10_000

// keep is how a centre is kept: each feature and its weight in 1/10000.
func (l features) keep() []byte {
	b := make([]byte, 0, 6*len(l))
	for _, w := range l {
		b = binary.BigEndian.AppendUint32(b, uint32(w.feature))
		b = binary.BigEndian.AppendUint16(b, uint16(math.Round(w.weight*precision)))
	}
	return b
}

// kept reads what keep wrote.
func kept(b []byte) (features, error) {
	if len(b)%6 != 0 {
		return nil, errDamaged
	}
	l := make(features, 0, len(b)/6)
	for ; len(b) > 0; b = b[6:] {
		l = append(l, weighted{Feature(binary.BigEndian.Uint32(b)), float64(binary.BigEndian.Uint16(b[4:])) / precision})
	}
	return l, nil
}
