package sla

import (
	"time"

	"huiyin/internal/letter"
)

// capped ends each pause at the policy's cap. While the sender is still
// awaited, or a legal reason lasts, the due moment counts with the whole cap: it
// is the latest possible, and an earlier end moves it back. Without a cap a pause that lasts is
// left out until it ends.
func (r *Rules) capped(u *run) []Break {
	if len(u.breaks) == 0 {
		return nil
	}
	breaks := append([]Break(nil), u.breaks...)
	for i := range breaks {
		b := &breaks[i]
		if b.of == nil {
			continue
		}
		limit, _ := r.limit(b.of, unitFor(u.name, u.unit), b.limit, b.From)
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
	if !u.external.IsZero() {
		return later(u.external, u.until).In(calendar.zone)
	}
	due := r.withoutExtension(u, breaks)
	if u.until.IsZero() {
		return due
	}
	return later(due, calendar.shift(u.extendedAt, u.until, u.limit.Unit, breaks))
}

// withoutExtension counts the limit. The moment that was told before other rules
// came holds when it is later, and alone when it had passed.
func (r *Rules) withoutExtension(u *run, breaks []Break) time.Time {
	calendar := r.CalendarOf(u.unit)
	if !u.fixed.IsZero() {
		return u.fixed.In(calendar.zone)
	}
	due := calendar.due(u.started, u.limit, breaks)
	if u.told.IsZero() {
		return due
	}
	return later(due, calendar.shift(u.toldAt, u.told, u.limit.Unit, breaks))
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

// LatestExtension is the latest moment to which the answer of a letter may be put
// off: the policy's MoreTimeLimit after the present due moment of its unit. Zero
// where no policy sets one: then only the supervisor's judgement bounds it. A
// letter that is late, extended as often as the policy allows (once where none
// says) or with no unit gives the refusal to show. How much more time a law
// gives: 30 days for a petition (信访工作条例第三十四条), 20 working days for a
// disclosure (政府信息公开条例第三十三条).
func (r *Rules) LatestExtension(l *letter.Letter, now time.Time) (time.Time, error) {
	c, ok := l.Clock(letter.UnitClock)
	switch {
	case !ok || !c.Running():
		return time.Time{}, letter.Refuse("这封信没有正在计算的办理期限，不能延期。")
	case c.Overdue(now):
		return time.Time{}, letter.Refuse("办理期限已过。延期须在期满之前申请。")
	case l.Extensions >= r.extensions(l, c):
		return time.Time{}, letter.Refuse("这封信已经延期 %d 次，不能再延。", l.Extensions)
	}
	limit, _ := r.limit(l, c.Unit, MoreTimeLimit, c.Started)
	if limit.IsZero() {
		return time.Time{}, nil
	}
	return r.CalendarOf(c.Unit).due(c.Due, limit, nil), nil
}

// extensions is how often the letter may be extended.
func (r *Rules) extensions(l *letter.Letter, c letter.Clock) int {
	if p := r.find(l, c.Unit, c.Started, func(p *Policy) bool { return p.Extensions > 0 }); p != nil {
		return p.Extensions
	}
	return 1
}
