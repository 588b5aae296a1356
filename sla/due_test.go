package sla

import (
	"testing"
	"time"
)

// The rows of domain.md 4.6 and features.md section 3 item 1.
func TestDueDatesOfTheReference(t *testing.T) {
	c := city(t)
	for _, row := range []struct {
		from   string
		amount int
		unit   Unit
		due    string
		why    string
	}{
		{"2025-01-24", 1, WorkingDay, "2025-01-26", "make-up Sunday"},
		{"2025-01-27", 1, WorkingDay, "2025-02-05", "Spring Festival"},
		{"2025-09-30", 5, WorkingDay, "2025-10-14", "make-up Saturday counts"},
		{"2025-12-31", 1, WorkingDay, "2026-01-04", "two years' notices"},
		{"2025-12-31", 2, WorkingDay, "2026-01-05", "two years' notices"},
		{"2026-02-11", 3, WorkingDay, "2026-02-14", "make-up Saturday"},
		{"2026-02-11", 5, WorkingDay, "2026-02-25", "nine days off"},
		{"2026-02-13", 2, WorkingDay, "2026-02-24", ""},
		{"2026-02-16", 1, WorkingDay, "2026-02-24", "received on a holiday"},
		{"2026-04-30", 5, WorkingDay, "2026-05-11", "05-09 counts"},
		{"2026-09-18", 1, WorkingDay, "2026-09-20", "make-up Sunday"},
		{"2026-09-24", 5, WorkingDay, "2026-10-09", "two holidays"},
		{"2026-09-30", 7, WorkingDay, "2026-10-15", ""},
		{"2026-03-02", 20, WorkingDay, "2026-03-30", "disclosure request"},
		{"2026-11-23", 15, WorkingDay, "2026-12-14", "plain"},
		{"2026-01-31", 15, CalendarDay, "2026-02-24", "rolls over the holiday"},
		{"2026-08-03", 60, CalendarDay, "2026-10-08", "rolls over the holiday"},
		{"2026-07-28", 60, CalendarDay, "2026-09-28", "rolls over the holiday"},
		{"2026-12-17", 60, CalendarDay, "2027-02-15", "2027 is not announced"},

		{"2026-01-02", 1, WorkingDay, "2026-01-04", "received on a holiday"},
		{"2026-02-13", 1, WorkingDay, "2026-02-14", ""},
		{"2026-02-13", 3, WorkingDay, "2026-02-25", ""},
		{"2026-02-13", 5, WorkingDay, "2026-02-27", ""},
		{"2026-02-13", 15, WorkingDay, "2026-03-12", ""},
		{"2026-02-14", 5, WorkingDay, "2026-02-28", "received on a make-up Saturday"},
		{"2026-09-18", 5, WorkingDay, "2026-09-24", ""},
		{"2026-09-18", 15, WorkingDay, "2026-10-15", ""},
		{"2026-09-30", 3, WorkingDay, "2026-10-10", ""},
		{"2026-10-09", 1, WorkingDay, "2026-10-10", ""},
		{"2026-10-09", 5, WorkingDay, "2026-10-15", ""},

		{"2026-01-31", 1, Month, "2026-02-28", "the month's last day, a make-up Saturday"},
		{"2026-09-01", 1, Month, "2026-10-08", "rolls over the holiday"},
		{"2026-03-15", 2, Month, "2026-05-15", ""},
		{"2026-03-31", 1, Month, "2026-04-30", "the month's last day"},
		{"2026-06-30", 1, Month, "2026-07-30", "not the month's last day"},
		{"2025-12-31", 2, Month, "2026-02-28", "over the new year"},
	} {
		for _, hour := range []string{"", " 00:00", " 23:59"} { // the hour of the start changes nothing
			r := Due(c, at(t, row.from+hour), Limit{row.amount, row.unit}, nil)
			if r.Date != row.due {
				t.Errorf("%s%s + %d %s: due %s, want %s (%s)", row.from, hour, row.amount, row.unit, r.Date, row.due, row.why)
			}
			if end := at(t, row.due).Add(24*time.Hour - time.Millisecond); !r.At.Equal(end) {
				t.Errorf("%s + %d %s ends %s, want the day's last millisecond", row.from, row.amount, row.unit, r.At)
			}
			if want := row.due >= "2027"; r.Provisional != want {
				t.Errorf("%s + %d %s: provisional %v", row.from, row.amount, row.unit, r.Provisional)
			}
		}
	}
}

