package sla

import (
	"time"

	"huiyin/internal/letter"
)

// nextRung is the earliest rung that was not played and need not be passed
// over; a zero time when none is left. A clock that no rung of the ladder names
// has one, its due moment.
func (r *Rules) nextRung(l *letter.Letter, u *run, due time.Time, breaks []Break) (time.Time, string) {
	var next time.Time
	var name string
	silent := later(l.Events[0].At, u.renewed)
	paused := u.pausedSince()
	if n := len(breaks); n > 0 && !breaks[n-1].Until.IsZero() {
		paused = time.Time{} // the pause is capped, so the clock runs on by itself
	}
	calendar, own := r.CalendarOf(u.unit), false
	consider := func(rung Rung) {
		if own = true; u.hasPlayed(rung.Name) {
			return
		}
		at := calendar.moment(rung, u.started, due, u.limit, breaks)
		if !u.external.IsZero() {
			at = calendar.reach(rung, due, false, nil, func(percent int) time.Time { return share(u.started, due, percent) })
		}
		if at.Before(silent) || !paused.IsZero() && at.After(paused) {
			return
		}
		if next.IsZero() || at.Before(next) {
			next, name = at, rung.Name
		}
	}
	for _, rung := range r.ladder(l, unitFor(u.name, u.unit), u.started) {
		if rung.On(u.name) {
			consider(rung)
		}
	}
	if !own {
		consider(Rung{Name: RungDue})
	}
	return next, name
}

// climbs says whether the table lets time take the step that a rung of the
// clock leads to: the due moment of the acceptance accepts, that of the
// follow-up closes, that of the supplement takes the letter back to work, that of
// a suspension lets time run again, every other is recorded. When the window for
// returning a letter closes nothing follows and nobody is late. A rung that could not be taken
// would stand at the head of every sweep.
func climbs(s letter.State, clock string) bool {
	step := letter.Rung
	switch clock {
	case letter.AcceptanceClock:
		step = letter.Acceptance
	case letter.FollowUpClock:
		step = letter.Closure
	case letter.SupplementClock:
		step = letter.Supplement
	case letter.SuspensionClock:
		step = letter.Resumption
	case letter.WindowClock:
		return false
	}
	row, ok := letter.Row(step)
	return ok && row.Allows(letter.ByTime, s)
}

func (u *run) hasPlayed(rung string) bool {
	for _, name := range u.played {
		if name == rung {
			return true
		}
	}
	return false
}

// moment is when a rung is reached.
func (c *Calendar) moment(r Rung, start, due time.Time, limit Limit, breaks []Break) time.Time {
	odd := r.Before.Unit.InDays() && !limit.Unit.InDays()
	return c.reach(r, due, odd, breaks, func(percent int) time.Time { return c.used(start, limit, percent, breaks) })
}

// reach is when a rung is reached whose clock has used up a share at the moment
// that used gives; odd says that Before cannot be taken from its limit.
func (c *Calendar) reach(r Rung, due time.Time, odd bool, breaks []Break, used func(percent int) time.Time) time.Time {
	switch {
	case !r.After.IsZero():
		return c.due(due, r.After, breaks)
	case !r.Before.IsZero():
		before := c.before(due, r.Before)
		if r.Percent > 0 && (odd || before.Before(used(50))) {
			return used(r.Percent)
		}
		return before
	case r.Percent > 0 && r.Percent < 100:
		return used(r.Percent)
	}
	return due
}

// used is the moment at which so many percent of a limit are used up. A counted
// day is used up evenly from midnight to midnight: half of five working days is
// noon of the third.
func (c *Calendar) used(start time.Time, limit Limit, percent int, breaks []Break) time.Time {
	switch limit.Unit {
	case Hour:
		return c.afterHours(start, time.Duration(limit.Amount*percent)*(time.Hour/100), breaks)
	case WorkingHour:
		return c.afterOffice(start, int64(limit.Amount)*3600_000*int64(percent)/100, breaks)
	}
	first := c.day(start)
	t := tally{c, limit.Unit == WorkingDay, c.rests(breaks)}
	days := limit.days(first) * percent
	if days%100 == 0 {
		return c.end(t.nth(first, days/100))
	}
	last := c.midnight(t.nth(first, days/100+1))
	return last.Add(time.Duration(days%100) * 24 * time.Hour / 100)
}

// before is the moment from which so much is left: one working day before a
// Friday's end is Thursday's.
func (c *Calendar) before(due time.Time, ahead Limit) time.Time {
	switch ahead.Unit {
	case Hour:
		return due.Add(-time.Duration(ahead.Amount) * time.Hour)
	case WorkingHour:
		return c.atOffice(c.office(due) - int64(ahead.Amount)*3600_000)
	case WorkingDay:
		return c.end(c.nth(c.worked(c.day(due)) - ahead.Amount))
	}
	return c.end(c.day(due) - day(ahead.Amount))
}
