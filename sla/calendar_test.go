package sla

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"gopkg.in/yaml.v3"

	"huiyin/internal/letter"
)

// city is the calendar of the demonstration city: the State Council's notices
// for 2025 and 2026, 2027 not announced.
func city(t testing.TB, years ...int) *Calendar {
	t.Helper()
	if years == nil {
		years = []int{2025, 2026}
	}
	var list []Year
	for _, y := range years {
		var year Year
		load(t, fmt.Sprintf("calendar-%d.yaml", y), &year)
		list = append(list, year)
	}
	c, err := NewCalendar(shanghai(t), "test", nil, list...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func load(t testing.TB, file string, into any) {
	t.Helper()
	data, err := os.ReadFile("../citypack/demo/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func shanghai(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// at reads "2026-02-13" or "2026-02-13 10:30" in the city's zone.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	layout := "2006-01-02 15:04"
	if len(s) == len(time.DateOnly) {
		layout = time.DateOnly
	}
	m, err := time.ParseInLocation(layout, s, shanghai(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMonthsHaveTheWorkingDaysOfTheNotice(t *testing.T) {
	c := city(t)
	for year, want := range map[int][]int{
		2025: {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
		2026: {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23},
	} {
		for m, n := range want {
			first := time.Date(year, time.Month(m+1), 1, 0, 0, 0, 0, c.Zone())
			if got := WorkingDays(c, first.AddDate(0, 0, -1), first.AddDate(0, 1, -1)); got != n {
				t.Errorf("%d-%02d has %d working days, want %d", year, m+1, got, n)
			}
		}
	}
}

func TestLaterNoticeChangesTheDecemberBefore(t *testing.T) {
	off := func(year int, days ...string) Year {
		y := Year{Year: year, Source: "test"}
		for _, d := range days {
			y.Off = append(y.Off, Special{d, "元旦"})
		}
		return y
	}
	c, err := NewCalendar(shanghai(t), "test", nil, off(2019, "2018-12-31", "2019-01-01"), off(2018, "2018-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	if r := Due(c, at(t, "2018-12-28"), Limit{1, WorkingDay}, nil); r.Date != "2019-01-02" || r.Provisional {
		t.Errorf("due %s provisional %v, want 2019-01-02, firm", r.Date, r.Provisional)
	}
}

func TestEmptyHolidayFileIsNotAKnownYear(t *testing.T) {
	for _, text := range []string{
		`{"year": 2027, "papers": [], "days": []}`,
		`{"year": 2027, "papers": ["https://www.gov.cn/x"], "days": []}`,
		`{"year": 2027, "papers": [], "days": [{"name":"元旦","date":"2027-01-01","isOffDay":true}]}`,
		`{"year": 2027, "papers": ["x"], "days": [{"name":"元旦","date":"2027-01-01"}]}`,
		`{"year": 2027, "papers": ["x"], "days": [{"name":"元旦","date":"2026-02-30","isOffDay":true}]}`,
		`{"year": 2027, "papers": ["x"], "days": [{"name":"元旦","date":"2025-12-31","isOffDay":true}]}`,
		`[]`, ``,
	} {
		if y, err := ParseHolidayCN([]byte(text)); err == nil {
			t.Errorf("%s was taken: %+v", text, y)
		}
	}
	y, err := ParseHolidayCN([]byte(`{"year": 2027, "papers": ["https://www.gov.cn/x"], "days": [
		{"name":"元旦","date":"2026-12-31","isOffDay":true}, {"name":"元旦","date":"2027-01-02","isOffDay":false}]}`))
	if err != nil || len(y.Off) != 1 || len(y.Work) != 1 || y.Source != "https://www.gov.cn/x" {
		t.Errorf("a filled file gave %+v, %v", y, err)
	}
}

func TestBothFormsOfAYearFileAreRead(t *testing.T) {
	for _, text := range []string{
		`{"year": 2027, "papers": ["https://www.gov.cn/x"], "days": [{"name":"元旦","date":"2027-01-01","isOffDay":true}, {"name":"元旦","date":"2027-01-03","isOffDay":false}]}`,
		`{"year": 2027, "source": "https://www.gov.cn/x", "off": [{"date":"2027-01-01","name":"元旦"}], "work": [{"date":"2027-01-03","name":"元旦"}]}`,
	} {
		y, err := ParseYear([]byte(text))
		if err != nil || y.Year != 2027 || y.Source != "https://www.gov.cn/x" || y.Off[0] != (Special{"2027-01-01", "元旦"}) || y.Work[0] != (Special{"2027-01-03", "元旦"}) {
			t.Errorf("%s: %+v, %v", text, y, err)
		}
	}
	for _, text := range []string{
		`{"year": 2027, "papers": [], "days": []}`, `{"year": 2027, "source": "s", "off": []}`, `{"year": 2027}`, `[]`, `x`,
		`{"year": 2027, "off": [{"date":"2027-01-01"}]}`, `{"year": 2027, "source": "s", "off": [{"date":"2026-05-01"}]}`,
	} {
		if y, err := ParseYear([]byte(text)); !letter.IsRefused(err) {
			t.Errorf("%s was taken: %+v, %v", text, y, err)
		}
	}
}

// An empty notice in a pack or a row must not stop the city, nor be taken for a
// year without holidays.
func TestAYearWithAnEmptyNoticeIsUnknown(t *testing.T) {
	known := Year{Year: 2026, Source: "s", Off: []Special{{"2026-01-01", "元旦"}}}
	c, err := NewCalendar(shanghai(t), "test", nil, known, Year{Year: 2027, Source: "s"}, Year{Year: 2028})
	if err != nil {
		t.Fatal(err)
	}
	if c.Known(2027) || c.Known(2028) || !c.Known(2026) || len(c.Years()) != 1 {
		t.Errorf("known: %+v", c.Years())
	}
	if r := Due(c, at(t, "2026-12-30"), Limit{2, WorkingDay}, nil); r.Date != "2027-01-01" || !r.Provisional {
		t.Errorf("due %s, provisional %v", r.Date, r.Provisional)
	}
}

func TestWrongCalendarsAreRefused(t *testing.T) {
	good := Year{Year: 2026, Source: "s", Off: []Special{{"2026-01-01", "元旦"}}}
	twice := Year{Year: 2026, Source: "s", Off: good.Off, Work: good.Off}
	for name, make := range map[string]func() (*Calendar, error){
		"the same year twice":     func() (*Calendar, error) { return NewCalendar(time.UTC, "", nil, good, good) },
		"a day both off and work": func() (*Calendar, error) { return NewCalendar(time.UTC, "", nil, twice) },
		"a year without days off": func() (*Calendar, error) {
			return NewCalendar(time.UTC, "", nil, Year{Year: 2026, Source: "s", Work: good.Off})
		},
		"overlapping hours": func() (*Calendar, error) {
			return NewCalendar(time.UTC, "", []Period{{"09:00", "12:00"}, {"11:00", "17:00"}})
		},
		"no hours": func() (*Calendar, error) { return NewCalendar(time.UTC, "", []Period{}) },
	} {
		if _, err := make(); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestWorkingMinutesCountOfficeHoursOnly(t *testing.T) {
	c := city(t)
	for _, row := range []struct {
		from, to string
		want     int
	}{
		{"2026-11-23 08:00", "2026-11-23 20:00", 420},
		{"2026-11-23 11:30", "2026-11-23 13:30", 60},
		{"2026-11-23 12:10", "2026-11-23 12:50", 0},
		{"2026-11-27 16:00", "2026-11-30 10:00", 120}, // over a weekend
		{"2026-02-13 16:00", "2026-02-14 10:00", 120}, // make-up Saturday
		{"2026-09-30 17:00", "2026-10-08 09:30", 30},
		{"2026-11-24 10:00", "2026-11-23 10:00", 0},
	} {
		if got := WorkingMinutes(c, at(t, row.from), at(t, row.to)); got != row.want {
			t.Errorf("%s to %s: %d minutes, want %d", row.from, row.to, got, row.want)
		}
	}
}

func TestSourceIsShownForEveryYearAndPolicy(t *testing.T) {
	for _, y := range city(t).Years() {
		if !strings.Contains(y.Source, "https://www.gov.cn/") || y.Announced == "" {
			t.Errorf("year %d names no source: %q %q", y.Year, y.Source, y.Announced)
		}
	}
	if err := demoRules(t).Check(); err != nil {
		t.Error(err)
	}
}
