package supervise

import (
	"math"
	"strconv"
)

// The drawing of the weeks of a topic, in its own units.
const (
	drawnWeeks  = 12
	weekStep    = 12
	weekWidth   = 9
	weekHeight  = 36
	compareWith = 4 // weeks before the last one
)

// heat compares the last seven days with the four times seven days before: each holds every weekday once, so a Monday is
// compared with Mondays.
type heat struct {
	Now    int
	Before float64 // on average
	Word   string
	Rising bool
}

// BeforeText is the average with one digit, without it when it is a whole number.
func (h heat) BeforeText() string {
	return strconv.FormatFloat(math.Round(h.Before*10)/10, 'f', -1, 64)
}

func heatOf(weeks []int) heat {
	last := len(weeks) - 1
	h := heat{Now: weeks[last], Word: "平稳"}
	for _, n := range weeks[last-compareWith : last] {
		h.Before += float64(n) / compareWith
	}
	switch {
	case h.Now == 0:
		h.Word = "暂时平息"
	case float64(h.Now) >= 1.5*h.Before && h.Now >= 2:
		h.Word, h.Rising = "升温", true
	case float64(h.Now) <= 0.6*h.Before:
		h.Word = "降温"
	}
	return h
}

// weeksDrawing is one bar for each week; a week without letters has none.
type weeksDrawing struct {
	Width, Height int
	Bars          []weekBar
	Any           bool
}

type weekBar struct {
	X, Y, H int
	Letters int
	Ago     int // weeks before the last one
	Last    bool
}

func drawWeeks(weeks []int) weeksDrawing {
	d := weeksDrawing{Width: len(weeks) * weekStep, Height: weekHeight + 1}
	most := 1
	for _, n := range weeks {
		most = max(most, n)
	}
	for i, n := range weeks {
		if n == 0 {
			continue
		}
		h := max(2, n*weekHeight/most)
		d.Any = true
		d.Bars = append(d.Bars, weekBar{X: i * weekStep, Y: weekHeight - h, H: h, Letters: n, Ago: len(weeks) - 1 - i, Last: i == len(weeks)-1})
	}
	return d
}
