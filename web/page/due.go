package page

import (
	"time"

	"huiyin/internal/letter"
)

// Due is the end of a clock of the letter and, with How, the way there.
type Due struct {
	Started     time.Time
	At          time.Time
	Amount      int
	Measure     string // calendar_day, working_day, hour, working_hour, month
	Provisional bool
	External    bool // set by a higher level, not counted
	Mark        Mark
	How         *How // nil hides "怎么算的"
}

// How tells how a due time came about. The caller has it from sla.
type How struct {
	letter.Reckoning
	Open bool // unfolded from the start, as on the receipt
}

// Day is one day that the clock looked at.
type Day = letter.Day

// soon is how long before the due time a letter is said to be due soon. Working days need the calendar, which pages do
// not have; two days are the last rung of the demonstration policies.
const soon = 48 * time.Hour

// DueOf is how a clock of the letter stands at now. how may be nil.
func DueOf(l *letter.Letter, c letter.Clock, now time.Time, how *How) *Due {
	return &Due{Started: c.Started, At: c.Due, Amount: c.Amount, Measure: c.Measure,
		External:    c.Policy == letter.ExternalPolicy,
		Provisional: c.Provisional && c.Running(), Mark: markOfClock(l, c, now), How: how}
}

// senderDue is the end of the sender's clock.
func senderDue(l *letter.Letter, now time.Time, how *How) *Due {
	c, ok := l.Clock(letter.SenderClock)
	if !ok || l.State == letter.Refused || l.State == letter.Withdrawn {
		return nil
	}
	return DueOf(l, c, now, how)
}

// markOfClock says of a clock that the answer did not stop only whether it ended in time. What the unit may do for a
// while is not late afterwards, it is over.
func markOfClock(l *letter.Letter, c letter.Clock, now time.Time) Mark {
	mark := DueMark(c, now)
	switch {
	case c.Name == letter.WindowClock && (mark == Overdue || mark == Late || mark == Paused && c.PausedSince.After(c.Due)):
		return Lapsed
	case c.Running() || c.Name == letter.SenderClock || c.Stopped.Equal(l.AnsweredAt) && c.Name == letter.UnitClock:
		return mark
	case mark == Late:
		return EndedLate
	}
	return Ended
}

// DueMark says how a clock stands at now; the text of lists and badges.
func DueMark(c letter.Clock, now time.Time) Mark {
	switch {
	case !c.Running() && c.Overdue(now):
		return Late
	case !c.Running():
		return OnTime
	case !c.PausedSince.IsZero():
		return Paused
	case c.Overdue(now):
		return Overdue
	case c.Due.Sub(now) <= soon:
		return Soon
	}
	return Running
}

// Daily says that the limit ends with a day and not at a moment.
func (d *Due) Daily() bool {
	return !d.External && d.Measure != "hour" && d.Measure != "working_hour"
}

// rules say a limit in words, keys of the catalogue: of the answer, with the day or moment of receipt and a number, and
// of any clock, with the step that started it before the number.
var rules = map[string][2]string{
	"working_day":  {"从%s收到起，%d 个工作日内答复。", "从%s（%s）起，%d 个工作日。"},
	"hour":         {"从%s收到起，%d 小时内答复。", "从%s（%s）起，%d 小时。"},
	"working_hour": {"从%s收到起，%d 个工作小时内答复。", "从%s（%s）起，%d 个工作小时。"},
	"month":        {"从%s收到起，%d 个月内答复。", "从%s（%s）起，%d 个月。"},
	"calendar_day": {"从%s收到起，%d 天内答复，周末和节假日也算在内。", "从%s（%s）起，%d 天，周末和节假日也算在内。"},
}

// Plain says that the limit is the one that a resident knows: from the receipt of his letter to the answer.
func (d *Due) Plain() bool {
	return d.How.Clock.Name == letter.SenderClock && (d.How.Step == letter.Submission || d.How.Step == "")
}

// Rule says the limit in words, a key for the catalogue.
func (d *Due) Rule() string {
	r, ok := rules[d.Measure]
	if !ok {
		r = rules["calendar_day"]
	}
	if d.Plain() {
		return r[0]
	}
	return r[1]
}

// Orders are the days that a local order makes what they are.
func (h *How) Orders() []Day {
	var list []Day
	for _, d := range h.Days {
		if d.Source != "" {
			list = append(list, d)
		}
	}
	return list
}

// LastOf is the last moment of a pause.
func (h *How) LastOf(p letter.Pause) time.Time { return p.Until.Add(-time.Millisecond) }