func TestHourLimits(t *testing.T) {
	c := city(t)
	for _, row := range []struct {
		from   string
		amount int
		unit   Unit
		due    string
	}{
		{"2026-02-14 20:00", 24, Hour, "2026-02-15 20:00"}, // through night and holiday
		{"2026-11-23 10:00", 2, Hour, "2026-11-23 12:00"},
		{"2026-11-23 10:00", 4, WorkingHour, "2026-11-23 15:00"}, // over the break at noon
		{"2026-11-23 10:00", 2, WorkingHour, "2026-11-23 12:00"}, // ends with the morning
		{"2026-11-23 10:00", 6, WorkingHour, "2026-11-23 17:00"}, // ends with the office day
		{"2026-11-23 18:00", 1, WorkingHour, "2026-11-24 10:00"}, // arrived after hours
		{"2026-02-13 16:00", 4, WorkingHour, "2026-02-14 12:00"}, // make-up Saturday
		{"2026-02-14 16:00", 4, WorkingHour, "2026-02-24 12:00"}, // over the holiday
		{"2026-09-30 17:00", 7, WorkingHour, "2026-10-08 17:00"},
	} {
		r := Due(c, at(t, row.from), Limit{row.amount, row.unit}, nil)
		if !r.At.Equal(at(t, row.due)) {
			t.Errorf("%s + %d %s: due %s, want %s", row.from, row.amount, row.unit, r.At, row.due)
		}
	}
}

func TestBreaksAreLeftOut(t *testing.T) {
	c := city(t)
	pause := func(from, until string) Break { return Break{From: at(t, from), Until: at(t, until)} }
	for _, row := range []struct {
		from   string
		limit  Limit
		breaks []Break
		due    string
		why    string
	}{
		{"2026-11-23 10:00", Limit{5, WorkingDay}, []Break{pause("2026-11-24 12:00", "2026-11-26 12:00")}, "2026-12-01", "only Wednesday is paused whole"},
		{"2026-11-23 10:00", Limit{5, WorkingDay}, []Break{pause("2026-11-24 10:00", "2026-11-25 16:00")}, "2026-11-30", "no whole day"},
		{"2026-11-23 10:00", Limit{5, WorkingDay}, []Break{pause("2026-11-24", "2026-11-25"), pause("2026-11-25", "2026-11-26")}, "2026-12-02", "two breaks that touch"},
		{"2026-11-23 10:00", Limit{5, WorkingDay}, []Break{pause("2026-11-24", "2026-11-26"), pause("2026-11-24", "2026-11-26")}, "2026-12-02", "the same break twice counts once"},
		{"2026-11-23 10:00", Limit{5, WorkingDay}, []Break{pause("2026-11-28", "2026-11-30")}, "2026-11-30", "a weekend takes nothing from working days"},
		{"2026-11-23 10:00", Limit{5, WorkingDay}, []Break{pause("2026-12-01", "2026-12-20")}, "2026-11-30", "after the end"},
		{"2026-11-23 10:00", Limit{5, WorkingDay}, []Break{{From: at(t, "2026-11-24")}}, "2026-11-30", "a break without end is left out"},
		{"2026-11-23 10:00", Limit{7, CalendarDay}, []Break{pause("2026-11-28", "2026-11-30")}, "2026-12-02", "a weekend takes two calendar days"},
		{"2026-11-23 10:00", Limit{5, CalendarDay}, []Break{pause("2026-11-30", "2026-12-01")}, "2026-12-01", "rolled from Saturday over a paused Monday"},
		{"2026-11-10 10:00", Limit{1, Month}, []Break{pause("2026-11-20", "2026-11-22")}, "2026-12-14", "two days added, then rolled over a weekend"},
		{"2026-11-23 10:00", Limit{24, Hour}, []Break{pause("2026-11-23 12:00", "2026-11-23 15:00")}, "2026-11-24 13:00", "every paused instant"},
		{"2026-11-23 10:00", Limit{24, Hour}, []Break{pause("2026-11-24 10:00", "2026-11-24 15:00")}, "2026-11-24 10:00", "a break that begins at the end"},
		{"2026-11-23 10:00", Limit{2, WorkingHour}, []Break{pause("2026-11-23 11:00", "2026-11-23 14:00")}, "2026-11-23 15:00", "two of the three hours are office hours"},
		{"2026-11-23 10:00", Limit{2, WorkingHour}, []Break{pause("2026-11-22 09:00", "2026-11-23 11:00")}, "2026-11-23 14:00", "began before the start"},
	} {
		want := at(t, row.due)
		if row.limit.Unit.InDays() {
			want = want.Add(24*time.Hour - time.Millisecond)
		}
		if r := Due(c, at(t, row.from), row.limit, row.breaks); !r.At.Equal(want) {
			t.Errorf("%s: due %s, want %s", row.why, r.At, want)
		}
	}
}

