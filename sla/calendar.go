// Package sla counts legal time: the working calendar, limits and their due moments, the policies that set them and the clocks that a letter's events start, pause and stop; nothing here does I/O or reads the clock.
package sla

import (
	"fmt"
	"slices"
	"time"
)

// Calendar says which days and hours are worked in the city. It never changes
// after NewCalendar and may be shared; a new notice makes a new calendar with
// another version.
type Calendar struct {
	zone    *time.Location
	version string
	hours   []shift
	daily   int64 // milliseconds worked on a working day
	known   map[int]Year

	overlays []Overlay // local orders, each over those before it

	first day    // of marks and extra
	marks []mark // what notices and local orders say of each day
	extra []int  // working days more than Monday to Friday, summed up to that day
}

// mark is what a notice or a local order says of one day.
type mark struct {
	off, work bool
	name      string
	source    string // of a local order; "" for the notices
}

// entry is a mark with its day.
type entry struct {
	day
	mark
}

// NewCalendar makes the calendar of the given years, in the city's zone and
// with its office hours (DefaultHours when nil). Where two notices speak of one
// day, the later year's holds: it may change the December before. A date in a
// year that was not given, or whose notice is empty, counts Monday to Friday, and
// what reaches into it is provisional. An error is for people: a bad year, hours
// that overlap.
func NewCalendar(zone *time.Location, version string, hours []Period, years ...Year) (*Calendar, error) {
	if hours == nil {
		hours = DefaultHours
	}
	c := &Calendar{zone: zone, version: version, known: make(map[int]Year, len(years))}
	if err := c.open(hours); err != nil {
		return nil, err
	}
	for _, y := range years {
		if y.Empty() {
			continue
		}
		if err := y.Check(); err != nil {
			return nil, err
		}
		if c.Known(y.Year) {
			return nil, fmt.Errorf("calendar: year %d is given twice", y.Year)
		}
		c.known[y.Year] = y
	}
	c.lay()
	return c, nil
}

// lay writes notices and local orders over Monday to Friday and sums the
// difference, so that a due moment costs the same however far away it is.
func (c *Calendar) lay() {
	var entries []entry
	for _, y := range c.Years() {
		entries = append(entries, y.entries()...)
	}
	for _, o := range c.overlays {
		entries = append(entries, o.entries()...)
	}
	c.marks, c.extra = nil, nil
	if len(entries) == 0 {
		return
	}
	byDay := func(a, b entry) int { return int(a.day - b.day) }
	c.first = slices.MinFunc(entries, byDay).day
	c.marks = make([]mark, slices.MaxFunc(entries, byDay).day-c.first+1)
	for _, e := range entries {
		c.marks[e.day-c.first] = e.mark
	}
	c.sum()
}

func (c *Calendar) sum() {
	c.extra = make([]int, len(c.marks))
	sum := 0
	for i, m := range c.marks {
		switch weekend := (c.first + day(i)).isWeekend(); {
		case m.off && !weekend:
			sum--
		case m.work && weekend:
			sum++
		}
		c.extra[i] = sum
	}
}

// Zone is the city's time zone.
func (c *Calendar) Zone() *time.Location { return c.zone }

// Version names the state of the calendar; every clock keeps the one it was
// computed with.
func (c *Calendar) Version() string { return c.version }

// Known says whether the holidays of the year are announced.
func (c *Calendar) Known(year int) bool {
	_, ok := c.known[year]
	return ok
}

// Years lists the announced years, oldest first.
func (c *Calendar) Years() []Year {
	list := make([]Year, 0, len(c.known))
	for _, y := range c.known {
		list = append(list, y)
	}
	slices.SortFunc(list, func(a, b Year) int { return a.Year - b.Year })
	return list
}

// Works says whether the day of the moment, in the city's zone, is a working day.
func (c *Calendar) Works(t time.Time) bool { return c.works(c.day(t)) }

func (c *Calendar) works(d day) bool {
	m := c.mark(d)
	return m.work || !m.off && !d.isWeekend()
}

func (c *Calendar) mark(d day) mark {
	if d < c.first || d >= c.first+day(len(c.marks)) {
		return mark{}
	}
	return c.marks[d-c.first]
}

// worked counts working days from a fixed origin up to and including d.
func (c *Calendar) worked(d day) int {
	i := int(d - c.first)
	if i < 0 || len(c.extra) == 0 {
		return weekdays(d)
	}
	return weekdays(d) + c.extra[min(i, len(c.extra)-1)]
}

// nth is the working day on which worked reaches n: it starts from where that
// day would be without holidays and walks the few days between.
func (c *Calendar) nth(n int) day {
	d := weekday(n)
	for c.worked(d) < n {
		d++
	}
	for c.worked(d-1) >= n {
		d--
	}
	return d
}

// covers says whether every year from one day to the other is announced.
func (c *Calendar) covers(from, to day) bool {
	for y := from.year(); y <= to.year(); y++ {
		if !c.Known(y) {
			return false
		}
	}
	return true
}

func (c *Calendar) day(t time.Time) day { return dayOf(t.In(c.zone)) }

func (c *Calendar) midnight(d day) time.Time {
	y, m, dd := d.date().Date()
	return time.Date(y, m, dd, 0, 0, 0, 0, c.zone)
}

// end is the last millisecond of the day (contracts.md, identity and time).
func (c *Calendar) end(d day) time.Time {
	y, m, dd := d.date().Date()
	return time.Date(y, m, dd, 23, 59, 59, int(999*time.Millisecond), c.zone)
}
