package sla

import (
	"testing"
	"time"

	"huiyin/internal/letter"
)

// Every clock that a letter keeps is explained, stopped ones too, each from the
// step that started it, and the explanation ends where the clock does.
func TestEachClockOfALetterIsExplained(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-09-29 10:00", letter.Complaint)
	s.assigned("2026-09-29 11:00", "cgj")
	s.step("2026-09-29 15:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-10-09 09:00", letter.Review, handler, letter.Facts{})
	s.step("2026-10-09 16:00", letter.Approval, reviewer, letter.Facts{})
	s.l.Clocks = r.Clocks(s.l)
	first := map[string]string{
		"sender": whyStart, "unit": "派单当天不计", "acceptance": "派单当天不计",
		"review": "送审当天不计", "follow-up": "答复当天不计", "publication": "答复当天不计",
	}
	for _, c := range s.l.Clocks {
		res, ok := r.ExplainClock(s.l, c)
		if !ok || !res.At.Equal(c.Due) || res.Days[0].Why != first[c.Name] || res.Calendar != c.Calendar || res.Policy != c.Policy {
			t.Errorf("%s is due %s, explained by %+v", c.Name, c.Due, res)
		}
		delete(first, c.Name)
	}
	if len(first) > 0 {
		t.Errorf("no clock of %v", first)
	}
	res, _ := r.Explain(s.l, "sender")
	want := "09-29 - 收到当天不计\n09-30 + 工作日\n10-01 - 国庆节放假\n10-02 - 国庆节放假\n10-03 - 国庆节放假\n10-04 - 国庆节放假\n10-05 - 国庆节放假\n" +
		"10-06 - 国庆节放假\n10-07 - 国庆节放假\n10-08 + 工作日\n10-09 + 工作日\n10-10 + 调休上班（国庆节）\n10-11 - 周末\n10-12 + 工作日\n"
	if got := lines(res.Days); got != want {
		t.Errorf("got\n%s", got)
	}
	if _, ok := r.ExplainClock(s.l, letter.Clock{Name: "unit", Unit: "zjj"}); ok {
		t.Error("a clock that never ran is explained")
	}
}

// Both values stand in the explanation: what the limit gives, and what holds instead.
func TestTheExplanationGivesTheCountedMomentBesideTheOneThatHolds(t *testing.T) {
	_, _, shorter, s := yearEnd(t)
	s.renewed("2026-12-29 09:00", shorter)
	res, _ := shorter.Explain(s.l, "sender")
	if date(t, res.Counted) != "2027-01-02" || date(t, res.Told) != "2027-01-04" || res.Fixed || !res.Extended.IsZero() || !res.At.Equal(res.Told) {
		t.Errorf("told: %+v", res)
	}
	s.step("2026-12-29 10:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-12-29 11:00", letter.ExtensionRequest, handler, letter.Facts{Reason: "complex"})
	s.step("2026-12-29 12:00", letter.ExtensionApproval, supervisor, letter.Facts{Until: at(t, "2027-01-08").Add(-time.Millisecond).UnixMilli()})
	res, _ = shorter.Explain(s.l, "sender")
	if date(t, res.Counted) != "2027-01-02" || date(t, res.Told) != "2027-01-04" || date(t, res.Extended) != "2027-01-07" || !res.At.Equal(res.Extended) {
		t.Errorf("extended: %+v", res)
	}
	if got := lines(res.Days[len(res.Days)-5:]); got != "01-03 - 此前告知的期限较晚，予以保留\n01-04 - 此前告知的期限较晚，予以保留\n01-05 - 批准延期\n01-06 - 批准延期\n01-07 - 批准延期\n" {
		t.Errorf("got\n%s", got)
	}
	_, longer, _, late := yearEnd(t)
	late.renewed("2027-01-05 09:00", longer)
	if res, _ = longer.Explain(late.l, "sender"); date(t, res.Counted) != "2027-01-06" || date(t, res.Told) != "2027-01-04" || !res.Fixed {
		t.Errorf("passed: %+v", res)
	}
}

// The days that an extension adds to a deadline from above are called so, however
// long the city's own limit would have been.
func TestTheExtensionOfADeadlineFromAboveIsCalledOne(t *testing.T) {
	r := demoRules(t)
	s := ordered(t, "2026-11-23 10:00", "2026-11-25 17:00")
	s.step("2026-11-23 11:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-11-24 09:00", letter.ExtensionRequest, handler, letter.Facts{Reason: "complex"})
	s.step("2026-11-24 10:00", letter.ExtensionApproval, supervisor, letter.Facts{Until: at(t, "2026-11-27 17:00").UnixMilli()})
	res, _ := r.Explain(s.l, "sender")
	if got := lines(res.Days); got != "11-25 - 上级指定的期限\n11-26 - 批准延期\n11-27 - 批准延期\n" || !res.Told.IsZero() || date(t, res.Extended) != "2026-11-27" {
		t.Errorf("got\n%s%+v", got, res)
	}
}

