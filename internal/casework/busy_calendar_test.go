package casework_test

import "time"

// What follows up to busy_story_test.go is a second reading of the rules, written
// from domain.md 2.8 and 4 and the city's policies for the test of the sixty days. It
// counts one day after the other and calls nothing of package sla, so that the two
// can only agree where both are right, or both misread the same sentence.

// date counts the days since 1970-01-01, a Thursday, in the city, which is eight
// hours ahead of UTC all year.
type date int

const ahead = 8 * time.Hour

func dateOf(t time.Time) date { return date(t.Add(ahead).Unix() / 86400) }

func dated(s string) date {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return date(t.Unix() / 86400)
}

// begin is the day's midnight, end its last millisecond.
func (d date) begin() time.Time { return time.Unix(int64(d)*86400, 0).UTC().Add(-ahead) }
func (d date) end() time.Time   { return (d + 1).begin().Add(-time.Millisecond) }

func (d date) String() string { return d.begin().Add(ahead).Format(time.DateOnly) }
func (d date) year() int      { return d.begin().Add(ahead).Year() }
func (d date) weekend() bool  { return (d+3)%7 >= 5 }

// almanac is what notices say: a day is worked if it is listed as 上班, or is Monday
// to Friday and not listed as off (domain.md 4.1).
type almanac struct {
	off, work map[date]bool
	announced map[int]bool
}

func (a *almanac) works(d date) bool { return a.work[d] || !a.off[d] && !d.weekend() }

// next is the n-th working day after d.
func (a *almanac) next(d date, n int) date {
	for n > 0 {
		if d++; a.works(d) {
			n--
		}
	}
	return d
}

// before is the day at whose end one working day is left until d is over.
func (a *almanac) before(d date) date {
	for ; !a.works(d); d-- {
	}
	for d--; !a.works(d); d-- {
	}
	return d
}

// with is the almanac after one more notice; the later notice holds.
func (a *almanac) with(year int, off, work string) *almanac {
	b := &almanac{off: map[date]bool{}, work: map[date]bool{}, announced: map[int]bool{year: true}}
	if a != nil {
		for d := range a.off {
			b.off[d] = true
		}
		for d := range a.work {
			b.work[d] = true
		}
		for y := range a.announced {
			b.announced[y] = true
		}
	}
	for _, d := range days(off) {
		b.off[d] = true
		delete(b.work, d)
	}
	for _, d := range days(work) {
		b.work[d] = true
		delete(b.off, d)
	}
	return b
}

// of2026 is the notice of 4 November 2025 from September on (domain.md 4.3): Mid-Autumn
// 25–27 September, National Day 1–7 October, worked 20 September and 10 October.
var of2026 = (*almanac)(nil).with(2026,
	"2026-09-25 2026-09-26 2026-09-27 2026-10-01 2026-10-02 2026-10-03 2026-10-04 2026-10-05 2026-10-06 2026-10-07",
	"2026-09-20 2026-10-10")

// of2027 is invented. The Sunday worked in December moves dates earlier, the Monday
// off in January later, the Saturday worked after it earlier again.
const off2027, work2027 = "2027-01-01 2027-01-04 2027-01-05", "2026-12-27 2027-01-09"

var of2027 = of2026.with(2027, off2027, work2027)

func days(list string) (dates []date) {
	for ; list != ""; list = list[min(len(list), len("2026-01-01 ")):] {
		dates = append(dates, dated(list[:len("2026-01-01")]))
	}
	return dates
}

// measure is a limit: so many working days, calendar days or hours.
type measure struct {
	n  int
	in byte
}

const (
	workingDays  = 'w'
	calendarDays = 'c'
	inHours      = 'h'
)

func (m measure) none() bool { return m.n == 0 }

func wd(n int) measure { return measure{n, workingDays} }
func hr(n int) measure { return measure{n, inHours} }
