package sla

import (
	"fmt"
	"time"

	"pgregory.net/rapid"
)

// book is a calendar with the notices and orders it was made of, so that the
// counting below can look days up in these and in nothing that sla made of them.
type book struct {
	*Calendar
	years    []Year
	overlays []Overlay
}

// drawBook is the demonstration city's calendar, or made-up notices for some of
// the years with local orders over them.
func drawBook(t *rapid.T, real *Calendar) book {
	if rapid.Bool().Draw(t, "real") {
		return book{real, real.Years(), nil}
	}
	b := book{}
	for year := 2024; year <= 2027; year++ {
		if rapid.IntRange(0, 3).Draw(t, "announced") > 0 {
			off, work := drawDays(t, civil(year-1, time.December, 20), civil(year, time.December, 31))
			b.years = append(b.years, Year{Year: year, Source: "test", Off: append(off, Special{fmt.Sprintf("%d-01-01", year), "元旦"}), Work: work})
		}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "overlays") {
		since := civil(2024, time.June, 1) + day(rapid.IntRange(0, 700).Draw(t, "since")*4+i) // no two on one day
		off, work := drawDays(t, since, since+300)
		b.overlays = append(b.overlays, Overlay{ID: fmt.Sprint(i), Source: "test", Effective: since.String(), Off: append(off, Special{since.String(), ""}), Work: work,
			Region: rapid.SampledFrom([]string{"", "east"}).Draw(t, "region"), Unit: rapid.SampledFrom([]string{"", "cgj"}).Draw(t, "unit")})
	}
	plain, err := NewCalendar(real.zone, "test", nil, b.years...)
	if err == nil {
		b.Calendar, err = plain.With(b.overlays...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// drawDays draws days off and days worked, each day once, never the first of a
// year or of the stretch: those are set by who calls.
func drawDays(t *rapid.T, from, to day) (off, work []Special) {
	taken := map[day]bool{from: true}
	for range rapid.IntRange(0, 25).Draw(t, "days") {
		d := from + day(rapid.IntRange(0, int(to-from)).Draw(t, "day"))
		if taken[d] || d.date().YearDay() == 1 {
			continue
		}
		taken[d] = true
		if rapid.Bool().Draw(t, "off") {
			off = append(off, Special{d.String(), "节"})
		} else {
			work = append(work, Special{d.String(), "班"})
		}
	}
	return off, work
}

// naive counts one day after the other, as a clerk would with the notices.
func (c book) naive(start time.Time, limit Limit, breaks []Break) time.Time {
	first := start.In(c.zone)
	d := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, c.zone)
	reached := func(n int) bool { return n >= limit.Amount }
	if limit.Unit == Month {
		m := int(first.Month()) - 1 + limit.Amount
		year, month := first.Year()+m/12, time.Month(m%12+1)
		corresponding := d
		for x := first.Day(); ; x-- { // the day with the same number, or the month's last
			if corresponding = time.Date(year, month, x, 0, 0, 0, 0, c.zone); corresponding.Month() == month {
				break
			}
		}
		nominal := int(corresponding.Sub(d).Hours()+12) / 24
		reached = func(n int) bool { return n >= nominal }
	}
	for n := 0; !reached(n); {
		d = d.AddDate(0, 0, 1)
		if !c.pausedWhole(d, breaks) && (limit.Unit != WorkingDay || c.worksByList(d)) {
			n++
		}
	}
	for rolled := false; !c.worksByList(d) || rolled && c.pausedWhole(d, breaks); rolled = true {
		d = d.AddDate(0, 0, 1)
	}
	return d.Add(24*time.Hour - time.Millisecond)
}

func (c book) pausedWhole(d time.Time, breaks []Break) bool {
	for at := d; at.Before(d.AddDate(0, 0, 1)); at = at.Add(time.Hour) { // test breaks begin and end on full hours
		in := false
		for _, b := range breaks {
			in = in || !at.Before(b.From) && at.Before(b.Until)
		}
		if !in {
			return false
		}
	}
	return true
}

// worksByList looks the day up in the orders and notices themselves.
func (c book) worksByList(d time.Time) bool {
	date, rank, works := d.Format(time.DateOnly), "", d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	say := func(who string, list []Special, work bool) {
		for _, s := range list {
			if s.Date == date && who > rank {
				rank, works = who, work
			}
		}
	}
	for _, y := range c.years {
		say(fmt.Sprint("notice", y.Year), y.Off, false)
		say(fmt.Sprint("notice", y.Year), y.Work, true)
	}
	for _, o := range c.overlays {
		who := "order 0 "
		if o.Region != "" {
			who = "order 1 "
		}
		if o.Unit != "" {
			who = "order 2 "
		}
		say(who+o.Effective, o.Off, false)
		say(who+o.Effective, o.Work, true)
	}
	return works
}

// naiveHours goes through running time minute by minute.
func (c book) naiveHours(start time.Time, limit Limit, breaks []Break) time.Time {
	at := start
	for left := limit.Amount * 60; left > 0; at = at.Add(time.Minute) {
		counts := limit.Unit == Hour
		if !counts && c.worksByList(at.In(c.zone)) {
			m := at.In(c.zone).Hour()*60 + at.In(c.zone).Minute()
			counts = m >= 9*60 && m < 12*60 || m >= 13*60 && m < 17*60
		}
		for _, b := range breaks {
			counts = counts && (at.Before(b.From) || !at.Before(b.Until))
		}
		if counts {
			left--
		}
	}
	return at
}
