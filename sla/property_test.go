package sla

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

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

var (
	units = []Unit{WorkingDay, CalendarDay, Hour, WorkingHour, Month}
)

// drawLimit draws a limit in one of the units, months not too long.
func drawLimit(t *rapid.T, most int, of ...Unit) Limit {
	limit := Limit{rapid.IntRange(1, most).Draw(t, "amount"), rapid.SampledFrom(of).Draw(t, "unit")}
	if limit.Unit == Month {
		limit.Amount = 1 + limit.Amount%14
	}
	return limit
}

func TestDueEqualsCountingDayByDay(t *testing.T) {
	real := city(t)
	rapid.Check(t, func(t *rapid.T) {
		c := drawBook(t, real)
		start := drawStart(t, real)
		limit := drawLimit(t, 90, WorkingDay, CalendarDay, Month)
		breaks := drawBreaks(t, start)
		got, want := Due(c.Calendar, start, limit, breaks), c.naive(start, limit, breaks)
		if !got.At.Equal(want) {
			t.Fatalf("due %s, counted %s", got.At, want)
		}
		if !c.Works(got.At) {
			t.Fatalf("due %s is not a working day", got.At)
		}
	})
}

func TestDueEqualsCountingMinuteByMinute(t *testing.T) {
	real := city(t)
	rapid.Check(t, func(t *rapid.T) {
		c := drawBook(t, real)
		start := drawStart(t, real)
		limit := drawLimit(t, 30, Hour, WorkingHour)
		breaks := drawBreaks(t, start)
		if got, want := Due(c.Calendar, start, limit, breaks), c.naiveHours(start, limit, breaks); !got.At.Equal(want) {
			t.Fatalf("due %s, counted %s", got.At, want)
		}
	})
}

// Five days and then three are eight. Calendar days and months add up where the
// first end needs no rolling over, months where every month has that day.
func TestDueIsAdditive(t *testing.T) {
	real := city(t)
	rapid.Check(t, func(t *rapid.T) {
		c := drawBook(t, real)
		start := drawStart(t, real)
		limit := drawLimit(t, 60, units...)
		more := Limit{rapid.IntRange(1, 12).Draw(t, "more"), limit.Unit}
		breaks := drawBreaks(t, start)
		if limit.Unit == Month {
			breaks = nil // days wholly paused are added to the end and change the corresponding day
		}
		middle := Due(c.Calendar, start, limit, breaks).At
		whole := Due(c.Calendar, start, Limit{limit.Amount + more.Amount, limit.Unit}, breaks).At
		switch limit.Unit {
		case CalendarDay, Month:
			nominal := tally{c.Calendar, false, c.rests(breaks)}.nth(c.day(start), limit.days(c.day(start)))
			if c.end(nominal) != middle || limit.Unit == Month && start.In(c.zone).Day() > 28 {
				return
			}
		}
		if parts := Due(c.Calendar, middle, more, breaks).At; !parts.Equal(whole) {
			t.Fatalf("%s and then %s are due %s, together %s", limit, more, parts, whole)
		}
	})
}

func TestDueNeverComesEarlierForALaterStartOrALongerLimit(t *testing.T) {
	real := city(t)
	rapid.Check(t, func(t *rapid.T) {
		c := drawBook(t, real).Calendar
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
	here := time.Local
	defer func() { time.Local = here }()
	rapid.Check(t, func(t *rapid.T) {
		start := drawStart(t, c)
		limit := Limit{rapid.IntRange(1, 60).Draw(t, "amount"), rapid.SampledFrom(units).Draw(t, "unit")}
		breaks := drawBreaks(t, start)
		want := Explain(c, start, limit, breaks)
		elsewhere := time.FixedZone("elsewhere", rapid.IntRange(-12, 14).Draw(t, "zone")*3600)
		time.Local = elsewhere
		for i := range breaks {
			breaks[i].From = breaks[i].From.Local()
		}
		for _, start := range []time.Time{start, start.Local(), start.UTC()} {
			if got := Explain(c, start, limit, breaks); !reflect.DeepEqual(got, want) {
				t.Fatalf("got %+v, want %+v", got, want)
			}
		}
	})
}

// Who adds up the lines of an explanation gets the limit.
func TestExplanationAgreesWithTheDue(t *testing.T) {
	real := city(t)
	rapid.Check(t, func(t *rapid.T) {
		c := drawBook(t, real)
		start := drawStart(t, real).Add(time.Duration(rapid.IntRange(0, 59_999).Draw(t, "ms")) * time.Millisecond)
		limit := drawLimit(t, 60, units...)
		breaks := drawBreaks(t, start)
		r := Explain(c.Calendar, start, limit, breaks)
		counted, minutes, next := 0, 0, c.day(start)
		for _, d := range r.Days {
			if d.Date != next.String() || d.Why == "" {
				t.Fatalf("%s without reason, or out of order: %+v", d.Date, r.Days)
			}
			next++
			minutes += d.Minutes
			if d.Counted {
				counted++
			}
			works := c.worksByList((next - 1).date())
			if d.Counted && !works && (limit.Unit == WorkingDay || limit.Unit == WorkingHour) {
				t.Fatalf("%s is not worked and counts", d.Date)
			}
		}
		if limit.Unit.InDays() {
			if limit.Unit != Month && counted != limit.Amount || next-1 != c.day(r.At) {
				t.Fatalf("%d days counted, last %s, due %s", counted, next-1, r.Date)
			}
			return
		}
		if minutes != limit.Amount*60 {
			t.Fatalf("%d minutes counted of %s: %+v", minutes, limit, r.Days)
		}
	})
}

func TestUsedShareRunsFromStartToDue(t *testing.T) {
	c := city(t)
	rapid.Check(t, func(t *rapid.T) {
		start := drawStart(t, c)
		limit := Limit{rapid.IntRange(1, 40).Draw(t, "amount"), rapid.SampledFrom(units).Draw(t, "unit")}
		breaks := drawBreaks(t, start)
		half := c.used(start, limit, 50, breaks)
		most := c.used(start, limit, 80, breaks)
		if half.Before(start) || most.Before(half) || c.due(start, limit, breaks).Before(most) {
			t.Fatalf("half %s, 80 %% %s, due %s", half, most, c.due(start, limit, breaks))
		}
	})
}
