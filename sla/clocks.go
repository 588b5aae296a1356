package sla

import (
	"time"

	"huiyin/internal/letter"
)

// Clocks computes all clocks of a letter, running and stopped, from its events,
// in the order in which they started. The transition table says which step
// starts, stops and pauses which clock; a clock without a limit in any policy
// is not kept, and letters that come in answered have none.
//
// The sender's first clock runs from l.Received, which for imports is long
// before the first event; every other from its event. Rungs from before the
// first event are not played. An event whose facts cannot be read counts
// without them: letter.Replay has refused such a letter before.
func (r *Rules) Clocks(l *letter.Letter) []letter.Clock {
	return r.finishAll(l, r.runs(l))
}

func (r *Rules) finishAll(l *letter.Letter, runs []run) []letter.Clock {
	if len(runs) == 0 {
		return nil
	}
	clocks := make([]letter.Clock, len(runs))
	for i := range runs {
		clocks[i] = r.finish(l, &runs[i])
	}
	silenceInterim(clocks)
	return clocks
}

// silenceInterim takes the rung of an interim reply that is due when the answer is
// due itself, or later: it is for answers that take longer (domain.md 2.9, "7 wd
// reply (or 7 wd staged reply plus ≤15 wd if complex)").
func silenceInterim(clocks []letter.Clock) {
	var answer time.Time
	for _, c := range clocks {
		if c.Running() && c.Name == letter.UnitClock {
			answer = c.Due
		}
	}
	for i := range clocks {
		if c := &clocks[i]; c.Name == letter.InterimClock && !c.Due.Before(answer) {
			c.NextRung, c.RungName = time.Time{}, ""
		}
	}
}

// run is a clock while the events are read.
type run struct {
	name    string
	part    int
	unit    string
	step    letter.Step // that started it
	started time.Time
	stopped time.Time
	limit   Limit
	policy  string

	breaks     []Break // in order; the last has no end while the clock is paused
	extendedAt time.Time
	until      time.Time // the due moment that was approved instead
	external   time.Time // the due moment that a higher level set
	toldAt     time.Time // when other rules were found to give another due moment
	told       time.Time // than this one, before which it is not due, see hold
	fixed      time.Time // the due moment that had passed by then, which stays
	renewed    time.Time // since when the ladder is climbed anew
	played     []string  // rungs recorded since the start, or since then
}

// owesAnswer says that the clock measures the way to the letter's answer.
func (u *run) owesAnswer() bool {
	return u.name == letter.SenderClock || u.name == letter.UnitClock || u.name == letter.LegalClock
}

func (u *run) running() bool { return u.stopped.IsZero() }

// pausedSince is zero for a clock that runs.
func (u *run) pausedSince() time.Time {
	if n := len(u.breaks); n > 0 && u.running() && u.breaks[n-1].Until.IsZero() {
		return u.breaks[n-1].From
	}
	return time.Time{}
}

// runs reads the events.
func (r *Rules) runs(l *letter.Letter) []run {
	t := tape{rules: r, letter: l, list: make([]run, 0, 4)}
	for i := range l.Events {
		t.take(&l.Events[i])
	}
	return t.list
}

// tape holds the clocks while events are read one after the other.
type tape struct {
	rules  *Rules
	letter *letter.Letter
	list   []run
	unit   string // lead unit
	parts  int

	admitted bool // a new unit need not decide it again

	deadline time.Time // of a higher level
	climbed  string    // the clock of the last rung
	resting  *Break    // a legal reason has stopped time, and stops what starts meanwhile
}

func (t *tape) take(e *letter.Event) {
	row, _ := letter.Row(e.Step)
	var f letter.Facts
	switch e.Step {
	case letter.Submission, letter.Assignment, letter.Transfer, letter.Part, letter.PartDelivery, letter.ExtensionApproval, letter.Suspension, letter.Rung, letter.Redating:
		f, _ = e.PublicFacts()
	}
	if e.From == letter.AwaitingSender && e.To != letter.AwaitingSender || e.Step == letter.Resumption || e.To == letter.Withdrawn {
		t.resting = nil
		t.resume(e.At)
	}
	for _, name := range row.Stops {
		t.stop(name, e, f)
	}
	switch e.Step {
	case letter.Submission:
		t.deadline = moment(f.Until)
	case letter.Admission:
		t.admitted = true
	case letter.Assignment, letter.Transfer:
		t.unit = f.Unit
	case letter.ExtensionApproval:
		t.extend(e.At, time.UnixMilli(f.Until))
	case letter.Rung:
		t.record(f)
	case letter.Redating:
		t.rules.redate(t.list, e.At, f.Moves)
	}
	// Before the starts: the clock that measures the pause is not paused itself.
	for _, name := range row.Pauses {
		t.pause(name, t.breakOf(e, f))
	}
	for _, name := range row.Starts {
		t.start(name, e, f)
	}
	t.legalStarts(e)
	if e.Step == letter.Suspension {
		b := t.breakOf(e, f)
		t.resting = &b
	}
}

