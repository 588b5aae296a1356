package sla

import (
	"time"

	"huiyin/internal/letter"
)

// capped ends each pause at the policy's cap. While the sender is still
// awaited, the due moment counts with the whole cap: it is the latest possible,
// and an earlier supplement moves it back. Without a cap a pause that lasts is
// left out until it ends.
func (r *Rules) capped(l *letter.Letter, u *run) []Break {
	if len(u.breaks) == 0 {
		return nil
	}
	limit, _ := r.limit(l, unitFor(u.name, u.unit), SupplementLimit)
	breaks := append([]Break(nil), u.breaks...)
	for i := range breaks {
		b := &breaks[i]
		b.Why = whyAwaiting
		if limit.IsZero() {
			continue
		}
		last := r.CalendarOf(u.unit).due(b.From, limit, nil)
		if !b.Until.IsZero() && b.Until.Before(last) {
			continue
		}
		b.Until = last
		if limit.Unit.InDays() {
			b.Until = last.Add(time.Millisecond) // the cap's last day is paused whole
		}
	}
	return breaks
}

// due is the due moment of a clock. An extension is a new due moment, not a
// pause (domain.md 2.8 no. 6); only breaks that come after it move it on.
func (r *Rules) due(u *run, breaks []Break) time.Time {
	calendar := r.CalendarOf(u.unit)
	due := calendar.due(u.started, u.limit, breaks)
	if u.until.IsZero() {
		return due
	}
	return later(due, calendar.shift(u.extendedAt, u.until, u.limit.Unit, breaks))
}

// shift moves a due moment set by approval on by what breaks after the approval
// take from the time in between.
func (c *Calendar) shift(from, until time.Time, u Unit, breaks []Break) time.Time {
	switch u {
	case Hour:
		return c.afterHours(from, until.Sub(from), breaks)
	case WorkingHour:
		return later(until, c.afterOffice(from, c.office(until)-c.office(from), breaks)).In(c.zone)
	}
	t := tally{c, u == WorkingDay, c.rests(breaks)}
	first, last := c.day(from), c.day(until)
	if moved := t.nth(first, t.between(first, last)); moved > last {
		return c.end(moved)
	}
	return until.In(c.zone)
}
