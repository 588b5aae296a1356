package admin

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"huiyin/sla"
	"huiyin/web/page"
)

// drawnMonth is a month of the calendar as it is drawn: weeks that begin on Monday.
type drawnMonth struct {
	Name    string
	Days    []drawnDay
	Special []string // what is not as the weekday says, in words
	Worked  int      // working days
}

// drawnDay is one day. Its mark is a character, so that nothing is told by colour alone.
type drawnDay struct {
	Number int
	Class  string // worked, rest, off or makeup, and the column of the first
	Mark   string // 休 or 班, "" when the day is what its weekday says
	Heard  string // the day in full, for who hears the page
}

// drawYear draws the twelve months of a year.
func drawYear(c *sla.Calendar, year int, lang page.Language) []drawnMonth {
	months := make([]drawnMonth, 12)
	for i := range months {
		months[i] = drawMonth(c, time.Date(year, time.Month(i+1), 1, 12, 0, 0, 0, c.Zone()), lang)
	}
	return months
}

func drawMonth(c *sla.Calendar, first time.Time, lang page.Language) drawnMonth {
	m := drawnMonth{Name: page.T(lang, "%d月", int(first.Month()))}
	if lang == page.English {
		m.Name = first.Format("January")
	}
	var run stretch
	for t := first; t.Month() == first.Month(); t = t.AddDate(0, 0, 1) {
		d := drawDay(c, t, lang)
		if t.Day() == 1 {
			d.Class += " col-" + strconv.Itoa((int(t.Weekday())+6)%7+1)
		}
		if c.Works(t) {
			m.Worked++
		}
		m.Days = append(m.Days, d)
		why := ""
		if d.Mark != "" {
			why = reason(c.Told(t))
		}
		if said := run.next(t.Day(), why, lang); said != "" {
			m.Special = append(m.Special, said)
		}
	}
	if said := run.next(0, "", lang); said != "" {
		m.Special = append(m.Special, said)
	}
	return m
}

func drawDay(c *sla.Calendar, t time.Time, lang page.Language) drawnDay {
	works, weekend := c.Works(t), t.Weekday() == time.Saturday || t.Weekday() == time.Sunday
	told := reason(c.Told(t))
	d := drawnDay{Number: t.Day(), Class: "worked"}
	switch {
	case works && weekend:
		d.Class, d.Mark = "makeup", page.T(lang, "班")
	case !works && (!weekend || told != weekendWord):
		d.Class, d.Mark = "off", page.T(lang, "休")
	case !works:
		d.Class = "rest"
	}
	if d.Mark != "" {
		d.Heard = page.Why(lang, told)
	}
	return d
}

const (
	weekendWord = "周末"
	unannounced = "（当年放假安排尚未公布）"
)

// reason is what a day is, without the hint that its year is not known, which is said once.
func reason(d sla.Day) string { return strings.TrimSuffix(d.Why, unannounced) }

// stretch gathers days one after the other that are the same for the same reason.
type stretch struct {
	from, to int
	why      string
}

// next takes one day more and tells the stretch before it, if that has ended there.
func (s *stretch) next(day int, why string, lang page.Language) string {
	if why == s.why && why != "" {
		s.to = day
		return ""
	}
	said := s.said(lang)
	s.from, s.to, s.why = day, day, why
	return said
}

func (s *stretch) said(lang page.Language) string {
	if s.why == "" {
		return ""
	}
	days := fmt.Sprint(s.from)
	if s.to != s.from {
		days = fmt.Sprintf("%d–%d", s.from, s.to)
	}
	return page.T(lang, "%s 日：%s", days, page.Why(lang, s.why))
}
