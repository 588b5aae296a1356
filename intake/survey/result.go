package survey

import (
	"slices"
	"time"
)

// Result is how the answers to a survey add up, fit for everybody to read: what
// people wrote in words is not in it.
type Result struct {
	Survey  Survey
	Answers int
	Tallies []Tally
}

// Tally is one question's part of the result.
type Tally struct {
	Question Question
	Answered int
	Cells    []Cell // of a choice, in the order of its options
	Later    bool   // personal: counted only after the end
}

// Cell is one option's count.
type Cell struct {
	Option Option
	Count  int
	Share  float64 // of those who answered the question, 0 to 1
	Hidden bool    // too few to be shown; Count and Share are 0
}

// few is the count below which a cell about persons is not shown: four people of
// an age in one district are known by their neighbours.
const few = 5

// tally adds up filled-in forms.
func (s Survey) tally(forms []map[string]string, now time.Time) Result {
	r := Result{Survey: s, Answers: len(forms)}
	for _, q := range s.Questions {
		t := Tally{Question: q}
		// Two looks at a growing table of persons would show who came in between.
		if q.Personal && s.Standing(now) != Closed {
			t.Later = true
			r.Tallies = append(r.Tallies, t)
			continue
		}
		counts := map[string]int{}
		for _, f := range forms {
			if value := f[q.ID]; value != "" {
				t.Answered++
				counts[value]++
			}
		}
		for _, o := range q.Options {
			t.Cells = append(t.Cells, Cell{Option: o, Count: counts[o.ID]})
		}
		if q.Personal {
			hide(t.Cells)
		}
		for i, c := range t.Cells {
			if t.Answered > 0 {
				t.Cells[i].Share = float64(c.Count) / float64(t.Answered)
			}
		}
		r.Tallies = append(r.Tallies, t)
	}
	return r
}

// hide blanks small cells, and as many of the next smallest as it takes that no
// blank can be worked out from the total.
func hide(cells []Cell) {
	order := make([]int, len(cells))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cells[a].Count - cells[b].Count })
	hidden, sum := 0, 0
	for _, i := range order {
		enough := hidden == 0 || hidden > 1 && sum >= few
		if cells[i].Count >= few && enough {
			return
		}
		hidden++
		sum += cells[i].Count
		cells[i].Count, cells[i].Hidden = 0, true
	}
}