// A recount tells an extended date anew: it is still the extension's.
func TestTheRecountOfAnExtendedDateIsStillAnExtension(t *testing.T) {
	provisional, longer, _, s := yearEnd(t)
	s.step("2026-12-28 11:00", letter.Acceptance, handler, letter.Facts{})
	s.step("2026-12-28 12:00", letter.ExtensionRequest, handler, letter.Facts{Reason: "complex"})
	s.step("2026-12-28 13:00", letter.ExtensionApproval, supervisor, letter.Facts{Until: at(t, "2026-12-31").Add(-time.Millisecond).UnixMilli()})
	s.step("2026-12-28 14:00", letter.ExtensionRequest, handler, letter.Facts{Reason: "complex"})
	s.step("2026-12-28 15:00", letter.ExtensionApproval, supervisor, letter.Facts{Until: at(t, "2027-01-09").Add(-time.Millisecond).UnixMilli()})
	s.step("2026-12-29 10:00", letter.SupplementRequest, handler, letter.Facts{})
	s.l.Clocks = provisional.Clocks(s.l)
	if f := s.renewed("2026-12-30 09:00", longer); len(f.Moves) == 0 {
		t.Fatal("nothing moved")
	}
	res, _ := longer.Explain(s.l, "sender")
	if !res.Told.IsZero() || date(t, res.Approved) != "2027-01-08" || !res.Extended.Equal(res.At) || res.Days[len(res.Days)-1].Why != whyExtended {
		t.Errorf("%+v", res)
	}
}

// A pause that lasts is explained with the end it would have by itself.
func TestTheExplanationNamesThePauses(t *testing.T) {
	r := demoRules(t)
	r.Policies[0].Limits[letter.InterimClock] = Limit{7, WorkingDay}
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 11:00", "cgj")
	s.step("2026-11-24 15:00", letter.SupplementRequest, handler, letter.Facts{})
	s.l.Clocks = r.Clocks(s.l)
	res, _ := r.Explain(s.l, "sender")
	if len(res.Breaks) != 1 || !res.Breaks[0].From.Equal(at(t, "2026-11-24 15:00")) || !res.Breaks[0].Until.Equal(at(t, "2026-12-09")) || res.Breaks[0].Why != whyAwaiting {
		t.Errorf("%+v", res.Breaks)
	}
	if interim, ok := s.l.Clock("interim-reply"); !ok || !Silenced(s.l, interim) {
		t.Errorf("an interim reply is owed after the answer: %+v", interim)
	}
}

func date(t *testing.T, m time.Time) string { return dayOf(m.In(shanghai(t))).String() }

// A clock that stopped before a notice came keeps its date, and no days are shown
// that would contradict it.
func TestTheDaysOfAnotherCalendarAreNotShown(t *testing.T) {
	provisional, longer, _, s := yearEnd(t)
	s.step("2026-12-29 09:00", letter.Objection, handler, letter.Facts{Reason: "not-ours"})
	s.assigned("2026-12-29 10:00", "zjj")
	s.l.Clocks = provisional.Clocks(s.l)
	s.renewed("2026-12-29 12:00", longer)
	list := longer.Reckonings(s.l)
	if len(list) != len(s.l.Clocks) || !list[0].Clock.Running() || list[len(list)-1].Clock.Running() {
		t.Fatalf("%d of %d clocks, running first: %+v", len(list), len(s.l.Clocks), list)
	}
	for _, k := range list {
		if k.Policy == "" || k.Source == "" || k.Calendar != "test-2027" {
			t.Errorf("%s rests on nothing: %+v", k.Clock.Name, k)
		}
		switch {
		case k.Clock.Name == letter.UnitClock && k.Clock.Unit == "cgj":
			if date(t, k.Recount) != "2027-01-06" || len(k.Days) > 0 || k.Clock.Calendar == k.Calendar {
				t.Errorf("the stopped clock is explained by %+v", k)
			}
		case !k.Recount.IsZero() || len(k.Days) == 0:
			t.Errorf("%s: %+v", k.Clock.Name, k)
		}
	}
}
