package sla

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// naive counts one day after the other, as a clerk would with the notices.
func naive(c *Calendar, start time.Time, limit Limit, breaks []Break) time.Time {
	d := start.In(c.zone)
	d = time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, c.zone)
	paused := func(d time.Time) bool {
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
	for n := 0; n < limit.Amount; {
		d = d.AddDate(0, 0, 1)
		if !paused(d) && (limit.Unit == CalendarDay || worksByList(c, d)) {
			n++
		}
	}
	for rolled := false; !worksByList(c, d) || rolled && paused(d); rolled = true {
		d = d.AddDate(0, 0, 1)
	}
	return d.Add(24*time.Hour - time.Millisecond)
}

// worksByList looks the day up in the notices themselves.
func worksByList(c *Calendar, d time.Time) bool {
	date := d.Format(time.DateOnly)
	for _, y := range c.Years() {
		for _, s := range y.Off {
			if s.Date == date {
				return false
			}
		}
		for _, s := range y.Work {
			if s.Date == date {
				return true
			}
		}
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// naiveHours goes through running time minute by minute.
func naiveHours(c *Calendar, start time.Time, limit Limit, breaks []Break) time.Time {
	at := start
	for left := limit.Amount * 60; left > 0; at = at.Add(time.Minute) {
		counts := limit.Unit == Hour
		if !counts && worksByList(c, at.In(c.zone)) {
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

func drawStart(t *rapid.T, c *Calendar) time.Time {
	minutes := rapid.IntRange(0, 3*366*24*60).Draw(t, "start")
	return time.Date(2024, 6, 1, 0, 0, 0, 0, c.zone).Add(time.Duration(minutes) * time.Minute)
}

func drawBreaks(t *rapid.T, start time.Time) []Break {
	var list []Break
	base := start.Truncate(time.Hour)
	for range rapid.IntRange(0, 3).Draw(t, "breaks") {
		from := base.Add(time.Duration(rapid.IntRange(-48, 240).Draw(t, "from")) * time.Hour)
		list = append(list, Break{From: from, Until: from.Add(time.Duration(rapid.IntRange(-2, 120).Draw(t, "hours")) * time.Hour)})
	}
	return list
}

var dayUnits = []Unit{WorkingDay, CalendarDay}

func TestDueEqualsCountingDayByDay(t *testing.T) {
	c := city(t)
	rapid.Check(t, func(t *rapid.T) {
		start := drawStart(t, c)
		limit := Limit{rapid.IntRange(1, 90).Draw(t, "amount"), rapid.SampledFrom(dayUnits).Draw(t, "unit")}
		breaks := drawBreaks(t, start)
		got, want := Due(c, start, limit, breaks), naive(c, start, limit, breaks)
		if !got.At.Equal(want) {
			t.Fatalf("due %s, counted %s", got.At, want)
		}
		if !c.Works(got.At) {
			t.Fatalf("due %s is not a working day", got.At)
		}
	})
}

func TestDueEqualsCountingMinuteByMinute(t *testing.T) {
	c := city(t)
	rapid.Check(t, func(t *rapid.T) {
		start := drawStart(t, c)
		limit := Limit{rapid.IntRange(1, 30).Draw(t, "amount"), rapid.SampledFrom([]Unit{Hour, WorkingHour}).Draw(t, "unit")}
		breaks := drawBreaks(t, start)
		if got, want := Due(c, start, limit, breaks), naiveHours(c, start, limit, breaks); !got.At.Equal(want) {
			t.Fatalf("due %s, counted %s", got.At, want)
		}
	})
}

func TestDueNeverComesEarlierForALaterStartOrALongerLimit(t *testing.T) {
	c := city(t)
	units := []Unit{WorkingDay, CalendarDay, Hour, WorkingHour, Month}
	rapid.Check(t, func(t *rapid.T) {
		start := drawStart(t, c)
		limit := Limit{rapid.IntRange(1, 60).Draw(t, "amount"), rapid.SampledFrom(units).Draw(t, "unit")}
		breaks := drawBreaks(t, start)
		due := Due(c, start, limit, breaks).At
		if due.Before(start) {
			t.Fatalf("due %s before the start", due)
		}
		wait := time.Duration(rapid.IntRange(0, 100*60).Draw(t, "wait")) * time.Minute
		if next := Due(c, start.Add(wait), limit, breaks).At; next.Before(due) {
			t.Fatalf("%s later, due %s instead of %s", wait, next, due)
		}
		limit.Amount += rapid.IntRange(0, 10).Draw(t, "more")
		if next := Due(c, start, limit, breaks).At; next.Before(due) {
			t.Fatalf("longer, due %s instead of %s", next, due)
		}
		if len(breaks) > 0 && Due(c, start, limit, nil).At.After(Due(c, start, limit, breaks).At) {
			t.Fatal("a break made it due earlier")
		}
	})
}

func TestDueDoesNotDependOnTheZoneOfTheMachineOrOfTheStart(t *testing.T) {
	c := city(t)
	rapid.Check(t, func(t *rapid.T) {
		start := drawStart(t, c)
		limit := Limit{rapid.IntRange(1, 60).Draw(t, "amount"), rapid.SampledFrom([]Unit{WorkingDay, CalendarDay, Hour, WorkingHour, Month}).Draw(t, "unit")}
		want := Due(c, start, limit, nil)
		offset := time.FixedZone("elsewhere", rapid.IntRange(-12, 14).Draw(t, "zone")*3600)
		got := Due(c, start.In(offset), limit, nil)
		if !got.At.Equal(want.At) || got.Date != want.Date || got.Provisional != want.Provisional {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

func TestExplanationAgreesWithTheDue(t *testing.T) {
	c := city(t)
	rapid.Check(t, func(t *rapid.T) {
		start := drawStart(t, c)
		limit := Limit{rapid.IntRange(1, 60).Draw(t, "amount"), rapid.SampledFrom(dayUnits).Draw(t, "unit")}
		r := Explain(c, start, limit, drawBreaks(t, start))
		counted := 0
		for _, d := range r.Days {
			if d.Counted {
				counted++
			}
			if d.Why == "" {
				t.Fatalf("no reason given: %+v", r.Days)
			}
		}
		if counted != limit.Amount || r.Days[len(r.Days)-1].Date != r.Date {
			t.Fatalf("%d days counted, last %s, due %s", counted, r.Days[len(r.Days)-1].Date, r.Date)
		}
	})
}

func TestUsedShareRunsFromStartToDue(t *testing.T) {
	c := city(t)
	rapid.Check(t, func(t *rapid.T) {
		start := drawStart(t, c)
		limit := Limit{rapid.IntRange(1, 40).Draw(t, "amount"), rapid.SampledFrom([]Unit{WorkingDay, CalendarDay, Hour, WorkingHour, Month}).Draw(t, "unit")}
		breaks := drawBreaks(t, start)
		half := c.used(start, limit, 50, breaks)
		most := c.used(start, limit, 80, breaks)
		if half.Before(start) || most.Before(half) || c.due(start, limit, breaks).Before(most) {
			t.Fatalf("half %s, 80 %% %s, due %s", half, most, c.due(start, limit, breaks))
		}
	})
}
