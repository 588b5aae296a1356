package sla

import (
	"testing"
	"time"

	"huiyin/internal/letter"
)

var (
	dispatcher = letter.Actor{Party: letter.ByDispatcher, Member: "wang"}
	handler    = letter.Actor{Party: letter.ByUnit, Member: "lina", Unit: "cgj"}
	reviewer   = letter.Actor{Party: letter.ByReviewer, Member: "zhao", Unit: "cgj"}
	supervisor = letter.Actor{Party: letter.BySupervisor, Member: "sun"}
)

// story writes a letter's life, one step a line.
type story struct {
	t *testing.T
	l *letter.Letter
}

func written(t *testing.T, when string, kind letter.Kind) story {
	s := story{t, &letter.Letter{Number: "26112300000015", Kind: kind, Received: at(t, when), Reply: letter.Reply{Text: "答复"}}}
	s.step(when, letter.Submission, letter.SenderActor, letter.Facts{})
	return s
}

func (s story) step(when string, step letter.Step, by letter.Actor, public letter.Facts) {
	s.t.Helper()
	private := letter.Facts{Text: "文字", Basis: "依据"}
	if err := s.l.Record(step, by, at(s.t, when), public, private); err != nil {
		s.t.Fatalf("%s: %v", step, err)
	}
}

func (s story) assigned(when, unit string) {
	s.t.Helper()
	s.step(when, letter.Assignment, dispatcher, letter.Facts{Unit: unit})
}

func (s story) clock(r *Rules, name string) letter.Clock {
	s.t.Helper()
	s.l.Clocks = r.Clocks(s.l)
	c, ok := s.l.Clock(name)
	if !ok {
		s.t.Fatalf("no clock %q", name)
	}
	return c
}

func (s story) wantDue(r *Rules, clock, day string) {
	s.t.Helper()
	c := s.clock(r, clock)
	if got := c.Due.In(r.Calendar.Zone()).Format(time.DateOnly); got != day {
		s.t.Errorf("%s clock is due %s, want %s", clock, got, day)
	}
	if res, ok := r.Explain(s.l, clock); !ok || !res.At.Equal(c.Due) || len(res.Days) == 0 {
		s.t.Errorf("the explanation of the %s clock says %s, the clock %s", clock, res.At, c.Due)
	}
}

func (s story) wantRung(r *Rules, clock, name, when string) {
	s.t.Helper()
	c := s.clock(r, clock)
	got := c.NextRung.In(r.Calendar.Zone()).Format("2006-01-02 15:04")
	if c.NextRung.IsZero() {
		got = ""
	}
	if c.RungName != name || got != when {
		s.t.Errorf("%s clock: next rung %q at %q, want %q at %q", clock, c.RungName, got, name, when)
	}
}

func TestFreshLetterHasThreeClocks(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-09-18 10:00", letter.Complaint)
	s.assigned("2026-09-18 10:00", "cgj")
	clocks := r.Clocks(s.l)
	if len(clocks) != 3 {
		t.Fatalf("got %d clocks", len(clocks))
	}
	c := clocks[0]
	if c.Name != "sender" || c.Unit != "" || c.Amount != 5 || c.Measure != "working_day" || c.Calendar != "test" || c.Policy != "hotline" || c.Provisional {
		t.Errorf("sender's clock: %+v", c)
	}
	s.wantDue(r, "sender", "2026-09-24")
	s.wantDue(r, "unit", "2026-09-24")
	s.wantDue(r, "acceptance", "2026-09-20")
	s.wantRung(r, "acceptance", "due", "2026-09-20 23:59")
	if u := s.clock(r, "unit"); u.Unit != "cgj" {
		t.Errorf("unit clock measures %q", u.Unit)
	}
}

func TestAcceptanceStartsNoClock(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	before := s.clock(r, "unit")
	s.step("2026-11-24 09:00", letter.Acceptance, handler, letter.Facts{})
	if after := s.clock(r, "unit"); !after.Started.Equal(before.Started) || !after.Due.Equal(before.Due) {
		t.Errorf("acceptance moved the unit's clock: %+v", after)
	}
	if c := s.clock(r, "acceptance"); c.Running() || len(s.l.Clocks) != 3 {
		t.Errorf("acceptance clock runs on: %+v", c)
	}
}

