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

// Same says that two clocks are the same in everything that is kept of them: their
// moments to the millisecond, in whatever zone.
func (c Clock) Same(o Clock) bool {
	at := func(a, b time.Time) bool { return a.UnixMilli() == b.UnixMilli() }
	return c.Name == o.Name && c.Part == o.Part && c.Unit == o.Unit && at(c.Started, o.Started) && at(c.Due, o.Due) &&
		c.Amount == o.Amount && c.Measure == o.Measure && at(c.NextRung, o.NextRung) && c.RungName == o.RungName &&
		at(c.PausedSince, o.PausedSince) && c.Calendar == o.Calendar && c.Policy == o.Policy && c.Provisional == o.Provisional &&
		at(c.Stopped, o.Stopped)
}

// Overdue says whether the clock ran past its due time by now, or was stopped late.
func (c Clock) Overdue(now time.Time) bool {
	if !c.Running() {
		return c.Stopped.After(c.Due)
	}
	return c.PausedSince.IsZero() && now.After(c.Due)
}

// ExternalPolicy is the policy named by a clock whose due time a higher level has
// set with the order it sent down: no limit of the city was counted.
const ExternalPolicy = "external"

// DueRungName is the rung at a clock's due time.
const DueRungName = "due"

// DueRung says that a rung's moment has passed, as the sweep finds it; which
// rungs those are, the letter's clocks say.
type DueRung struct {
	Number string
	At     time.Time
}
