package routing

import (
	"math"
	"slices"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// sight is the working memory of looking at one letter with one model.
type sight struct {
	found  []Occurrence
	rows   []int32   // of found, -1: unknown to the model
	seen   []value   // each known feature once
	place  []int32   // by row: place in seen + 1
	points []float32 // by label of all heads
	words  []float32
}

type value struct {
	row   int32
	sort  uint8
	count float32
	v     float32
}

// look finds the features of a letter and counts the points of every label.
func (s *sight) look(m *Model, words []string) {
	s.weigh(words, m.row, m.rare)
	s.points = slices.Grow(s.points[:0], m.wide)[:m.wide]
	clear(s.points)
	for _, x := range s.seen {
		row := m.table[int(x.row)*m.wide:][:m.wide]
		points := s.points[:len(row)]
		for k, w := range row {
			points[k] += x.v * float32(w)
		}
	}
}

// weigh finds the features that have a row, each once, and their values.
func (s *sight) weigh(words []string, rowOf func(uint64) int32, rare []float32) {
	if len(s.place) < len(rare) {
		s.place = make([]int32, len(rare))
	}
	s.found = Features(words, s.found[:0])
	s.rows, s.seen = s.rows[:0], s.seen[:0]
	for _, o := range s.found {
		row := rowOf(o.Hash)
		s.rows = append(s.rows, row)
		if row < 0 {
			continue
		}
		if s.place[row] == 0 {
			s.seen = append(s.seen, value{row: row, sort: o.Sort})
			s.place[row] = int32(len(s.seen))
		}
		s.seen[s.place[row]-1].count++
	}
	for _, x := range s.seen {
		s.place[x.row] = 0
	}
	weighValues(s.seen, rare)
}

// Weigher gives training the very values that a model sees when it decides.
type Weigher struct {
	Row  func(hash uint64) int32 // -1 for a feature to leave out
	Rare []float32               // by row

	s sight
}

// Weigh hands each feature of a letter that has a row to use, once, with its value.
func (w *Weigher) Weigh(words []string, use func(row int32, value float32)) {
	w.s.weigh(words, w.Row, w.Rare)
	for _, x := range w.s.seen {
		use(x.row, x.v)
	}
}

// leastLength keeps the three known words of a letter in another language from being as loud as a whole letter.
const leastLength = 60

// weighValues turns counts into values: a word said again says little more, a rare one says more, and each sort of
// features has its own length.
func weighValues(seen []value, rare []float32) {
	var length [sorts]float64
	for i := range seen {
		x := &seen[i]
		x.v = logOf(x.count) * rare[x.row]
		length[x.sort] += float64(x.v) * float64(x.v)
	}
	var part [sorts]float32
	for i, l := range length {
		part[i] = loudness[i] / float32(math.Sqrt(max(l, leastLength)))
	}
	for i := range seen {
		seen[i].v *= part[seen[i].sort]
	}
}

// logs spares the logarithm for the counts that occur.
var logs = func() (t [64]float32) {
	for i := range t {
		t[i] = float32(math.Log1p(float64(i)))
	}
	return t
}()

func logOf(count float32) float32 {
	if n := int(count); n < len(logs) {
		return logs[n]
	}
	return float32(math.Log1p(float64(count)))
}

// scores gives the points of a head's labels.
func (s *sight) scores(h *head) []float64 {
	scores := make([]float64, len(h.labels))
	for k := range scores {
		scores[k] = float64(s.points[h.first+k]*h.step[k] + h.bias[k])
	}
	return scores
}

func (s *sight) guess(m *Model, h *head, words []string, n int) []Guess {
	p := Probabilities(s.scores(h), float64(h.sharp))
	order := ranked(p)
	if n > 0 {
		order = order[:min(n, len(order))]
	}
	guesses := make([]Guess, len(order))
	for i, k := range order {
		guesses[i] = Guess{Label: h.labels[k], P: p[k]}
	}
	if len(guesses) > 0 {
		guesses[0].Words = s.spoke(m, h, order[0], words, 5)
	}
	return guesses
}

// ranked gives the places of the values, greatest first, equal ones in their order.
func ranked(p []float64) []int {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] > p[b]:
			return -1
		case p[a] < p[b]:
			return 1
		}
		return 0
	})
	return order
}

// Probabilities turns points into probabilities that add up to 1.
func Probabilities(scores []float64, sharp float64) []float64 {
	p := make([]float64, len(scores))
	if len(scores) == 0 {
		return p
	}
	best, sum := slices.Max(scores), 0.0
	for i, s := range scores {
		p[i] = math.Exp(sharp * (s - best))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// spoke lists the words of the letter that spoke most for a label against the average of the others. Every feature's
// points are shared among the words it covers, so that the sum over all words is the whole. The values of what was seen
// are used up.
func (s *sight) spoke(m *Model, h *head, label int, words []string, n int) []letter.Word {
	s.words = slices.Grow(s.words[:0], len(words))[:len(words)]
	clear(s.words)
	for i := range s.seen {
		x := &s.seen[i]
		x.v *= h.lead(m, x.row, label) / x.count
		s.place[x.row] = int32(i)
	}
	for i, o := range s.found {
		row := s.rows[i]
		if row < 0 {
			continue
		}
		part := s.seen[s.place[row]].v / float32(o.to-o.from+1)
		for w := o.from; w <= o.to; w++ {
			s.words[w] += part
		}
	}
	for _, x := range s.seen {
		s.place[x.row] = 0
	}
	return loudest(words, s.words, n)
}

// lead is by how much a row speaks for the label rather than for the others.
func (h *head) lead(m *Model, row int32, label int) float32 {
	line := m.table[int(row)*m.wide+h.first:][:len(h.labels)]
	own := float32(line[label]) * h.step[label]
	if len(line) == 1 {
		return own
	}
	others := -own
	for k, w := range line {
		others += float32(w) * h.step[k]
	}
	return own - others/float32(len(line)-1)
}

// loudest names the words with most points, each once; single characters say nothing to a reader.
func loudest(words []string, points []float32, n int) []letter.Word {
	at := make(map[string]int, len(words)) // in best
	best := make([]letter.Word, 0, len(words))
	for i, w := range words {
		if utf8.RuneCountInString(w) < 2 || neutral(w) != w {
			continue
		}
		k, known := at[w]
		if !known {
			k = len(best)
			at[w], best = k, append(best, letter.Word{Text: w})
		}
		best[k].Points += float64(points[i])
	}
	best = slices.DeleteFunc(best, func(w letter.Word) bool { return w.Points <= 0 })
	for i := range best {
		best[i].Points = round(best[i].Points)
	}
	slices.SortStableFunc(best, func(a, b letter.Word) int {
		switch {
		case a.Points > b.Points:
			return -1
		case a.Points < b.Points:
			return 1
		}
		return 0
	})
	return best[:min(len(best), n)]
}
