package sla

import "time"

// day is a civil date as the number of days since 1970-01-01; it has no zone.
type day int

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return civil(y, m, d)
}

func civil(y int, m time.Month, d int) day {
	return day(floorDiv(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix(), 86400))
}

func (d day) date() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d day) year() int { return d.date().Year() }

func (d day) String() string { return d.date().Format(time.DateOnly) }

// addMonths is the same day of a later month, or that month's last day.
func (d day) addMonths(n int) day {
	y, m, dd := d.date().Date()
	last := civil(y, m+time.Month(n)+1, 0)
	if same := civil(y, m+time.Month(n), 1) + day(dd-1); same < last {
		return same
	}
	return last
}

// sinceMonday numbers the days of the week from 0 for Monday; 1970-01-01 was a Thursday.
func (d day) sinceMonday() int { return int(d+3) - 7*int(floorDiv(int64(d+3), 7)) }

func (d day) isWeekend() bool { return d.sinceMonday() >= 5 }

// weekdays counts Monday to Friday from a fixed origin up to and including d.
func weekdays(d day) int {
	return 5*int(floorDiv(int64(d+3), 7)) + min(d.sinceMonday()+1, 5)
}

// weekday is the day on which weekdays reaches n.
func weekday(n int) day {
	week := floorDiv(int64(n-1), 5)
	return day(7*week + int64(n-1) - 5*week - 3)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