func TestReturnAndNewUnitNeverRestartTheSendersClock(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:30", "cgj")
	s.step("2026-11-25 09:00", letter.Objection, handler, letter.Facts{Reason: "not-ours"})
	s.wantDue(r, "objection", "2026-11-26")
	s.assigned("2026-11-26 09:00", "zjj")
	s.wantDue(r, "sender", "2026-11-30")
	s.wantDue(r, "unit", "2026-12-03")
	var units []string
	for _, c := range s.l.Clocks {
		if c.Name == letter.UnitClock {
			units = append(units, c.Unit)
			if c.Running() != (c.Unit == "zjj") {
				t.Errorf("clock of %s: running %v", c.Unit, c.Running())
			}
		}
	}
	if len(units) != 2 {
		t.Errorf("unit clocks of %v, want the old one kept and the new one", units)
	}
	if c := s.clock(r, "objection"); c.Running() {
		t.Error("the objection's clock runs after the new assignment")
	}
}

func TestAnswerStopsAllAndStartsWhatFollows(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.step("2026-11-23 11:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-11-24 11:00", letter.Review, handler, letter.Facts{})
	s.step("2026-12-01 15:00", letter.Approval, reviewer, letter.Facts{})
	for _, c := range r.Clocks(s.l) {
		follows := c.Name == letter.FollowUpClock || c.Name == letter.PublishClock
		if c.Running() != follows || !c.Running() && !c.NextRung.IsZero() {
			t.Errorf("%s: running %v, next rung %s", c.Name, c.Running(), c.NextRung)
		}
	}
	s.wantRung(r, "follow-up", "due", "2026-12-08 23:59") // the closure
	s.wantRung(r, "publication", "", "")                  // no rung can be recorded on an answered letter
	f := r.Figures(s.l)
	if !f.Late || f.WorkingMinutes != 6*60+5*420+5*60 || !f.DueAt.Equal(s.clock(r, "sender").Due) {
		t.Errorf("figures %+v", f)
	}
	if !s.clock(r, "sender").Overdue(at(t, "2026-12-20")) {
		t.Error("an answer after the due moment is late")
	}
}

func TestWithdrawalStopsEveryClock(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.step("2026-11-23 12:00", letter.Withdrawal, letter.SenderActor, letter.Facts{})
	for _, c := range r.Clocks(s.l) {
		if c.Running() {
			t.Errorf("%s runs", c.Name)
		}
	}
	if f := r.Figures(s.l); f != (letter.Figures{}) {
		t.Errorf("figures of a letter without answer: %+v", f)
	}
}