func (t *tape) start(name string, e *letter.Event, f letter.Facts) {
	if name == letter.AdmissionClock && t.admitted {
		return
	}
	if u := t.begin(name, e, f); !u.limit.IsZero() {
		t.list = append(t.list, u)
	}
}

// begin is a clock as it starts, without a limit when no policy sets one.
func (t *tape) begin(name string, e *letter.Event, f letter.Facts) run {
	u := run{name: name, unit: t.unit, started: e.At, step: e.Step}
	switch {
	case name == letter.SenderClock:
		u.unit = ""
		if e.Step == letter.Submission && !t.letter.Received.IsZero() {
			u.started = t.letter.Received
		}
	case name == letter.PartClock:
		t.parts++
		u.part, u.unit = t.parts, f.Unit
	}
	u.limit, u.policy = t.rules.limit(t.letter, unitFor(name, u.unit), name, u.started)
	if e.Step == letter.Redo {
		t.shorten(&u)
	}
	t.external(&u)
	if t.resting != nil && u.external.IsZero() {
		u.breaks = []Break{*t.resting} // its cap counts from when time was stopped
	}
	return u
}

// moment reads a fact; 0 is none.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// shorten gives the clocks of a redo their shorter limit.
func (t *tape) shorten(u *run) {
	if limit, policy := t.rules.limit(t.letter, unitFor(u.name, u.unit), RedoLimit, u.started); !limit.IsZero() {
		u.limit, u.policy = limit, policy
		return
	}
	u.limit.Amount = (u.limit.Amount + 1) / 2
}

// stop ends the running clocks of that name. Of several parts a delivery ends only
// the one that it is for.
func (t *tape) stop(name string, e *letter.Event, f letter.Facts) {
	for i := range t.list {
		u := &t.list[i]
		if !u.running() || name != "*" && name != u.name {
			continue
		}
		if e.Step == letter.PartDelivery && f.Unit != u.unit {
			continue
		}
		u.stopped = e.At
	}
}

// breakOf is the pause that a step begins.
func (t *tape) breakOf(e *letter.Event, f letter.Facts) Break {
	return Break{From: e.At, Why: whyRests(e.Step, f), limit: capOf[e.Step], of: asOf(t.letter, e)}
}

func (t *tape) pause(name string, b Break) {
	for i := range t.list {
		if u := &t.list[i]; u.running() && u.external.IsZero() && (name == "*" || name == u.name) {
			u.breaks = append(u.breaks, b)
		}
	}
}

func (t *tape) resume(at time.Time) {
	for i := range t.list {
		u := &t.list[i]
		if since := u.pausedSince(); !since.IsZero() {
			u.breaks[len(u.breaks)-1].Until = at
		}
	}
}

// extend sets the approved due moment on the clocks that the letter's answer
// stops; an approval that gives no more time changes nothing.
func (t *tape) extend(at, until time.Time) {
	for i := range t.list {
		u := &t.list[i]
		if u.running() && u.owesAnswer() && until.After(u.until) {
			u.extendedAt, u.until, u.renewed, u.played = at, until, at, nil
		}
	}
}

func (t *tape) record(f letter.Facts) {
	t.climbed = f.Clock
	for i := range t.list {
		u := &t.list[i]
		if u.running() && u.name == f.Clock && (f.Unit == "" || f.Unit == u.unit) {
			u.played = append(u.played, f.Rung)
		}
	}
}

// finish computes the due moment and the next rung.
func (r *Rules) finish(l *letter.Letter, u *run) letter.Clock {
	breaks := r.capped(u)
	due := r.due(u, breaks)
	calendar := r.CalendarOf(u.unit)
	c := letter.Clock{
		Name: u.name, Part: u.part, Unit: u.unit, Started: u.started, Due: due,
		Amount: u.limit.Amount, Measure: string(u.limit.Unit),
		PausedSince: u.pausedSince(), Stopped: u.stopped,
		Calendar: calendar.version, Policy: u.policy,
		Provisional: u.external.IsZero() && calendar.provisional(u.started, due, u.limit.Unit),
	}
	if u.running() && climbs(l.State, u.name) {
		c.NextRung, c.RungName = r.nextRung(l, u, due, breaks)
	}
	return c
}
