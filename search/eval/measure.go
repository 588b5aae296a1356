package eval

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"huiyin/search"
)

// deep is how far down a letter may stand to count as found.
const deep = 10

// Measure is how well a task went. Shares are of 1.
type Measure struct {
	Name    string  `json:"name"`
	N       int     `json:"n"`       // questions
	Letters int     `json:"letters"` // in the index
	MRR     float64 `json:"mrr10"`   // mean of 1 ÷ the place of the first right letter, 0 beyond the tenth
	Found   float64 `json:"found10"` // share whose right letter is among the first ten
	// Words is the share of dictionary words that, asked for alone, find a letter they stand in.
	Words   float64  `json:"words"`
	Missing []string `json:"words_missing,omitempty"` // the first of those that do not
	P50     float64  `json:"ms_p50"`
	P95     float64  `json:"ms_p95"`
	Classes []Class  `json:"classes,omitempty"`
}

// Class is how well the questions of one class went.
type Class struct {
	Name   string   `json:"name"`
	N      int      `json:"n"`
	Found  float64  `json:"found10"`
	Missed []string `json:"missed,omitempty"`
}

// Run fills an empty index with the task's letters and asks it.
func Run(ctx context.Context, index search.Index, task Task) (Measure, error) {
	m := Measure{Name: task.Name, N: len(task.Questions), Letters: len(task.Documents)}
	documents := slices.Clone(task.Documents)
	for i := range documents {
		documents[i].Unit = documents[i].Number // so that one letter can be asked about, see words
	}
	if err := index.Put(ctx, documents...); err != nil {
		return m, err
	}
	classes := make([]Class, len(task.Classes))
	for i, name := range task.Classes {
		classes[i].Name = name
	}
	var took []float64
	for _, q := range task.Questions {
		began := time.Now()
		result, err := index.Search(ctx, search.Query{Text: q.Text, PerPage: deep})
		if err != nil {
			return m, fmt.Errorf("%s: %w", q.Text, err)
		}
		took = append(took, float64(time.Since(began).Microseconds())/1000)
		place := placeOf(q, result)
		if place > 0 {
			m.MRR += 1 / float64(place)
			m.Found++
		}
		if at := slices.Index(task.Classes, q.Class); at >= 0 {
			classes[at].count(q.Text, place > 0)
		}
	}
	for i := range classes {
		classes[i].Found = round(classes[i].Found / float64(classes[i].N))
	}
	n := float64(max(1, m.N))
	m.MRR, m.Found, m.Classes = round(m.MRR/n), round(m.Found/n), classes
	slices.Sort(took)
	m.P50, m.P95 = took[len(took)/2], took[len(took)*95/100]
	var err error
	m.Words, m.Missing, err = words(ctx, index, documents)
	return m, err
}

func (c *Class) count(text string, found bool) {
	c.N++
	if found {
		c.Found++
		return
	}
	c.Missed = append(c.Missed, text)
}

// placeOf is where the first right letter stands, from 1; 0: not among the first ten.
func placeOf(q Question, result search.Result) int {
	if len(q.Answers) == 0 {
		if result.Total == 0 {
			return 1
		}
		return 0
	}
	for i, hit := range result.Hits {
		if slices.Contains(q.Answers, hit.Number) {
			return i + 1
		}
	}
	return 0
}

func round(share float64) float64 { return math.Round(share*10_000) / 10_000 }
