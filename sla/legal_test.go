package sla

import (
	"strings"
	"testing"

	"huiyin/internal/letter"
)

// lawful are the demonstration's rules with a petition and a disclosure on them.
func lawful(t *testing.T) *Rules {
	r := demoRules(t)
	r.Policies = append(r.Policies,
		Policy{ID: "petition", Source: "信访工作条例第三十四条", Category: "petition",
			Limits: map[string]Limit{"sender": {60, CalendarDay}, "unit": {60, CalendarDay}, MoreTimeLimit: {30, CalendarDay}},
			Starts: map[string]letter.Step{"sender": letter.Admission, "unit": letter.Admission}},
		Policy{ID: "disclosure", Source: "政府信息公开条例第三十三条", Category: "disclosure",
			Limits: map[string]Limit{"sender": {20, WorkingDay}, "unit": {20, WorkingDay}, MoreTimeLimit: {20, WorkingDay}},
			Starts: map[string]letter.Step{"sender": letter.Supplement, "unit": letter.Supplement}})
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	return r
}

func of(t *testing.T, when, category string) story {
	s := written(t, when, letter.Complaint)
	s.l.Category = category
	s.assigned(when, "cgj")
	return s
}

func TestAPetitionCountsFromItsAdmission(t *testing.T) {
	r := lawful(t)
	s := of(t, "2026-07-20 10:00", "petition")
	s.step("2026-07-21 09:00", letter.Acceptance, handler, letter.Facts{})
	s.wantDue(r, "sender", "2026-09-18") // until it is admitted, from the submission
	s.step("2026-07-28 09:00", letter.Admission, handler, letter.Facts{})
	s.wantDue(r, "sender", "2026-09-28") // 26 September is a day off
	s.wantDue(r, "unit", "2026-09-28")
	if res, _ := r.Explain(s.l, "sender"); res.Days[0].Why != "受理当天不计" || res.Days[0].Date != "2026-07-28" {
		t.Errorf("explained from %+v", res.Days[0])
	}
	s.step("2026-08-03 09:00", letter.Admission, handler, letter.Facts{})
	s.wantDue(r, "sender", "2026-09-28") // once
	senders := 0
	for _, c := range r.Clocks(s.l) {
		if c.Name == letter.SenderClock {
			senders++
		}
	}
	if senders != 2 {
		t.Errorf("%d clocks of the sender, want the first one stopped and kept, and the legal one", senders)
	}
}

