package sla

import (
	"strings"
	"testing"

	"huiyin/internal/letter"
)

// order is a local order of days off, in force from the first of them.
func order(id string, days ...string) Overlay {
	o := Overlay{ID: id, Source: "区政府通知第" + id + "号", Effective: days[0]}
	for _, d := range days {
		o.Off = append(o.Off, Special{d, "台风停工"})
	}
	return o
}

func dueWith(t *testing.T, from string, amount int, overlays ...Overlay) string {
	t.Helper()
	c, err := city(t).With(overlays...)
	if err != nil {
		t.Fatal(err)
	}
	return Due(c, at(t, from), Limit{amount, WorkingDay}, nil).Date
}

func TestLocalOrdersLieOverTheNotices(t *testing.T) {
	typhoon := order("1", "2026-07-15", "2026-07-16")
	window := Overlay{ID: "2", Source: "窗口值守安排", Effective: "2026-07-01", Work: []Special{{"2026-07-18", "值守"}}}
	holiday := Overlay{ID: "3", Source: "国庆值守安排", Effective: "2026-09-01", Work: []Special{{"2026-10-07", "值守"}}}
	for _, row := range []struct {
		from     string
		amount   int
		overlays []Overlay
		due      string
		why      string
	}{
		{"2026-07-14", 1, nil, "2026-07-15", "without any order"},
		{"2026-07-14", 1, []Overlay{typhoon}, "2026-07-17", "two days closed"},
		{"2026-07-14", 2, []Overlay{typhoon, window}, "2026-07-18", "a Saturday worked"},
		{"2026-09-30", 1, []Overlay{holiday}, "2026-10-07", "a holiday worked"},
		{"2026-07-16", 1, []Overlay{typhoon}, "2026-07-17", "received on a closed day"},
		{"2027-03-01", 1, []Overlay{order("4", "2027-03-02")}, "2027-03-03", "in a year without notice"},
	} {
		if got := dueWith(t, row.from, row.amount, row.overlays...); got != row.due {
			t.Errorf("%s: due %s, want %s", row.why, got, row.due)
		}
	}
	c, err := city(t).With(order("4", "2027-03-02"))
	if err != nil || c.Known(2027) || !Due(c, at(t, "2027-03-01"), Limit{1, WorkingDay}, nil).Provisional {
		t.Errorf("a local order does not announce a year: %v", err)
	}
}

func TestTheNarrowerAndThenTheLaterOrderHolds(t *testing.T) {
	day := []Special{{"2026-07-15", ""}}
	all := Overlay{ID: "1", Source: "s", Effective: "2026-07-01", Off: day}
	unit := Overlay{ID: "2", Unit: "cgj", Source: "s", Effective: "2026-06-01", Work: day}
	region := Overlay{ID: "3", Region: "east", Source: "s", Effective: "2026-07-02", Work: day}
	later := Overlay{ID: "4", Source: "s", Effective: "2026-07-03", Work: day}
	for _, row := range []struct {
		orders []Overlay
		due    string
	}{
		{[]Overlay{all}, "2026-07-16"},
		{[]Overlay{unit, all}, "2026-07-15"},
		{[]Overlay{region, all}, "2026-07-15"},
		{[]Overlay{later, all}, "2026-07-15"},
		{[]Overlay{all, later, {ID: "5", Region: "east", Source: "s", Effective: "2026-05-01", Off: day}}, "2026-07-16"},
	} {
		if got := dueWith(t, "2026-07-14", 1, row.orders...); got != row.due {
			t.Errorf("%s over %s: due %s, want %s", row.orders[0].ID, row.orders[len(row.orders)-1].ID, got, row.due)
		}
	}
	contrary := all
	contrary.ID, contrary.Off, contrary.Work = "6", nil, day
	if _, err := city(t).With(all, unit, contrary); err == nil {
		t.Error("two orders of one rank that contradict each other were taken")
	}
}

func TestWrongOrdersAreRefused(t *testing.T) {
	good := order("1", "2026-07-15")
	for why, change := range map[string]func(*Overlay){
		"no source":            func(o *Overlay) { o.Source = " " },
		"no id":                func(o *Overlay) { o.ID = "" },
		"no effective date":    func(o *Overlay) { o.Effective = "" },
		"no day":               func(o *Overlay) { o.Off = nil },
		"a day that is none":   func(o *Overlay) { o.Off[0].Date = "2026-02-30" },
		"a day before it held": func(o *Overlay) { o.Effective = "2026-07-16" },
		"a day twice":          func(o *Overlay) { o.Work = o.Off },
	} {
		o := good
		o.Off = append([]Special(nil), good.Off...)
		change(&o)
		if _, err := city(t).With(o); !letter.IsRefused(err) {
			t.Errorf("%s: %v", why, err)
		}
	}
	r := demoRules(t)
	if _, err := r.WithOverlays([]Overlay{good, good}, nil); err == nil {
		t.Error("the same id twice was taken")
	}
}

func TestExplanationNamesTheLocalOrder(t *testing.T) {
	c, err := city(t).With(order("7", "2026-07-15"),
		Overlay{ID: "8", Source: "值守安排", Effective: "2026-07-01", Work: []Special{{"2026-07-18", ""}}})
	if err != nil {
		t.Fatal(err)
	}
	r := Explain(c, at(t, "2026-07-14"), Limit{3, WorkingDay}, nil)
	want := `
07-14 - 收到当天不计
07-15 - 本地安排不上班（台风停工） 依据区政府通知第7号
07-16 + 工作日
07-17 + 工作日
07-18 + 本地安排上班 依据值守安排
`
	if got := lines(r.Days); got != want[1:] {
		t.Errorf("got\n%s", got)
	}
	if !strings.HasPrefix(r.Calendar, "test+") || len(c.Overlays()) != 2 {
		t.Errorf("the version %q does not say that there are local orders", r.Calendar)
	}
}

// A unit that is closed has more time, the sender's date stays what he was told.
func TestAnOrderOfAUnitMovesItsClockAndNotTheSenders(t *testing.T) {
	plain := demoRules(t)
	closed, east, everywhere := order("1", "2026-11-25"), order("2", "2026-11-26"), order("3", "2026-11-27")
	closed.Unit, east.Region = "cgj", "east"
	r, err := plain.WithOverlays([]Overlay{closed, east, everywhere}, map[string]string{"zjj": "east", "sjj": "west"})
	if err != nil {
		t.Fatal(err)
	}
	for unit, want := range map[string]struct{ sender, unit string }{
		"cgj": {"2026-12-01", "2026-12-02"},
		"zjj": {"2026-12-01", "2026-12-02"},
		"sjj": {"2026-12-01", "2026-12-01"},
	} {
		s := written(t, "2026-11-23 10:00", letter.Complaint)
		s.assigned("2026-11-23 10:00", unit)
		s.wantDue(r, "sender", want.sender)
		s.wantDue(r, "unit", want.unit)
		if c := s.clock(r, "unit"); c.Calendar != r.CalendarOf(unit).Version() || unit != "sjj" && c.Calendar == s.clock(r, "sender").Calendar {
			t.Errorf("%s counts by %q", unit, c.Calendar)
		}
		s.wantDue(plain, "unit", "2026-11-30")
	}
}
