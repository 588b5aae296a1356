package sla

import (
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
)

// renewed brings the letter to other rules, as casework does.
func (s story) renewed(when string, r *Rules) letter.Facts {
	s.t.Helper()
	course := r.Course(s.l)
	f := course.Redating(at(s.t, when))
	if len(f.Moves) > 0 {
		s.step(when, letter.Redating, letter.TimeActor, f)
	}
	clocks := course.Clocks()
	if given := r.Keep(s.l); !slices.EqualFunc(clocks, given, letter.Clock.Same) {
		s.t.Errorf("after the re-dating %+v, its event gives %+v", clocks, given)
	}
	s.l.Clocks = clocks
	if faults := r.Verify(s.l); len(faults) != 0 {
		s.t.Errorf("after the re-dating: %v", faults)
	}
	return f
}

func yearEnd(t *testing.T) (provisional, longer, shorter *Rules, s story) {
	provisional = demoRules(t)
	longer = announced(t, provisional, []Special{{"2027-01-01", "元旦"}, {"2027-01-04", "元旦"}}, nil)
	shorter = announced(t, provisional, []Special{{"2027-02-05", "春节"}}, []Special{{"2027-01-02", "元旦"}})
	s = written(t, "2026-12-28 10:00", letter.Complaint)
	s.assigned("2026-12-28 10:00", "cgj")
	s.l.Clocks = provisional.Clocks(s.l)
	return provisional, longer, shorter, s
}

func TestANoticeMovesADateLaterAndKeepsBothInTheHistory(t *testing.T) {
	_, longer, _, s := yearEnd(t)
	f := s.renewed("2026-12-29 09:00", longer)
	if len(f.Moves) != 2 || f.Reason != letter.MovedByCalendar {
		t.Fatalf("moved %+v", f)
	}
	was, until := time.UnixMilli(f.Moves[0].Was), time.UnixMilli(f.Moves[0].Until)
	if !was.Equal(at(t, "2027-01-05").Add(-time.Millisecond)) || !until.Equal(at(t, "2027-01-07").Add(-time.Millisecond)) {
		t.Errorf("was %s until %s", was, until)
	}
	s.wantDue(longer, "sender", "2027-01-06")
	if f := s.renewed("2026-12-29 09:01", longer); len(f.Moves) != 0 {
		t.Errorf("a second look moves %+v", f.Moves)
	}
}

// 元旦 worked on a Saturday: the count ends earlier, the date that was told holds,
// through every later step and notice, until one gives more time.
func TestADateToldHoldsThroughLaterStepsAndNotices(t *testing.T) {
	_, longer, shorter, s := yearEnd(t)
	f := s.renewed("2026-12-29 09:00", shorter)
	if len(f.Moves) != 2 || f.Moves[0].Until >= f.Moves[0].Was {
		t.Fatalf("moved %+v", f.Moves)
	}
	s.step("2026-12-29 10:00", letter.Acceptance, handler, letter.Facts{})
	s.wantDue(shorter, "sender", "2027-01-04")
	res, _ := shorter.Explain(s.l, "sender")
	if last := res.Days[len(res.Days)-1]; last.Counted || last.Why != whyTold {
		t.Errorf("the explanation ends with %+v", last)
	}
	s.renewed("2026-12-30 09:00", longer)
	s.wantDue(longer, "sender", "2027-01-06")
}

