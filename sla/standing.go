package sla

import (
	"time"

	"huiyin/internal/letter"
)

// Standing is how a letter stands against its time at one moment, for lists.
type Standing struct {
	Due         time.Time
	Provisional bool
	Stopped     bool // answered, refused or withdrawn: nothing runs any more
	Paused      bool // the sender is asked for more
	Late        bool
	Soon        bool // not late, due today or on the next working day
	Days        int  // working days left after today; negative: working days over
}

// Standing reads the letter's clocks as they are stored: the unit's while it
// runs, else the sender's. False for a letter without either.
func (r *Rules) Standing(l *letter.Letter, now time.Time) (Standing, bool) {
	c, ok := l.Clock(letter.UnitClock)
	if !ok || !c.Running() {
		if c, ok = l.Clock(letter.SenderClock); !ok {
			return Standing{}, false
		}
	}
	s := Standing{
		Due: c.Due.In(r.Calendar.zone), Provisional: c.Provisional,
		Stopped: !c.Running(), Paused: !c.PausedSince.IsZero(), Late: c.Overdue(now),
	}
	if s.Stopped {
		now = c.Stopped
	}
	s.Days = WorkingDays(r.CalendarOf(c.Unit), now, c.Due)
	s.Soon = !s.Late && !s.Stopped && !s.Paused && s.Days <= 1
	return s, true
}

// Provisional says whether the date told to the sender may change with a notice
// that is not out yet.
func (r *Rules) Provisional(l *letter.Letter) bool {
	c, ok := l.Clock(letter.SenderClock)
	return ok && c.Provisional
}

// Figures are what the step that answers a letter writes down, called after the
// answer was recorded: the due moment of the sender's newest clock, the minutes
// in office hours from its start to the answer without the breaks, and whether
// the answer was late. Zero for a letter that is not answered or had no clock.
func (r *Rules) Figures(l *letter.Letter) letter.Figures {
	u := newest(r.runs(l), letter.SenderClock)
	if u == nil || l.AnsweredAt.IsZero() {
		return letter.Figures{}
	}
	breaks := r.capped(u)
	due := r.due(u, breaks)
	minutes := WorkingMinutes(r.Calendar, u.started, l.AnsweredAt)
	for _, b := range merged(breaks) {
		minutes -= WorkingMinutes(r.Calendar, later(b.From, u.started), earlier(b.Until, l.AnsweredAt))
	}
	return letter.Figures{DueAt: due, WorkingMinutes: max(0, minutes), Late: l.AnsweredAt.After(due)}
}

func newest(runs []run, name string) *run {
	for i := len(runs) - 1; i >= 0; i-- {
		if runs[i].name == name {
			return &runs[i]
		}
	}
	return nil
}
