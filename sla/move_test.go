package sla

import (
	"testing"
	"time"

	"huiyin/internal/letter"
)

// announced are the rules after a made-up notice for 2027.
func announced(t testing.TB, r *Rules, off, work []Special) *Rules {
	t.Helper()
	years := append(r.Calendar.Years(), Year{Year: 2027, Source: "test", Off: off, Work: work})
	c, err := NewCalendar(r.Calendar.Zone(), "test-2027", nil, years...)
	if err != nil {
		t.Fatal(err)
	}
	return &Rules{Calendar: c, Policies: r.Policies}
}

func TestANoticeMovesProvisionalDatesAndNeverEarlier(t *testing.T) {
	r := demoRules(t)
	longer := announced(t, r, []Special{{"2027-01-01", "元旦"}, {"2027-01-04", "元旦"}}, nil)
	shorter := announced(t, r, []Special{{"2027-02-05", "春节"}}, []Special{{"2027-01-02", "元旦"}})
	s := written(t, "2026-12-28 10:00", letter.Complaint)
	s.assigned("2026-12-28 10:00", "cgj")
	s.l.Clocks = r.Clocks(s.l)
	when := at(t, "2026-12-29 09:00")
	day := func(m time.Time) string { return m.In(r.Calendar.Zone()).Format(time.DateOnly) }
	for why, row := range map[string]struct {
		rules          *Rules
		was, now, told string
	}{
		"two days off more": {longer, "2027-01-04", "2027-01-06", "2027-01-06"},
		"a Saturday worked": {shorter, "2027-01-04", "2027-01-02", "2027-01-04"},
	} {
		moves := row.rules.Moves(s.l, when)
		if len(moves) != 2 { // sender and unit; the acceptance is due in 2026
			t.Fatalf("%s: %+v", why, moves)
		}
		for _, m := range moves {
			if day(m.Was) != row.was || day(m.Now) != row.now || day(m.Told()) != row.told || m.Calendar != "test-2027" || !m.Firm {
				t.Errorf("%s: %s clock was %s, now %s, told %s, %+v", why, m.Clock, m.Was, m.Now, m.Told(), m)
			}
		}
	}
	if m := r.Moves(s.l, when); len(m) != 0 {
		t.Errorf("the same rules move %+v", m)
	}
	if m := longer.Moves(s.l, at(t, "2027-01-05 00:00")); len(m) != 0 {
		t.Errorf("what has passed is moved: %+v", m)
	}
}

func TestAClockThatOnlyBecomesFirmIsNamed(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-12-28 10:00", letter.Complaint)
	s.l.Clocks = r.Clocks(s.l)
	firm := announced(t, r, []Special{{"2027-02-05", "春节"}}, nil)
	moves := firm.Moves(s.l, at(t, "2026-12-29 09:00"))
	if len(moves) != 1 || !moves[0].Was.Equal(moves[0].Now) || !moves[0].Firm {
		t.Errorf("%+v", moves)
	}
}

func TestOnlyRunningClocksMove(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-12-28 10:00", letter.Complaint)
	s.assigned("2026-12-28 10:00", "cgj")
	s.step("2026-12-29 09:00", letter.Objection, handler, letter.Facts{Reason: "not-ours"})
	s.assigned("2026-12-29 10:00", "zjj")
	s.l.Clocks = r.Clocks(s.l)
	later := announced(t, r, []Special{{"2027-01-01", "元旦"}, {"2027-01-04", "元旦"}}, nil)
	units := 0
	for _, m := range later.Moves(s.l, at(t, "2026-12-29 12:00")) {
		if m.Clock == letter.UnitClock {
			units++
			if m.Unit != "zjj" {
				t.Errorf("the stopped clock of %s moves", m.Unit)
			}
		}
	}
	if units != 1 {
		t.Errorf("%d clocks of units move", units)
	}
	s.step("2026-12-29 13:00", letter.Withdrawal, letter.SenderActor, letter.Facts{})
	s.l.Clocks = r.Clocks(s.l)
	if m := later.Moves(s.l, at(t, "2026-12-29 14:00")); len(m) != 0 {
		t.Errorf("a withdrawn letter moves %+v", m)
	}
}

// A changed policy moves what it is made to hold for.
func TestAPolicyTriedOutShowsWhatItWouldMove(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.l.Clocks = r.Clocks(s.l)
	tried := *r
	tried.Policies = append([]Policy(nil), r.Policies...)
	tried.Policies[0].Limits = map[string]Limit{"sender": {7, WorkingDay}}
	moves := tried.Moves(s.l, at(t, "2026-11-24 09:00"))
	if len(moves) != 1 || !moves[0].Now.Equal(at(t, "2026-12-03").Add(-time.Millisecond)) || moves[0].Firm {
		t.Errorf("%+v", moves)
	}
}

func BenchmarkMovesOfAnOpenLetter(b *testing.B) {
	r := demoRules(b)
	l := &letter.Letter{Number: "26112300000015", Kind: letter.Complaint, Received: at(b, "2026-12-28 10:00")}
	for _, err := range []error{
		l.Record(letter.Submission, letter.SenderActor, l.Received, letter.Facts{}, letter.Facts{}),
		l.Record(letter.Assignment, letter.RouterActor, l.Received, letter.Facts{Unit: "cgj"}, letter.Facts{}),
	} {
		if err != nil {
			b.Fatal(err)
		}
	}
	l.Clocks = r.Clocks(l)
	longer := announced(b, r, []Special{{"2027-01-01", "元旦"}}, nil)
	now := at(b, "2026-12-28 12:00")
	b.ReportAllocs()
	for b.Loop() {
		longer.Moves(l, now)
	}
}
