package page

import (
	"strconv"
	"time"
)

// cell is one day of the little calendar under "怎么算的".
type cell struct {
	Text    string // the day in full, for readers who hear the page
	Label   string // what stands in the cell: the day of the month, with the month where it changes
	Below   string // which day of the limit it is, or why it does not count
	Class   string
	Counted bool
}

// calendar lays the days out in weeks that begin on Monday. A day that cannot be read is left out.
func (w words) calendar(days []Day) []cell {
	var cells []cell
	counted := 0
	for _, d := range days {
		t, err := time.ParseInLocation(time.DateOnly, d.Date, w.zone)
		if err != nil {
			continue
		}
		c := cell{Text: w.date(t), Label: strconv.Itoa(t.Day()), Below: T(w.lang, d.Why), Class: "skipped", Counted: d.Counted}
		if len(cells) == 0 || t.Day() == 1 {
			c.Label = w.monthDay(t)
		}
		if d.Counted {
			counted++
			c.Class, c.Below = "counted", T(w.lang, "第 %d 天", counted)
		}
		if len(cells) == 0 {
			c.Class += " col-" + strconv.Itoa((int(t.Weekday())+6)%7+1)
		}
		cells = append(cells, c)
	}
	if len(cells) > 0 {
		cells[len(cells)-1].Class += " last"
	}
	return cells
}

func (w words) monthDay(t time.Time) string {
	if w.lang == English {
		return t.Format("2 Jan")
	}
	return strconv.Itoa(int(t.Month())) + "." + strconv.Itoa(t.Day())
}
