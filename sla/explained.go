package sla

import (
	"time"

	"huiyin/internal/letter"
)

// Explain tells day by day how the newest clock of that name came to its due
// moment; false when the letter has none.
func (r *Rules) Explain(l *letter.Letter, clock string) (Result, bool) {
	u := newest(r.runs(l), clock)
	if u == nil {
		return Result{}, false
	}
	return r.explain(l, u), true
}

// ExplainClock tells the same of one of the clocks that the letter keeps, stopped
// ones included; false when its events start no such clock. A clock that stopped
// before other rules came keeps its date: then the moment told here is another.
func (r *Rules) ExplainClock(l *letter.Letter, c letter.Clock) (Result, bool) {
	runs := r.runs(l)
	for i := range runs {
		if u := &runs[i]; u.name == c.Name && u.part == c.Part && u.unit == c.Unit && u.started.Equal(c.Started) {
			return r.explain(l, u), true
		}
	}
	return Result{}, false
}

func (r *Rules) explain(l *letter.Letter, u *run) Result {
	breaks := r.capped(u)
	calendar := r.CalendarOf(u.unit)
	res := calendar.explainExternal(u)
	if u.external.IsZero() {
		res = Explain(calendar, u.started, u.limit, breaks)
		res.Policy, res.Breaks = u.policy, breaks
		if why, ok := whyStartOf[u.step]; ok && u.limit.Unit.InDays() {
			res.Days[0].Why = why
		}
	}
	res.Step = u.step
	return r.explainHeld(res, u, breaks)
}

// explainHeld goes on to the day that holds instead of the counted one: that was
// told before other rules came, or that was approved. A limit that had passed by
// then ends where it ended.
func (r *Rules) explainHeld(res Result, u *run, breaks []Break) Result {
	calendar := r.CalendarOf(u.unit)
	due, held := r.due(u, breaks), r.held(u, res.At, breaks)
	if due.Equal(res.At) {
		return res
	}
	for n := len(res.Days); n > 1 && res.Days[n-1].Date > dayOf(due).String(); n-- {
		res.Days = res.Days[:n-1]
	}
	for d := calendar.day(res.At) + 1; d <= calendar.day(due); d++ {
		why := whyExtended
		if d <= calendar.day(held) {
			why = whyTold
		}
		res.Days = append(res.Days, Day{Date: d.String(), Why: why})
	}
	if due.Equal(u.fixed) {
		res.Days[len(res.Days)-1].Why = whyFixed
	}
	res.Counted = res.At
	if !held.Equal(res.At) {
		res.Told, res.Fixed = held, !u.fixed.IsZero()
	}
	if due.After(held) {
		res.Approved, res.Extended = u.until.In(calendar.zone), due
	}
	res.At, res.Date = due, dayOf(due).String()
	res.Provisional = u.external.IsZero() && calendar.provisional(u.started, due, u.limit.Unit)
	return res
}

// held is the moment that holds without an extension. One that was told after an
// extension is the extension's, which says more.
func (r *Rules) held(u *run, counted time.Time, breaks []Break) time.Time {
	if !u.external.IsZero() {
		return counted
	}
	held := r.withoutExtension(u, breaks)
	if !u.until.IsZero() && !r.CalendarOf(u.unit).shift(u.extendedAt, u.until, u.limit.Unit, breaks).Before(held) && u.toldAt.After(u.extendedAt) {
		return counted
	}
	return held
}

// Silenced says that nobody is pressed for the interim reply, because the answer
// is due before it, see silenceInterim.
func Silenced(l *letter.Letter, c letter.Clock) bool {
	answer, ok := l.Clock(letter.UnitClock)
	return c.Name == letter.InterimClock && c.Running() && ok && answer.Running() && !c.Due.Before(answer.Due)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