// What the letter pauses for after the notice puts the told date off as well.
func TestALaterPausePutsTheToldDateOffToo(t *testing.T) {
	_, _, shorter, s := yearEnd(t)
	s.renewed("2026-12-29 09:00", shorter)
	s.step("2026-12-29 10:00", letter.SupplementRequest, handler, letter.Facts{})
	s.step("2026-12-31 10:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.wantDue(shorter, "sender", "2027-01-05") // Wednesday was paused whole
}

// While the sender is awaited the date told holds the whole cap; who answers
// early does not keep the rest of it, and does not lose the day that he was told.
func TestANoticeDuringAPauseKeepsWhatWasLeftOfTheLimit(t *testing.T) {
	provisional, _, shorter, s := yearEnd(t)
	s.step("2026-12-29 10:00", letter.SupplementRequest, handler, letter.Facts{})
	s.l.Clocks = provisional.Clocks(s.l)
	cap, _ := s.l.Clock("sender")
	s.renewed("2026-12-29 11:00", shorter)
	s.step("2026-12-29 12:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.wantDue(shorter, "sender", "2027-01-04")
	if c := s.clock(shorter, "sender"); !c.Due.Before(cap.Due) {
		t.Errorf("the pause that was not needed is kept: %s", c.Due)
	}
}

func TestALimitThatHasPassedIsNotMoved(t *testing.T) {
	_, longer, _, s := yearEnd(t)
	f := s.renewed("2027-01-05 09:00", longer)
	if len(f.Moves) == 0 || !f.Moves[0].Past {
		t.Fatalf("moved %+v", f.Moves)
	}
	s.step("2027-01-05 10:00", letter.Acceptance, handler, letter.Facts{})
	s.wantDue(longer, "sender", "2027-01-04")
	if c := s.clock(longer, "sender"); !c.Overdue(at(t, "2027-01-05 10:00")) {
		t.Error("a late letter became punctual")
	}
}

// Whether an answer was late is not decided anew by a notice that came after it.
func TestStoppedClocksAreFrozen(t *testing.T) {
	_, longer, _, s := yearEnd(t)
	s.step("2026-12-29 09:00", letter.Objection, handler, letter.Facts{Reason: "not-ours"})
	s.assigned("2026-12-29 10:00", "zjj")
	provisional := demoRules(t)
	s.l.Clocks = provisional.Clocks(s.l)
	frozen := s.l.Clocks[1]
	s.renewed("2026-12-29 12:00", longer)
	if got := s.l.Clocks[1]; got != frozen || got.Running() {
		t.Errorf("the stopped clock became %+v", got)
	}
	if c, _ := s.l.Clock("unit"); c.Calendar != "test-2027" {
		t.Errorf("the running one is counted by %s", c.Calendar)
	}
}

// A later date is pressed for again; one that stays is not.
func TestALaterDateRenewsTheLadder(t *testing.T) {
	_, longer, shorter, s := yearEnd(t)
	s.step("2026-12-31 12:00", letter.Rung, letter.TimeActor, letter.Facts{Clock: "unit", Unit: "cgj", Rung: RungHalf})
	s.step("2026-12-31 23:59", letter.Rung, letter.TimeActor, letter.Facts{Clock: "unit", Unit: "cgj", Rung: RungReminder})
	s.l.Clocks = demoRules(t).Clocks(s.l)
	s.renewed("2027-01-01 09:00", shorter)
	s.wantRung(shorter, "unit", RungOverdue, "2027-01-04 23:59")
	s.renewed("2027-01-01 10:00", longer)
	s.wantRung(longer, "unit", RungReminder, "2027-01-05 23:59")
}

func TestVersionChangesWithWhatDatesFollowFrom(t *testing.T) {
	r := demoRules(t)
	longer := announced(t, r, []Special{{"2027-01-01", "元旦"}}, nil)
	tried := *r
	tried.Policies = append([]Policy(nil), r.Policies...)
	tried.Policies[0].From = at(t, "2026-12-01")
	local, err := r.WithOverlays([]Overlay{{ID: "typhoon", Unit: "cgj", Source: "令", Effective: "2026-12-01", Off: []Special{{"2026-12-02", "台风"}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, x := range []*Rules{r, longer, &tried, local} {
		seen[x.Version()] = true
	}
	if len(seen) != 4 || r.Version() != demoRules(t).Version() {
		t.Errorf("%v", seen)
	}
}
