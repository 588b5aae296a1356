package sla

import (
	"time"

	"huiyin/internal/letter"
)

// Result is a due moment and how it came about.
type Result struct {
	At          time.Time `json:"at"`   // late if and only if now is after it; in the city's zone
	Date        string    `json:"date"` // its day, YYYY-MM-DD
	Provisional bool      `json:"provisional"`
	Limit       Limit     `json:"limit"`
	Policy      string    `json:"policy,omitempty"`  // id, where a policy set the limit
	Calendar    string    `json:"calendar"`          // version
	Grounds     []Ground  `json:"grounds,omitempty"` // only by Explain, as the days
	Days        []Day     `json:"days,omitempty"`

	// Only of a clock: which step started it, what it paused for, with the end of
	// each pause, and why another moment holds than the limit alone gives.
	Step     letter.Step `json:"step,omitempty"`
	Breaks   []Break     `json:"breaks,omitempty"`
	Counted  time.Time   `json:"counted,omitzero"`  // by the limit alone, where another moment holds
	Told     time.Time   `json:"told,omitzero"`     // told before other rules came, where it holds instead
	Fixed    bool        `json:"fixed,omitempty"`   // Told had passed by then
	Approved time.Time   `json:"approved,omitzero"` // the moment that was approved instead
	Extended time.Time   `json:"extended,omitzero"` // that moment, put off by later pauses; it holds
}

// Due computes when a limit that starts at a moment is over.
//
// Days: the day of the start is not counted (民法典第二百零一条第一款), the limit ends
// at 23:59:59.999 of its last day in the city's zone (第二百零三条第二款); calendar
// days and months that end on a day off run to the next working day (第二百零三条
// 第一款). A month ends on the day with the start's number, or the month's last
// (第二百零二条). Hours run at once, day and night (第二百零一条第二款), working hours in
// office hours only and end with the office day rather than begin the next. Grounds
// gives these rules as data. How breaks count: see Break; days wholly paused within
// a month are added to its end.
//
// Provisional: a day it looked at, up to the due day, lies in a year whose
// holidays are not announced. A limit that Check refuses gives the zero Result.
func Due(c *Calendar, start time.Time, limit Limit, breaks []Break) Result {
	if limit.Check() != nil {
		return Result{}
	}
	at := c.due(start, limit, breaks)
	return Result{
		At: at, Date: dayOf(at).String(), Provisional: c.provisional(start, at, limit.Unit),
		Limit: limit, Calendar: c.version,
	}
}

// due is Due without its description; the limit has been checked.
func (c *Calendar) due(start time.Time, limit Limit, breaks []Break) time.Time {
	switch limit.Unit {
	case Hour:
		return c.afterHours(start, time.Duration(limit.Amount)*time.Hour, breaks)
	case WorkingHour:
		return c.afterOffice(start, int64(limit.Amount)*3600_000, breaks)
	case WorkingDay:
		return c.end(tally{c, true, c.rests(breaks)}.nth(c.day(start), limit.Amount))
	}
	all := tally{c, false, c.rests(breaks)}
	first := c.day(start)
	return c.end(all.roll(all.nth(first, limit.days(first))))
}

// days is a limit in calendar days or months as calendar days after the first.
func (l Limit) days(first day) int {
	if l.Unit == Month {
		return int(first.addMonths(l.Amount) - first)
	}
	return l.Amount
}

func (c *Calendar) provisional(start, at time.Time, u Unit) bool {
	first := c.day(start)
	if u.InDays() {
		first++
	}
	return !c.covers(first, c.day(at))
}

// afterHours is the moment after d of running time.
func (c *Calendar) afterHours(start time.Time, d time.Duration, breaks []Break) time.Time {
	end := start.Add(d)
	for _, b := range merged(breaks) {
		if !b.Until.After(start) {
			continue
		}
		if !b.From.Before(end) {
			break
		}
		end = end.Add(b.Until.Sub(later(b.From, start)))
	}
	return end.In(c.zone)
}

// afterOffice is the moment after ms milliseconds of running office time.
func (c *Calendar) afterOffice(start time.Time, ms int64, breaks []Break) time.Time {
	begin := c.office(start)
	end := begin + ms
	for _, b := range merged(breaks) {
		from, until := max(c.office(b.From), begin), c.office(b.Until)
		if until <= begin {
			continue
		}
		if from >= end {
			break
		}
		end += until - from
	}
	return c.atOffice(end)
}
