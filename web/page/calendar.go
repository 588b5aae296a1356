package page

import (
	"strconv"
	"strings"
	"time"
)

// cell is one day of the little calendar under "怎么算的".
type cell struct {
	Text    string // the day in full, for readers who hear the page
	Label   string // what stands in the cell: the day of the month, with the month where it changes
	Below   string // which day of the limit it is, or why it does not count
	Extra   string // what is unusual about a day that counts
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
		if d.Counted {
			counted++
		}
		c := w.cell(t, d, counted)
		if len(cells) == 0 || t.Day() == 1 {
			c.Label = w.monthDay(t)
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

func (w words) cell(t time.Time, d Day, counted int) cell {
	c := cell{Text: w.date(t), Label: strconv.Itoa(t.Day()), Counted: d.Counted}
	// That a year is not announced is said once, above the calendar.
	short, _, _ := strings.Cut(d.Why, unannounced)
	if !d.Counted {
		c.Class, c.Below = "skipped", w.why(inCell(short))
		return c
	}
	c.Class, c.Below = "counted", T(w.lang, "第 %d 天", counted)
	if d.Minutes > 0 {
		c.Below = w.hours(d.Minutes)
	}
	if strings.HasPrefix(d.Why, makeUp) {
		c.Extra = T(w.lang, makeUp)
	}
	return c
}

func (w words) monthDay(t time.Time) string {
	if w.lang == English {
		return t.Format("2 Jan")
	}
	return strconv.Itoa(int(t.Month())) + "." + strconv.Itoa(t.Day())
}

// inCell shortens a reason that is told in full beside the calendar.
func inCell(why string) string {
	switch {
	case strings.HasSuffix(why, "暂停计算"):
		return "暂停"
	case why == "此前告知的期限较晚，予以保留":
		return "原期限"
	case why == "批准延期":
		return "延期"
	}
	return why
}

// hours says how much of a limit in hours passed on a day.
func (w words) hours(minutes int) string {
	switch h, m := minutes/60, minutes%60; {
	case h == 0:
		return T(w.lang, "算 %d 分钟", m)
	case m == 0:
		return T(w.lang, "算 %d 小时", h)
	default:
		return T(w.lang, "算 %d 小时 %d 分", h, m)
	}
}

const (
	unannounced = "（当年放假安排尚未公布）"
	makeUp      = "调休上班"
)

// fragments are what the reasons of sla are put together from: a holiday stands before 放假.
var fragments = []string{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节", "放假", makeUp, "本地安排不上班", "本地安排上班"}

func (w words) why(text string) string { return Why(w.lang, text) }

// Why translates a reason of sla: as a whole if the catalogue has it, else piece by piece.
func Why(lang Language, text string) string {
	if lang == Chinese || Translated(text) {
		return T(lang, text)
	}
	for _, f := range fragments {
		text = strings.ReplaceAll(text, f, T(lang, f)+" ")
	}
	return strings.TrimSpace(brackets.Replace(text))
}

var brackets = strings.NewReplacer("（", "(", " ）", ")", "）", ")")
