package sla

import "time"

// Day is one line of the explanation of a due moment.
type Day struct {
	Date    string `json:"date"`
	Counted bool   `json:"counted"`
	Why     string `json:"why"` // Chinese fragment, the key of its translation
}

// The fragments. A holiday stands before 放假 and in brackets behind 调休上班.
const (
	whyStart       = "收到当天不计"
	whyWorking     = "工作日"
	whyCalendar    = "自然日"
	whyHours       = "昼夜连续计算"
	whyOffice      = "上班时间计入"
	whyWeekend     = "周末"
	whyHoliday     = "放假"
	whyMakeUp      = "调休上班"
	whyPaused      = "暂停计算"
	whyRolled      = "顺延后的截止日"
	whyRollOver    = "期满日不上班，顺延"
	whyExtended    = "批准延期"
	whyAwaiting    = "等待写信人补充，暂停计算"
	whyUnannounced = "（当年放假安排尚未公布）"
)

// Explain is Due with every day from the start to the end, counted or skipped,
// and why. It costs as many lines as days; ask for it where one letter is read.
func Explain(c *Calendar, start time.Time, limit Limit, breaks []Break) Result {
	r := Due(c, start, limit, breaks)
	if r.At.IsZero() {
		return r
	}
	first, last := c.day(start), c.day(r.At)
	t := tally{c, limit.Unit == WorkingDay || limit.Unit == WorkingHour, c.rests(breaks)}
	nominal := last
	if limit.Unit == CalendarDay || limit.Unit == Month {
		nominal = t.nth(first, limit.days(first))
	}
	if limit.Unit.InDays() {
		r.Days = append(r.Days, Day{Date: first.String(), Why: whyStart})
		first++
	}
	for d := first; d <= last; d++ {
		line := t.line(d, limit.Unit)
		switch {
		case d > nominal && d == last:
			line = Day{Why: whyRolled}
		case d > nominal:
			line = Day{Why: c.whyOff(d)}
		case d == nominal && d != last:
			line.Why = whyRollOver
		}
		line.Date = d.String()
		r.Days = append(r.Days, line)
	}
	return r
}

// line says whether a day within the limit counts.
func (t tally) line(d day, u Unit) Day {
	if r, ok := t.paused(d); ok {
		if r.why != "" {
			return Day{Why: r.why}
		}
		return Day{Why: whyPaused}
	}
	if !t.working {
		if u == Hour {
			return Day{Counted: true, Why: whyHours}
		}
		return Day{Counted: true, Why: whyCalendar}
	}
	if !t.cal.works(d) {
		return Day{Why: t.cal.whyOff(d)}
	}
	return Day{Counted: true, Why: t.cal.whyOn(d, u)}
}

func (c *Calendar) whyOff(d day) string {
	switch m := c.mark(d); {
	case c.works(d):
		return whyPaused
	case m.off && m.name != "":
		return m.name + whyHoliday
	case m.off:
		return whyHoliday
	}
	return whyWeekend + c.announced(d)
}

func (c *Calendar) whyOn(d day, u Unit) string {
	if m := c.mark(d); m.work && d.isWeekend() {
		if m.name == "" {
			return whyMakeUp
		}
		return whyMakeUp + "（" + m.name + "）"
	}
	if u == WorkingHour {
		return whyOffice + c.announced(d)
	}
	return whyWorking + c.announced(d)
}

func (c *Calendar) announced(d day) string {
	if c.Known(d.year()) {
		return ""
	}
	return whyUnannounced
}
