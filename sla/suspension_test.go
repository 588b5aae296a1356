package sla

import (
	"testing"
	"time"

	"huiyin/internal/letter"
)

// 检测 from Tuesday noon to the next Monday noon takes four days out of every
// running clock: Wednesday to Friday are working days.
func TestALegalReasonStopsTimeUntilItEnds(t *testing.T) {
	r := demoRules(t)
	s := handled(t, r)
	s.wantDue(r, "sender", "2026-11-30")
	s.step("2026-11-24 12:00", letter.Suspension, supervisor, letter.Facts{Reason: "testing"})
	if c := s.clock(r, "unit"); c.PausedSince.IsZero() || !c.NextRung.IsZero() && c.NextRung.After(c.PausedSince) {
		t.Errorf("the unit's clock runs on: %+v", c)
	}
	s.step("2026-11-30 12:00", letter.Resumption, supervisor, letter.Facts{})
	s.wantDue(r, "sender", "2026-12-03")
	res, _ := r.Explain(s.l, "unit")
	if d := res.Days[2]; d.Counted || d.Why != "检测，暂停计算" {
		t.Errorf("the first whole day of the testing: %+v", d)
	}
}

// A policy may cap how long a legal reason stops time; then time lets it run.
func TestACapEndsASuspension(t *testing.T) {
	r := demoRules(t)
	r.Policies[0].Limits[SuspensionLimit] = Limit{2, WorkingDay}
	s := handled(t, r)
	s.step("2026-11-24 12:00", letter.Suspension, supervisor, letter.Facts{Reason: "hearing"})
	s.wantRung(r, letter.SuspensionClock, RungDue, "2026-11-26 23:59")
	s.wantDue(r, "sender", "2026-12-02")
	s.step("2026-11-26 23:59", letter.Resumption, letter.TimeActor, letter.Facts{})
	if c := s.clock(r, letter.SuspensionClock); c.Running() {
		t.Error("the clock of the suspension runs on")
	}
}

// Who answers in between owes the next answer from then on, but not while time stands still.
func TestAClockThatStartsWhileTimeStandsStillWaits(t *testing.T) {
	r := demoRules(t)
	r.Policies[0].Limits[letter.InterimClock] = Limit{3, WorkingDay}
	s := handled(t, r)
	s.wantDue(r, letter.InterimClock, "2026-11-26")
	s.step("2026-11-24 12:00", letter.Suspension, supervisor, letter.Facts{Reason: "testing"})
	s.step("2026-11-25 10:00", letter.InterimReply, handler, letter.Facts{})
	if c := s.clock(r, letter.InterimClock); c.PausedSince.IsZero() {
		t.Errorf("it runs: %+v", c)
	}
	s.step("2026-11-30 12:00", letter.Resumption, handler, letter.Facts{})
	s.wantDue(r, letter.InterimClock, "2026-12-02")
}

// While it lasts it counts with its whole cap, for a clock that starts in the middle
// of it too.
func TestTheCapCountsFromWhenTimeWasStopped(t *testing.T) {
	r := demoRules(t)
	r.Policies[0].Limits[SuspensionLimit] = Limit{2, WorkingDay}
	r.Policies[0].Limits[letter.InterimClock] = Limit{3, WorkingDay}
	s := handled(t, r)
	s.step("2026-11-24 12:00", letter.Suspension, supervisor, letter.Facts{Reason: "testing"})
	s.step("2026-11-26 10:00", letter.InterimReply, handler, letter.Facts{})
	s.wantDue(r, letter.InterimClock, "2026-12-01") // Thursday is the last day of the cap
}

// Who withdraws his letter ends the pause; no cap is counted that never ran out.
func TestAWithdrawalEndsASuspension(t *testing.T) {
	r := demoRules(t)
	r.Policies[0].Limits[SuspensionLimit] = Limit{15, WorkingDay}
	s := handled(t, r)
	s.step("2026-11-24 12:00", letter.Suspension, supervisor, letter.Facts{Reason: "testing"})
	s.step("2026-11-26 10:00", letter.Withdrawal, letter.SenderActor, letter.Facts{})
	s.wantDue(r, "sender", "2026-12-01")
	s.wantDue(r, "unit", "2026-12-01")
}