func TestProvisionalIsWhatReachesIntoAnUnannouncedYear(t *testing.T) {
	c := city(t)
	for _, row := range []struct {
		from  string
		limit Limit
		want  bool
	}{
		{"2026-12-30", Limit{1, WorkingDay}, false},
		{"2026-12-31", Limit{1, WorkingDay}, true},
		{"2024-12-31", Limit{1, WorkingDay}, false}, // the day of the start is not counted
		{"2024-12-30", Limit{2, WorkingDay}, true},
		{"2026-12-31 20:00", Limit{24, Hour}, true},
		{"2030-05-01", Limit{5, WorkingDay}, true},
	} {
		if r := Due(c, at(t, row.from), row.limit, nil); r.Provisional != row.want {
			t.Errorf("%s + %s: provisional %v, due %s", row.from, row.limit, r.Provisional, r.Date)
		}
	}
	if r := Due(c, at(t, "2030-05-03"), Limit{5, WorkingDay}, nil); r.Date != "2030-05-10" {
		t.Errorf("an unannounced year counts Monday to Friday: got %s", r.Date)
	}
}

func TestLimitsThatCannotBeCounted(t *testing.T) {
	for _, l := range []Limit{{0, WorkingDay}, {-1, Hour}, {5, "day"}, {5, ""}, {100_001, WorkingDay}, {1201, Month}} {
		if l.Check() == nil {
			t.Errorf("%+v was taken", l)
		}
		if r := Due(city(t), at(t, "2026-01-01"), l, nil); !r.At.IsZero() {
			t.Errorf("%+v is due %s", l, r.At)
		}
	}
}

func BenchmarkDue(b *testing.B) {
	c := city(b)
	start := at(b, "2026-09-18 10:00")
	for _, l := range []Limit{{5, WorkingDay}, {60, CalendarDay}, {24, Hour}, {4, WorkingHour}, {2000, WorkingDay}} {
		b.Run(string(l.Unit), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Due(c, start, l, nil)
			}
		})
	}
}

// The issue gives 100,000 due moments one second of one core; run it with -cpu 1.
func BenchmarkHundredThousandDue(b *testing.B) {
	c, err := city(b).With(Overlay{ID: "1", Source: "test", Effective: "2026-07-15", Off: []Special{{"2026-07-15", ""}}})
	if err != nil {
		b.Fatal(err)
	}
	start := at(b, "2026-01-01 10:00")
	limits := []Limit{{5, WorkingDay}, {60, CalendarDay}, {24, Hour}, {4, WorkingHour}, {2, Month}}
	pause := []Break{{From: start.AddDate(0, 0, 1), Until: start.AddDate(0, 0, 4)}}
	for name, breaks := range map[string][]Break{"running": nil, "paused": pause} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for i := range 100_000 {
					Due(c, start.Add(time.Duration(i%400_000)*time.Minute), limits[i%len(limits)], breaks)
				}
			}
		})
	}
}
