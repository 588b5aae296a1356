package letter

import "time"

// Clock is one running or stopped limit. It is the result of the events,
// computed by sla and kept for the sweep (contracts.md, Clocks).
type Clock struct {
	Name        string // SenderClock, UnitClock, …
	Part        int    // number of the co-handling part, 0 for the letter's own
	Unit        string // unit it measures, "" for the sender's
	Started     time.Time
	Due         time.Time // late if and only if now is after it
	Amount      int
	Measure     string    // calendar_day, working_day, hour, working_hour, month
	NextRung    time.Time // zero: no rung left
	RungName    string    // name of that rung
	PausedSince time.Time // zero: not paused
	Calendar    string    // version of the calendar it was computed with
	Policy      string    // id of the policy
	Provisional bool      // it reaches into a year whose holidays are not announced
	Stopped     time.Time // zero: running
}

// Running says that the clock still counts or is paused.
func (c Clock) Running() bool { return c.Stopped.IsZero() }

// Same says that two clocks are the same in everything, whatever zone their moments
// are written in.
func (c Clock) Same(o Clock) bool {
	moments := [][2]time.Time{{c.Started, o.Started}, {c.Due, o.Due}, {c.NextRung, o.NextRung}, {c.PausedSince, o.PausedSince}, {c.Stopped, o.Stopped}}
	for _, m := range moments {
		if !m[0].Equal(m[1]) {
			return false
		}
	}
	c.Started, c.Due, c.NextRung, c.PausedSince, c.Stopped = o.Started, o.Due, o.NextRung, o.PausedSince, o.Stopped
	return c == o
}

// Overdue says whether the clock ran past its due time by now, or was stopped late.
func (c Clock) Overdue(now time.Time) bool {
	if !c.Running() {
		return c.Stopped.After(c.Due)
	}
	return c.PausedSince.IsZero() && now.After(c.Due)
}

// DueRungName is the rung at a clock's due time.
const DueRungName = "due"

// DueRung is a rung whose moment has passed, as the sweep finds it.
type DueRung struct {
	Number string
	Clock  string
	Part   int
	Rung   string
	At     time.Time
}