func TestSupplementPausesAndItsCapEndsThePause(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.step("2026-11-23 11:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-11-24 11:00", letter.SupplementRequest, handler, letter.Facts{})

	c := s.clock(r, "unit")
	if !c.PausedSince.Equal(at(t, "2026-11-24 11:00")) {
		t.Errorf("paused since %s", c.PausedSince)
	}
	s.wantDue(r, "unit", "2026-12-14") // at the latest: ten working days of pause, up to 12-08
	s.wantDue(r, "sender", "2026-12-14")
	s.wantRung(r, "unit", "half", "2026-12-10 12:00")
	if c := s.clock(r, "sender"); !c.Due.Equal(s.clock(r, "unit").Due) {
		t.Errorf("sender's clock is due %s", c.Due)
	}

	s.step("2026-11-27 09:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.wantDue(r, "unit", "2026-12-02") // two whole days
	if c := s.clock(r, "unit"); !c.PausedSince.IsZero() {
		t.Error("still paused after the supplement")
	}
	s.step("2026-12-02 16:00", letter.Review, handler, letter.Facts{})
	s.step("2026-12-02 17:00", letter.Approval, reviewer, letter.Facts{})
	if f := r.Figures(s.l); f.Late || f.WorkingMinutes != 6*60+6*420+7*60-(5*60+2*420) {
		t.Errorf("figures %+v", f)
	}
}

// Time ends the pause at its cap with the due moment that was told meanwhile.
func TestTimeEndsAPauseAtItsCap(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.step("2026-11-24 11:00", letter.SupplementRequest, handler, letter.Facts{})
	s.wantRung(r, "supplement", "due", "2026-12-08 23:59")
	if c := s.clock(r, "supplement"); !c.PausedSince.IsZero() {
		t.Error("the clock of the pause is paused itself")
	}
	if err := s.l.Record(letter.Supplement, letter.TimeActor, s.clock(r, "supplement").Due, letter.Facts{}, letter.Facts{Text: "期限已到"}); err != nil {
		t.Fatal(err)
	}
	s.wantDue(r, "unit", "2026-12-14")
	if c := s.clock(r, "supplement"); c.Running() {
		t.Error("its clock runs on")
	}
}

func TestPauseWithoutCapLastsUntilTheSupplement(t *testing.T) {
	r := demoRules(t)
	delete(r.Policies[0].Limits, SupplementLimit)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.step("2026-11-26 13:00", letter.SupplementRequest, handler, letter.Facts{})
	s.wantDue(r, "unit", "2026-11-30")
	s.wantRung(r, "unit", "half", "2026-11-26 12:00") // before the pause, still to be played
	s.step("2026-11-26 12:00", letter.Rung, letter.TimeActor, letter.Facts{Clock: "unit", Rung: "half"})
	s.wantRung(r, "unit", "", "")
	if s.clock(r, "unit").Overdue(at(t, "2027-01-15")) {
		t.Error("overdue while paused")
	}
}

func TestTimeTakesNoStepThatTheTableRefuses(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.step("2026-11-23 11:00", letter.SupplementRequest, handler, letter.Facts{})
	s.wantRung(r, "acceptance", "", "") // no automatic acceptance while the sender is awaited
	s.step("2026-11-25 09:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.wantRung(r, "acceptance", "due", "2026-11-25 23:59")
}

func TestExtensionMovesBothClocksAndPlaysTheLadderAgain(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.step("2026-11-23 11:00", letter.Acceptance, handler, letter.Facts{})
	for _, rung := range []string{"half", "reminder"} {
		s.step("2026-11-27 00:00", letter.Rung, letter.TimeActor, letter.Facts{Clock: "unit", Rung: rung})
	}
	s.step("2026-11-27 09:00", letter.ExtensionRequest, handler, letter.Facts{Reason: "complex"})
	s.wantDue(r, "extension", "2026-11-30")
	until := at(t, "2026-12-08").Add(24*time.Hour - time.Millisecond)
	s.step("2026-11-30 10:00", letter.ExtensionApproval, supervisor, letter.Facts{Until: until.UnixMilli()})
	s.wantDue(r, "unit", "2026-12-08")
	s.wantDue(r, "sender", "2026-12-08")
	s.wantRung(r, "unit", "reminder", "2026-12-07 23:59")

	s.step("2026-12-01 09:00", letter.SupplementRequest, handler, letter.Facts{})
	s.step("2026-12-04 09:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.wantDue(r, "unit", "2026-12-10") // a pause after the extension moves it on
}

func TestRedoStartsShorterClocks(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-02 10:00", letter.Complaint)
	s.assigned("2026-11-02 10:00", "cgj")
	s.step("2026-11-02 11:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-11-03 11:00", letter.Review, handler, letter.Facts{})
	s.step("2026-11-03 15:00", letter.Approval, reviewer, letter.Facts{})
	s.step("2026-11-05 15:00", letter.Redo, letter.SenderActor, letter.Facts{})
	s.wantDue(r, "unit", "2026-11-10")
	s.wantDue(r, "sender", "2026-11-10")
	if c := s.clock(r, "unit"); c.Unit != "cgj" || c.Amount != 3 {
		t.Errorf("redo clock: %+v", c)
	}
	delete(r.Policies[0].Limits, RedoLimit)
	if c := s.clock(r, "unit"); c.Amount != 3 {
		t.Errorf("half of five, rounded up, is %d", c.Amount)
	}
}

func TestPartsStopOneByOne(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-02 10:00", letter.Complaint)
	s.assigned("2026-11-02 10:00", "cgj")
	s.step("2026-11-02 11:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-11-02 12:00", letter.Part, handler, letter.Facts{Unit: "zjj"})
	s.step("2026-11-02 12:00", letter.Part, handler, letter.Facts{Unit: "sjj"})
	s.step("2026-11-03 12:00", letter.PartDelivery, letter.Actor{Party: letter.ByCoUnit, Member: "li", Unit: "zjj"}, letter.Facts{Unit: "zjj"})
	for _, c := range r.Clocks(s.l) {
		if c.Name != letter.PartClock {
			continue
		}
		if want := map[int]string{1: "zjj", 2: "sjj"}[c.Part]; c.Unit != want || c.Running() != (c.Part == 2) {
			t.Errorf("part %d: %+v", c.Part, c)
		}
	}
}

func TestLadderIsPlayedRungByRung(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	for _, row := range []struct{ name, when string }{
		{"half", "2026-11-26 12:00"}, // two and a half working days
		{"reminder", "2026-11-27 23:59"},
		{"overdue", "2026-11-30 23:59"},
		{"supervision", "2026-12-01 23:59"},
	} {
		s.wantRung(r, "unit", row.name, row.when)
		s.step(row.when, letter.Rung, letter.TimeActor, letter.Facts{Clock: "unit", Rung: row.name})
	}
	s.wantRung(r, "unit", "", "")
	s.wantRung(r, "sender", "reminder", "2026-11-27 23:59")

	s.step("2026-12-02 09:00", letter.Objection, handler, letter.Facts{Reason: "not-ours"})
	s.assigned("2026-12-02 10:00", "zjj")
	s.wantRung(r, "unit", "half", "2026-12-07 12:00") // the new unit's ladder begins anew
}

func TestReminderOfAShortLimitFollowsItsPercent(t *testing.T) {
	r := demoRules(t)
	c := r.Calendar
	rung := Rung{Name: "reminder", Percent: 80, Before: Limit{1, WorkingDay}}
	start := at(t, "2026-11-23 10:00")
	for _, row := range []struct {
		limit Limit
		when  string
	}{
		{Limit{1, WorkingDay}, "2026-11-24 19:12"},
		{Limit{2, WorkingDay}, "2026-11-24 23:59"},
		{Limit{10, WorkingDay}, "2026-12-04 23:59"},
		{Limit{24, Hour}, "2026-11-24 05:12"},
		{Limit{10, WorkingHour}, "2026-11-24 11:00"},
	} {
		got := c.moment(rung, start, c.due(start, row.limit, nil), row.limit, nil).In(c.zone).Format("2006-01-02 15:04")
		if got != row.when {
			t.Errorf("%s: reminder %s, want %s", row.limit, got, row.when)
		}
	}
}

func TestRungsBeforeAnImportAreNotPlayed(t *testing.T) {
	r := demoRules(t)
	s := story{t, &letter.Letter{Number: "26112300000015", Kind: letter.Complaint, Received: at(t, "2026-11-18 10:00")}}
	s.step("2026-11-26 10:00", letter.Submission, letter.ImporterActor, letter.Facts{})
	s.assigned("2026-11-26 10:00", "cgj")
	s.wantDue(r, "sender", "2026-11-25") // past when it came in
	s.wantRung(r, "sender", "supervision", "2026-11-26 23:59")
	s.wantDue(r, "unit", "2026-12-03")

	s.l.Received = at(t, "2019-05-01 10:00")
	s.wantRung(r, "sender", "", "")
	if c := s.clock(r, "sender"); !c.Provisional {
		t.Error("2019 has no calendar here")
	}
}

func TestLettersImportedWithTheirAnswerHaveNoClock(t *testing.T) {
	l := &letter.Letter{Number: "26112300000015"}
	facts := letter.Facts{Unit: "cgj"}
	open := letter.Facts{Open: &letter.OpenText{Title: "题", Body: "文", Reply: "复"}}
	if err := l.Record(letter.Imported, letter.ImporterActor, at(t, "2026-11-23"), facts, open); err != nil {
		t.Fatal(err)
	}
	if c := demoRules(t).Clocks(l); c != nil {
		t.Errorf("got %+v", c)
	}
}

func TestStandingTellsLateSoonAndPaused(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.l.Clocks = r.Clocks(s.l)
	for _, row := range []struct {
		now        string
		days       int
		soon, late bool
	}{
		{"2026-11-24 09:00", 4, false, false},
		{"2026-11-28 09:00", 1, true, false},
		{"2026-11-30 23:59", 0, true, false},
		{"2026-12-01 00:00", -1, false, true},
		{"2026-12-04 00:00", -4, false, true},
	} {
		st, ok := r.Standing(s.l, at(t, row.now))
		if !ok || st.Days != row.days || st.Soon != row.soon || st.Late != row.late || st.Stopped || st.Paused {
			t.Errorf("%s: %+v", row.now, st)
		}
	}
}

func BenchmarkClocksOfAFreshLetter(b *testing.B) {
	r := demoRules(b)
	l := &letter.Letter{Number: "26112300000015", Kind: letter.Complaint, Received: at(b, "2026-09-18 10:00")}
	if err := l.Record(letter.Submission, letter.SenderActor, l.Received, letter.Facts{}, letter.Facts{}); err != nil {
		b.Fatal(err)
	}
	if err := l.Record(letter.Assignment, letter.RouterActor, l.Received, letter.Facts{Unit: "cgj", Kind: letter.Complaint}, letter.Facts{}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r.Clocks(l)
	}
}
