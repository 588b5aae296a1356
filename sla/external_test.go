package sla

import (
	"testing"
	"time"

	"huiyin/internal/letter"
)

// ordered is a letter that a higher level sent down with its own deadline.
func ordered(t *testing.T, when, until string) story {
	s := story{t, &letter.Letter{Number: "26112300000015", Kind: letter.Complaint, Received: at(t, when), Reply: letter.Reply{Text: "答复"}}}
	s.step(when, letter.Submission, letter.SenderActor, letter.Facts{Until: at(t, until).UnixMilli()})
	s.assigned(when, "cgj")
	return s
}

func TestADeadlineOfAHigherLevelWins(t *testing.T) {
	r := demoRules(t)
	for until, due := range map[string]string{"2026-11-25 17:00": "2026-11-25", "2027-01-08 17:00": "2027-01-08"} {
		s := ordered(t, "2026-11-23 10:00", until)
		for _, name := range []string{"sender", "unit"} {
			s.wantDue(r, name, due)
			if c := s.clock(r, name); !c.Due.Equal(at(t, until)) || c.Policy != ExternalPolicy || c.Provisional {
				t.Errorf("%s clock: %+v", name, c)
			}
		}
		s.wantDue(r, "acceptance", "2026-11-24") // the unit's own steps keep their limits
		if res, _ := r.Explain(s.l, "sender"); len(res.Days) != 1 || res.Days[0].Why != whyExternal || res.Policy != ExternalPolicy {
			t.Errorf("explained by %+v", res)
		}
	}
}

func TestNeitherPauseNorNewUnitNorAdmissionMovesADeadlineOfAHigherLevel(t *testing.T) {
	r := lawful(t)
	s := ordered(t, "2026-11-23 10:00", "2026-12-04 17:00")
	s.l.Category = "petition"
	s.step("2026-11-23 11:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-11-24 09:00", letter.SupplementRequest, handler, letter.Facts{})
	s.step("2026-11-27 09:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.step("2026-11-27 10:00", letter.Admission, handler, letter.Facts{})
	s.step("2026-11-27 11:00", letter.Objection, handler, letter.Facts{Reason: "not-ours"})
	s.assigned("2026-11-30 09:00", "zjj")
	s.wantDue(r, "sender", "2026-12-04")
	s.wantDue(r, "unit", "2026-12-04")
	if c := s.clock(r, "sender"); !c.Started.Equal(at(t, "2026-11-23 10:00")) {
		t.Errorf("the admission started the clock anew: %s", c.Started)
	}
}

// A higher level does not wait for a supplement, so its deadline presses and runs
// out while the sender is asked.
func TestADeadlineOfAHigherLevelIsNotPaused(t *testing.T) {
	r := demoRules(t)
	s := ordered(t, "2026-11-23 10:00", "2026-12-03 10:00")
	s.step("2026-11-23 11:00", letter.SupplementRequest, handler, letter.Facts{})
	s.wantRung(r, "unit", "half", "2026-11-28 10:00")
	if c := s.clock(r, "unit"); !c.PausedSince.IsZero() || !c.Overdue(at(t, "2026-12-03 10:01")) {
		t.Errorf("it stands still: %+v", c)
	}
	if c := s.clock(r, "acceptance"); c.PausedSince.IsZero() {
		t.Errorf("the unit's own step runs on: %+v", c)
	}
}

func TestARedoOfAnOrderHasItsOwnLimitAndAnExtensionPutsItOff(t *testing.T) {
	r := demoRules(t)
	s := ordered(t, "2026-11-02 10:00", "2026-11-12 17:00")
	s.step("2026-11-02 11:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-11-03 09:00", letter.ExtensionRequest, handler, letter.Facts{Reason: "complex"})
	until := at(t, "2026-11-17 17:00")
	s.step("2026-11-03 10:00", letter.ExtensionApproval, supervisor, letter.Facts{Until: until.UnixMilli()})
	s.wantDue(r, "unit", "2026-11-17")
	s.step("2026-11-04 11:00", letter.Review, handler, letter.Facts{})
	s.step("2026-11-04 15:00", letter.Approval, reviewer, letter.Facts{})
	s.step("2026-11-05 15:00", letter.Redo, letter.SenderActor, letter.Facts{})
	s.wantDue(r, "unit", "2026-11-10")
}

func TestTheLadderOfADeadlineGoesByTheTimeThatIsLeft(t *testing.T) {
	r := demoRules(t)
	s := ordered(t, "2026-11-23 10:00", "2026-12-03 10:00")
	s.wantRung(r, "unit", "half", "2026-11-28 10:00")
	s.step("2026-11-28 10:00", letter.Rung, letter.TimeActor, letter.Facts{Clock: "unit", Rung: "half"})
	s.wantRung(r, "unit", "reminder", "2026-12-02 23:59") // one working day before
	short := ordered(t, "2026-11-23 10:00", "2026-11-23 20:00")
	short.step("2026-11-23 15:00", letter.Rung, letter.TimeActor, letter.Facts{Clock: "unit", Rung: "half"})
	short.wantRung(r, "unit", "reminder", "2026-11-23 18:00") // 80 %
	if c := short.clock(r, "unit"); c.Due.Sub(at(t, "2026-11-23 20:00")) != 0*time.Second {
		t.Errorf("due %s", c.Due)
	}
}
