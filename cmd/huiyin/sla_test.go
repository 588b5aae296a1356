package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/citypack"
)

// almanac says of the days that are not what their weekday says whether they are
// worked, as the notices that ship do.
type almanac struct {
	zone   *time.Location
	worked map[string]bool
}

func shippedAlmanac(t *testing.T) almanac {
	t.Helper()
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	a := almanac{time.FixedZone("city", 8*3600), map[string]bool{}}
	for _, y := range pack.Years {
		for _, d := range y.Off {
			a.worked[d.Date] = false
		}
		for _, d := range y.Work {
			a.worked[d.Date] = true
		}
	}
	return a
}

func (a almanac) works(d time.Time) bool {
	if w, ok := a.worked[d.Format(time.DateOnly)]; ok {
		return w
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// due counts by walking: day by day for limits in days, minute by minute for hours.
func (a almanac) due(start time.Time, amount int, unit string) string {
	day := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, a.zone)
	switch unit {
	case "working_day":
		for amount > 0 {
			if day = day.AddDate(0, 0, 1); a.works(day) {
				amount--
			}
		}
		return day.Format(time.DateOnly)
	case "hour", "working_hour":
		at := start
		for minutes := amount * 60; minutes > 0; at = at.Add(time.Minute) {
			if unit == "hour" || a.works(at) && a.open(at) {
				minutes--
			}
		}
		return at.Format(time.RFC3339)
	case "month":
		// the day with the same number, or the last of a month that is shorter
		first := time.Date(day.Year(), day.Month()+time.Month(amount), 1, 0, 0, 0, 0, a.zone)
		last := first.AddDate(0, 1, -1).Day()
		day = first.AddDate(0, 0, min(day.Day(), last)-1)
	default:
		day = day.AddDate(0, 0, amount)
	}
	for !a.works(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day.Format(time.DateOnly)
}

// open says whether the minute lies in the office hours that ship.
func (a almanac) open(t time.Time) bool {
	return t.Hour() >= 9 && t.Hour() < 12 || t.Hour() >= 13 && t.Hour() < 17
}

// wrong are rows that cannot be counted.
var wrong = []string{"2026-02-30,5,working_day", "2026-03-02,0,hour", "2026-03-02,fünf,month", "2026-03-02,5,week", "2026-03-02,5", "２０２６-03-02,5,hour"}

// The file of the issue: 400 rows of all units, each as counting by hand gives it, in
// the order of the file, and the bad ones named.
func TestSlaDueAnswersFourHundredMixedRows(t *testing.T) {
	t.Chdir(t.TempDir())
	a, dice := shippedAlmanac(t), rand.New(rand.NewPCG(4, 400))
	from := time.Date(2025, 1, 2, 0, 0, 0, 0, a.zone)
	units := []string{"calendar_day", "working_day", "hour", "working_hour", "month"}
	var in, want []string
	var bad []int
	for i := range 400 {
		if i%67 == 40 {
			row := wrong[len(bad)%len(wrong)]
			in, want, bad = append(in, row), append(want, row), append(bad, i+1)
			continue
		}
		start := from.Add(time.Duration(dice.IntN(700*24*60)) * time.Minute)
		unit, amount := units[dice.IntN(len(units))], 1+dice.IntN(30)
		if unit == "month" {
			amount = 1 + amount%6
		}
		row := fmt.Sprintf("%s,%d,%s", start.Format(time.DateTime), amount, unit)
		due := a.due(start, amount, unit)
		provisional := strings.HasPrefix(due, "2027") || strings.HasPrefix(due, "2028")
		in, want = append(in, row), append(want, fmt.Sprintf("%s,%s,%v", row, due, provisional))
	}
	out, errs, code := command(t, strings.Join(in, "\n")+"\n", "sla", "due")
	got := strings.Split(strings.TrimRight(out, "\n"), "\n")
	if code != 1 || len(got) != 400 || strings.Count(errs, "\n") != len(bad) {
		t.Fatalf("exit %d, %d rows, %s", code, len(got), errs)
	}
	for i := range want {
		if slices.Contains(bad, i+1) {
			if !strings.HasPrefix(got[i], strings.Split(want[i], ",")[0]) || !strings.HasSuffix(got[i], ",,false") || !strings.Contains(errs, fmt.Sprintf("第 %d 行：", i+1)) {
				t.Errorf("row %d: %q, %s", i+1, got[i], errs)
			}
			continue
		}
		if got[i] != want[i] {
			t.Errorf("row %d: got %s, want %s", i+1, got[i], want[i])
		}
	}
}