// The window for returning a letter and the first contact start with each unit.
func TestWindowAndFirstContactStartWithTheUnit(t *testing.T) {
	r := demoRules(t)
	r.Policies[0].Limits[letter.WindowClock] = Limit{1, WorkingDay}
	r.Policies[0].Limits[letter.ContactClock] = Limit{24, Hour}
	s := handled(t, r)
	s.wantDue(r, letter.WindowClock, "2026-11-24")
	s.wantRung(r, letter.WindowClock, "", "")
	s.wantRung(r, letter.ContactClock, RungDue, "2026-11-24 10:00")
	s.step("2026-11-23 15:00", letter.FirstContact, handler, letter.Facts{})
	if c := s.clock(r, letter.ContactClock); c.Running() {
		t.Error("the clock of the first contact runs on")
	}
	late := letter.Facts{Reason: "not_our_duty"}
	if err := s.l.Record(letter.Objection, handler, at(t, "2026-11-25 08:00"), late, letter.Facts{Basis: "依据"}); !letter.IsRefused(err) {
		t.Errorf("returned after the window: %v", err)
	}
	s.step("2026-11-24 18:00", letter.Objection, handler, late)
	s.assigned("2026-11-25 09:00", "zjj")
	s.wantDue(r, letter.WindowClock, "2026-11-26")
	s.wantDue(r, letter.ContactClock, "2026-11-26")
}

func TestMoreTimeIsAskedForBeforeTheLimitPasses(t *testing.T) {
	r := demoRules(t)
	s := handled(t, r)
	due := s.clock(r, "unit").Due
	ask := func(at time.Time) error {
		return s.l.Record(letter.ExtensionRequest, handler, at, letter.Facts{Reason: "complex"}, letter.Facts{Text: "需要现场核实"})
	}
	if err := ask(due.Add(time.Millisecond)); !letter.IsRefused(err) {
		t.Errorf("asked after the limit: %v", err)
	}
	if err := ask(due); err != nil {
		t.Error(err)
	}
	if err := ask(due); !letter.IsRefused(err) {
		t.Errorf("asked twice: %v", err)
	}
	s.step("2026-12-01 09:00", letter.ExtensionRefusal, supervisor, letter.Facts{})
	if s.l.ExtensionAsked || s.l.Extensions != 0 {
		t.Error("a refusal settles the request and grants nothing")
	}
}

// handled is a letter of Monday 23 November that the unit has accepted.
func handled(t *testing.T, r *Rules) story {
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.step("2026-11-23 14:00", letter.Acceptance, handler, letter.Facts{})
	s.l.Clocks = r.Clocks(s.l)
	return s
}

// A pause lasted as long as it lawfully lasted, whatever the letter is found to be afterwards.
func TestACorrectedCategoryDoesNotCapWhatIsOver(t *testing.T) {
	r := demoRules(t)
	r.Policies = append(r.Policies, Policy{ID: "short", Source: "s", Category: "0204", Limits: map[string]Limit{SupplementLimit: {1, Hour}}})
	s := story{t, &letter.Letter{Number: "26112300000015", Kind: letter.Complaint, Received: at(t, "2026-11-23 10:00")}}
	s.step("2026-11-23 10:00", letter.Submission, letter.SenderActor, letter.Facts{Kind: letter.Complaint})
	s.step("2026-11-23 12:00", letter.SupplementRequest, dispatcher, letter.Facts{})
	s.step("2026-11-26 10:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.wantDue(r, "sender", "2026-12-02")
	s.step("2026-11-26 11:00", letter.Assignment, dispatcher, letter.Facts{Unit: "cgj", Category: "0204"})
	s.wantDue(r, "sender", "2026-12-02")
}
