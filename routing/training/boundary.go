package training

import (
	"math"
	"math/rand/v2"
)

// rounds and exact end the search for a boundary.
const (
	rounds = 60
	exact  = 0.3
)

// boundary finds weights and bias that part the letters with y = 1 from those with y = -1: a linear support vector
// machine with squared loss, by dual coordinate descent with shrinking (Hsieh, Chang, Lin, Keerthi and Sundararajan,
// ICML 2008). cost is what each letter may be worth.
func boundary(x matrix, at []int, y []float32, cost []float64, features int, seed uint64) ([]float32, float32) {
	s := &descent{x: x, at: at, y: y, w: make([]float32, features), alpha: make([]float64, len(at))}
	s.curve, s.soft = make([]float64, len(at)), make([]float64, len(at))
	active := make([]int, len(at))
	for n, i := range at {
		active[n] = n
		s.soft[n] = 0.5 / cost[n]
		s.curve[n] = 1 + s.soft[n] + x.squares[i]
	}
	turn := rand.New(rand.NewPCG(seed, 2))
	limit, rest := math.Inf(1), active
	for range rounds {
		turn.Shuffle(len(rest), func(a, b int) { rest[a], rest[b] = rest[b], rest[a] })
		kept, worst := s.pass(rest, limit)
		rest = rest[:kept]
		if worst > exact {
			limit = worst
			continue
		}
		if len(rest) == len(active) {
			break
		}
		rest, limit = active, math.Inf(1) // those set aside are looked at once more
	}
	return s.w, s.bias
}

type descent struct {
	x     matrix
	at    []int
	y     []float32
	w     []float32
	bias  float32
	alpha []float64
	curve []float64
	soft  []float64
}

// pass takes one step for each letter in turn. A letter far on its right side is set aside at the end of the row; it
// returns how many stay and the greatest violation met.
func (s *descent) pass(row []int, limit float64) (kept int, worst float64) {
	kept = len(row)
	for n := 0; n < kept; n++ {
		i := row[n]
		ids, values := s.x.row(s.at[i])
		values = values[:len(ids)]
		sum := s.bias
		for f, id := range ids {
			sum += s.w[id] * values[f]
		}
		slope := float64(s.y[i]*sum) - 1 + s.soft[i]*s.alpha[i]
		if s.alpha[i] == 0 && slope > 0 {
			if slope > limit {
				kept--
				row[n], row[kept] = row[kept], row[n]
				n--
			}
			continue
		}
		worst = max(worst, math.Abs(slope))
		old := s.alpha[i]
		s.alpha[i] = max(0, old-slope/s.curve[i])
		if step := float32(s.alpha[i]-old) * s.y[i]; step != 0 {
			for f, id := range ids {
				s.w[id] += step * values[f]
			}
			s.bias += step
		}
	}
	return kept, worst
}