func TestADisclosureCountsAnewFromTheCorrectedApplication(t *testing.T) {
	r := lawful(t)
	s := of(t, "2026-03-02 10:00", "disclosure")
	s.step("2026-03-03 09:00", letter.Acceptance, handler, letter.Facts{})
	s.wantDue(r, "sender", "2026-03-30")
	s.step("2026-03-05 09:00", letter.SupplementRequest, handler, letter.Facts{})
	s.step("2026-03-10 09:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.wantDue(r, "sender", "2026-04-08") // Qingming takes Monday the 6th
	s.step("2026-03-12 09:00", letter.SupplementRequest, handler, letter.Facts{})
	s.step("2026-03-12 16:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.wantDue(r, "sender", "2026-04-08") // a second question starts nothing anew

	silent := of(t, "2026-03-02 10:00", "disclosure")
	silent.step("2026-03-03 09:00", letter.Acceptance, handler, letter.Facts{})
	silent.step("2026-03-05 09:00", letter.SupplementRequest, handler, letter.Facts{})
	silent.step("2026-03-06 23:59", letter.Supplement, letter.TimeActor, letter.Facts{})
	if c := silent.clock(r, "sender"); !c.Started.Equal(at(t, "2026-03-02 10:00")) {
		t.Errorf("a limit that passed corrected the application: started %s", c.Started)
	}
}

// Who sends the letter on may find that it is no petition: what was admitted stays
// admitted, and its clocks go on from there.
func TestACorrectedKindDoesNotUndoAnAdmission(t *testing.T) {
	r := lawful(t)
	s := written(t, "2026-07-20 10:00", letter.Complaint)
	s.step("2026-07-20 10:00", letter.Assignment, dispatcher, letter.Facts{Unit: "cgj", Category: "petition"})
	s.step("2026-07-28 09:00", letter.Admission, handler, letter.Facts{})
	s.step("2026-07-28 10:00", letter.Objection, handler, letter.Facts{Reason: "not_our_duty"})
	s.step("2026-07-29 10:00", letter.Assignment, dispatcher, letter.Facts{Unit: "zjj", Category: "0204"})
	if c := s.clock(r, "sender"); !c.Started.Equal(at(t, "2026-07-28 09:00")) {
		t.Errorf("the sender's clock runs from %s", c.Started)
	}
}

// An ordinary letter keeps its clocks through both steps.
func TestOnlyAPolicyNamesALegalStart(t *testing.T) {
	r := lawful(t)
	s := of(t, "2026-11-23 10:00", "")
	s.step("2026-11-24 09:00", letter.Admission, handler, letter.Facts{})
	s.step("2026-11-24 10:00", letter.SupplementRequest, handler, letter.Facts{})
	s.step("2026-11-24 16:00", letter.Supplement, letter.SenderActor, letter.Facts{})
	s.wantDue(r, "sender", "2026-11-30")
}

func TestAcceptanceIsNoLegalStart(t *testing.T) {
	for step, says := range map[letter.Step]string{letter.Acceptance: "签收不能", letter.Approval: "只能是受理或者补正"} {
		p := Policy{ID: "a", Source: "s", Starts: map[string]letter.Step{"unit": step}}
		if err := p.Check(); !letter.IsRefused(err) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", step, err)
		}
	}
	p := Policy{ID: "a", Source: "s", Starts: map[string]letter.Step{"review": letter.Admission}}
	if p.Check() == nil {
		t.Error("a legal start for a review was taken")
	}
}

func TestAnExtensionIsAskedForInTimeOnceAndWithinTheLaw(t *testing.T) {
	r := lawful(t)
	s := of(t, "2026-07-28 10:00", "petition")
	s.step("2026-07-28 10:00", letter.Acceptance, handler, letter.Facts{})
	s.l.Clocks = r.Clocks(s.l)
	latest, err := r.LatestExtension(s.l, at(t, "2026-09-28 18:00"))
	if want := at(t, "2026-10-28"); err != nil || r.Calendar.day(latest) != r.Calendar.day(want) {
		t.Errorf("at the latest %s, %v; want 30 days after 28 September", latest, err)
	}
	if _, err := r.LatestExtension(s.l, at(t, "2026-09-29 00:00")); !letter.IsRefused(err) {
		t.Errorf("after the limit: %v", err)
	}
	s.step("2026-09-20 09:00", letter.ExtensionRequest, handler, letter.Facts{Reason: "complex"})
	s.step("2026-09-21 09:00", letter.ExtensionApproval, supervisor, letter.Facts{Until: latest.UnixMilli()})
	s.wantDue(r, "unit", "2026-10-28")
	if _, err := r.LatestExtension(s.l, at(t, "2026-10-01 09:00")); !letter.IsRefused(err) {
		t.Errorf("a second time: %v", err)
	}
	r.Policies[len(r.Policies)-2].Extensions = 2
	if _, err := r.LatestExtension(s.l, at(t, "2026-10-01 09:00")); err != nil {
		t.Errorf("a second time, where the policy allows two: %v", err)
	}
	plain := of(t, "2026-11-23 10:00", "")
	plain.l.Clocks = r.Clocks(plain.l)
	if latest, err := r.LatestExtension(plain.l, at(t, "2026-11-24 09:00")); err != nil || !latest.IsZero() {
		t.Errorf("without a most: %s, %v", latest, err)
	}
	if _, err := r.LatestExtension(written(t, "2026-11-23 10:00", letter.Complaint).l, at(t, "2026-11-24 09:00")); !letter.IsRefused(err) {
		t.Errorf("with no unit: %v", err)
	}
}
