package sla

import (
	"time"

	"huiyin/internal/letter"
)

// Day is one line of the explanation of a due moment. Why is made of the fragments
// below.
type Day = letter.Day

// The fragments. A holiday stands before 放假 and in brackets behind 调休上班.
const (
	whyStart       = "收到当天不计"
	whyWorking     = "工作日"
	whyCalendar    = "自然日"
	whyHours       = "昼夜连续计算"
	whyOffice      = "上班时间计入"
	whyAfterHours  = "上班时间以外不计"
	whyWeekend     = "周末"
	whyHoliday     = "放假"
	whyMakeUp      = "调休上班"
	whyLocalOff    = "本地安排不上班"
	whyLocalWork   = "本地安排上班"
	whyPaused      = "暂停计算"
	whyRolled      = "顺延后的截止日"
	whyRollOver    = "期满日不上班，顺延"
	whyExtended    = "批准延期"
	whyTold        = "此前告知的期限较晚，予以保留"
	whyFixed       = "期限已过，不再变动"
	whyAwaiting    = "等待写信人补充，暂停计算"
	whyUnannounced = "（当年放假安排尚未公布）"
)

// whyStartOf says of the first day what happened on it, where the clock did not
// start when the letter came in.
var whyStartOf = map[letter.Step]string{
	letter.Assignment: "派单当天不计", letter.Transfer: "派单当天不计", letter.Redo: "重办当天不计",
	letter.Admission: "受理当天不计", letter.Supplement: "补正当天不计", letter.Review: "送审当天不计",
	letter.Approval: "答复当天不计", letter.DirectAnswer: "答复当天不计", letter.InterimReply: "阶段答复当天不计",
	letter.Objection: "退单当天不计", letter.RefusalObjection: "提出异议当天不计", letter.Part: "请求会办当天不计",
	letter.ExtensionRequest: "申请延期当天不计", letter.SupplementRequest: "请求补充当天不计", letter.Suspension: "中止当天不计",
}

// Explain is Due with the rules applied and every day from the start to the end,
// counted or skipped, and why. It costs as many lines as days; ask for it where
// one letter is read. The counted days of a limit in days are its amount, the
// minutes of a limit in hours sum up to it.
func Explain(c *Calendar, start time.Time, limit Limit, breaks []Break) Result {
	r := Due(c, start, limit, breaks)
	if r.At.IsZero() {
		return r
	}
	r.Grounds = limit.Unit.Grounds()
	if limit.Unit.InDays() {
		r.Days = c.explainDays(start, r.At, limit, breaks)
	} else {
		r.Days = c.explainHours(start, r.At, limit.Unit, merged(breaks))
	}
	return r
}

// explainDays goes from the day of the start to that of the end. A limit in
// calendar days or months may end before: then its last day was rolled over.
func (c *Calendar) explainDays(start, end time.Time, limit Limit, breaks []Break) []Day {
	first, last := c.day(start), c.day(end)
	t := tally{c, limit.Unit == WorkingDay, c.rests(breaks)}
	nominal := last
	if !t.working {
		nominal = t.nth(first, limit.days(first))
	}
	days := []Day{{Date: first.String(), Why: whyStart}}
	for d := first + 1; d <= last; d++ {
		line := t.line(d)
		switch {
		case d > nominal && d == last:
			line = Day{Why: whyRolled}
		case d > nominal:
			line = c.off(d)
		case d == nominal && d != last:
			line.Why = whyRollOver
		}
		line.Date = d.String()
		days = append(days, line)
	}
	return days
}

// line says whether a day within a limit in days counts.
func (t tally) line(d day) Day {
	if r, ok := t.paused(d); ok {
		return Day{Why: whyPausedBy(r.why)}
	}
	switch {
	case !t.working:
		return Day{Counted: true, Why: whyCalendar}
	case t.cal.works(d):
		return t.cal.on(d, whyWorking)
	}
	return t.cal.off(d)
}

// explainHours tells how much of a limit in hours passed on each day. Seconds are
// carried over to the next day, so that the minutes sum up to the limit.
func (c *Calendar) explainHours(start, end time.Time, u Unit, breaks []Break) []Day {
	var days []Day
	ran := int64(0)
	for d := c.day(start); c.midnight(d).Before(end); d++ {
		from, to := later(start, c.midnight(d)), earlier(end, c.midnight(d+1))
		lost, why := c.lost(from, to, u, breaks)
		gone := c.passed(from, to, u) - lost
		line := c.hour(d, u, gone > 0, lost > 0, why)
		line.Date = d.String()
		line.Minutes = int((ran+gone)/60_000 - ran/60_000)
		ran += gone
		days = append(days, line)
	}
	return days
}

// hour is the line of a day on which some of a limit in hours ran or not, and
// some was paused or not.
func (c *Calendar) hour(d day, u Unit, ran, paused bool, why string) Day {
	switch {
	case !ran && paused:
		return Day{Why: whyPausedBy(why)}
	case u == Hour:
		return Day{Counted: ran, Why: whyHours}
	case !c.works(d):
		return c.off(d)
	case !ran:
		return Day{Why: whyAfterHours}
	}
	return c.on(d, whyOffice)
}

// lost is what breaks take from the stretch, and why the last of them did.
func (c *Calendar) lost(from, to time.Time, u Unit, breaks []Break) (ms int64, why string) {
	for _, b := range breaks {
		if took := c.passed(later(from, b.From), earlier(to, b.Until), u); took > 0 {
			ms, why = ms+took, b.Why
		}
	}
	return ms, why
}

// passed is the time in milliseconds that a limit in this unit runs between two
// moments, breaks not taken off.
func (c *Calendar) passed(from, to time.Time, u Unit) int64 {
	switch {
	case !to.After(from):
		return 0
	case u == Hour:
		return to.Sub(from).Milliseconds()
	}
	return c.office(to) - c.office(from)
}

func whyPausedBy(why string) string {
	if why == "" {
		return whyPaused
	}
	return why
}

// off is the line of a day that is not worked, or that a break took.
func (c *Calendar) off(d day) Day {
	switch m := c.mark(d); {
	case c.works(d):
		return Day{Why: whyPaused}
	case m.source != "":
		return Day{Why: named(whyLocalOff, m.name), Source: m.source}
	case m.off:
		return Day{Why: m.name + whyHoliday}
	}
	return Day{Why: whyWeekend + c.announced(d)}
}

// on is the line of a working day; plain is what to say of an ordinary one.
func (c *Calendar) on(d day, plain string) Day {
	switch m := c.mark(d); {
	case m.work && m.source != "":
		return Day{Counted: true, Why: named(whyLocalWork, m.name), Source: m.source}
	case m.work && d.isWeekend():
		return Day{Counted: true, Why: named(whyMakeUp, m.name)}
	}
	return Day{Counted: true, Why: plain + c.announced(d)}
}

// named puts what a day is called behind why it is what it is.
func named(why, name string) string {
	if name == "" {
		return why
	}
	return why + "（" + name + "）"
}

func (c *Calendar) announced(d day) string {
	if c.Known(d.year()) {
		return ""
	}
	return whyUnannounced
}
