package sla

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"huiyin/internal/letter"
)

// Course is the clocks of one letter while steps of time and re-datings are appended
// to it: its events are read once, and the new ones as they come. Whoever corrects
// the letter itself asks for a new one.
type Course struct {
	tape  tape
	read  int            // events
	given []letter.Clock // by them; nil: to be computed
}

// Course begins with the first event.
func (r *Rules) Course(l *letter.Letter) *Course {
	return &Course{tape: tape{rules: r, letter: l, list: make([]run, 0, 4)}}
}

func (c *Course) follow() []letter.Clock {
	l := c.tape.letter
	for ; c.read < len(l.Events); c.read++ {
		e := &l.Events[c.read]
		c.tape.take(e)
		if e.Step == letter.Rung && c.given != nil {
			c.climbed(c.tape.climbed)
		} else {
			c.given = nil
		}
	}
	if c.given == nil {
		c.given = c.tape.rules.finishAll(l, c.tape.list)
	}
	return c.given
}

// climbed computes the clocks of that name anew: a rung moves no other.
func (c *Course) climbed(name string) {
	for i := range c.tape.list {
		if u := &c.tape.list[i]; u.name == name && u.running() {
			c.given[i] = c.tape.rules.finish(c.tape.letter, u)
		}
	}
	silenceInterim(c.given)
}

// Clocks are those of the letter by its events so far, as Keep gives them.
func (c *Course) Clocks() []letter.Clock { return frozen(c.tape.letter, slices.Clone(c.follow())) }

// Redating is the facts of the event that brings an open letter to these rules: which
// running clocks are due at another moment than they were kept with. No moves:
// nothing is due at another time, and there is nothing to record. What runs on after
// the answer was told to nobody and follows the rules.
func (c *Course) Redating(now time.Time) letter.Facts {
	given, l := c.follow(), c.tape.letter
	if !l.State.Open() {
		return letter.Facts{}
	}
	return redating(l, compare(l, given, now))
}

func redating(l *letter.Letter, moves []Move) letter.Facts {
	f := letter.Facts{Reason: letter.MovedByPolicy}
	for _, m := range moves {
		if m.Was.Equal(m.Now) {
			continue // it only became firm
		}
		if c, ok := same(l.Clocks, letter.Clock{Name: m.Clock, Part: m.Part, Unit: m.Unit, Started: m.started}); ok && c.Calendar != m.Calendar {
			f.Reason = letter.MovedByCalendar
		}
		f.Moves = append(f.Moves, letter.Moved{
			Clock: m.Clock, Part: m.Part, Was: m.Was.UnixMilli(), Until: m.Now.UnixMilli(), Past: m.Past, Calendar: m.Calendar, Policy: m.Policy,
		})
	}
	return f
}

// Keep gives the clocks of a letter by its events, those that have stopped as
// they were kept: whether an answer was late is not decided anew by a notice that
// came after it.
func (r *Rules) Keep(l *letter.Letter) []letter.Clock { return frozen(l, r.Clocks(l)) }

func frozen(l *letter.Letter, given []letter.Clock) []letter.Clock {
	for i, g := range given {
		if g.Running() {
			continue
		}
		for _, k := range l.Clocks {
			if k.Name == g.Name && k.Part == g.Part && k.Unit == g.Unit && k.Started.Equal(g.Started) && (k.Stopped.Equal(g.Stopped) || k.Running() && handedOn(l, g.Stopped)) {
				k.Stopped, k.PausedSince, k.NextRung, k.RungName = g.Stopped, time.Time{}, time.Time{}, ""
				given[i] = k
				break
			}
		}
	}
	return given
}

// handedOn says that a clock which stopped then was stopped by sending the letter on,
// just now. Kind and urgency may have been corrected with it, and whether the unit that
// had it was late is not measured by limits that it did not have.
func handedOn(l *letter.Letter, stopped time.Time) bool {
	e := &l.Events[len(l.Events)-1]
	if e.Step == letter.Redating && len(l.Events) > 1 {
		e = &l.Events[len(l.Events)-2] // what it moved was written down with it
	}
	return e.Step == letter.Assignment && e.At.Equal(stopped)
}

// Version names everything that a due moment follows from: the calendars of the
// city and of its units, and the policies with their dates. Rows that changed
// without changing any of it have the same one.
func (r *Rules) Version() string {
	h := sha256.New()
	fmt.Fprintln(h, r.Calendar.version)
	units := make([]string, 0, len(r.units))
	for unit := range r.units {
		units = append(units, unit)
	}
	slices.Sort(units)
	for _, unit := range units {
		fmt.Fprintln(h, unit, r.units[unit].version)
	}
	for _, p := range r.Policies {
		body, err := json.Marshal(p)
		if err != nil {
			body = fmt.Appendf(nil, "%+v", p) // never: a policy is made of texts and numbers
		}
		fmt.Fprintln(h, p.From.UnixMilli(), p.Until.UnixMilli(), string(body))
	}
	return fmt.Sprintf("%s/%x", r.Calendar.version, h.Sum(nil)[:6])
}

// redate takes in the due moments that were told before other rules gave other
// ones.
func (r *Rules) redate(runs []run, at time.Time, moves []letter.Moved) {
	for i := range runs {
		u := &runs[i]
		for _, m := range moves {
			if u.running() && u.name == m.Clock && u.part == m.Part {
				r.hold(u, at, m)
			}
		}
	}
}

// hold keeps a clock from being due before the moment that was told. What the
// clock pauses for afterwards puts that moment off too; while it is paused the
// moment told holds the rest of the pause already, which is taken out first. A
// later moment lets the ladder be climbed anew, as an extension does.
func (r *Rules) hold(u *run, at time.Time, m letter.Moved) {
	told, since := m.Told(), u.pausedSince()
	if m.Past {
		u.fixed = told
		return
	}
	if m.Until > m.Was {
		u.renewed, u.played = at, nil
	}
	u.told, u.toldAt = told, at
	if !since.IsZero() {
		u.told, u.toldAt = r.CalendarOf(u.unit).without(since, told, u.limit.Unit, r.capped(u)), since
	}
}

// without is the moment that shift moves to until: what breaks take from the time
// between is taken out of it.
func (c *Calendar) without(from, until time.Time, u Unit, breaks []Break) time.Time {
	switch u {
	case Hour:
		return until.Add(-paused(from, until, breaks, func(a, b time.Time) time.Duration { return b.Sub(a) }))
	case WorkingHour:
		gone := paused(from, until, breaks, func(a, b time.Time) int64 { return c.office(b) - c.office(a) })
		return c.atOffice(c.office(until) - gone)
	}
	t := tally{c, u == WorkingDay, c.rests(breaks)}
	first, last := c.day(from), c.day(until)
	n := t.between(first, last)
	if t.working && !c.works(last) {
		n++ // the day that was told is a day off by now: the next one that counts
	}
	for _, r := range t.rests {
		if from, to := max(r.from, first+1), min(r.to, last); from <= to {
			n -= t.between(from-1, to)
		}
	}
	return c.end(tally{c, t.working, nil}.nth(first, max(n, 0)))
}

// paused sums up, by the given measure, what breaks take from the time between.
func paused[T int64 | time.Duration](from, until time.Time, breaks []Break, measure func(a, b time.Time) T) T {
	var sum T
	for _, b := range merged(breaks) {
		if a, z := later(from, b.From), earlier(until, b.Until); z.After(a) {
			sum += measure(a, z)
		}
	}
	return sum
}
