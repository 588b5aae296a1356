package casework_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/sla"
)

// with puts a policy on top of the city's, as an administrator would.
func (h *house) with(p sla.Policy) {
	city := *h.City
	rules := *h.City.Clocks
	rules.Policies = append([]sla.Policy{p}, rules.Policies...)
	must(h.T, rules.Check())
	city.Clocks = &rules
	h.City = &city
}

// petition counts sixty days from the admission (信访工作条例第三十四条), disclosure
// twenty working days from the corrected application (政府信息公开条例第三十条、第三十三条).
var (
	petition = sla.Policy{ID: "petition", Name: "信访", Source: "信访工作条例", Kind: letter.Complaint,
		Limits: map[string]sla.Limit{"sender": {Amount: 60, Unit: sla.CalendarDay}, "unit": {Amount: 60, Unit: sla.CalendarDay}},
		Starts: map[string]letter.Step{"sender": letter.Admission, "unit": letter.Admission}}
	disclosure = sla.Policy{ID: "disclosure", Name: "信息公开", Source: "政府信息公开条例", Kind: letter.Complaint,
		Limits: map[string]sla.Limit{"sender": {Amount: 20, Unit: sla.WorkingDay}, "unit": {Amount: 20, Unit: sla.WorkingDay}},
		Starts: map[string]letter.Step{"sender": letter.Supplement, "unit": letter.Supplement}}
)

// The sixty days of a petition count from its admission, of which the sender is told.
func TestALegalLimitCountsFromTheAdmission(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.with(petition)
		number := h.handled()
		h.Now = day(t, "2026-12-01 09:00")
		l := h.take(number, handler, letter.Admission, casework.Input{})
		// 30 January 2027 is a Saturday: the end rolls on to Monday.
		for _, clock := range []string{letter.SenderClock, letter.UnitClock} {
			if got := dueOf(t, l, clock); got != "02-01 23:59" {
				t.Errorf("%s due %s", clock, got)
			}
		}
		timeline, err := l.Timeline()
		must(t, err)
		if timeline[len(timeline)-1].Step != letter.Admission {
			t.Error("the sender is not told")
		}
		how, _ := h.City.Clocks.Explain(l, letter.SenderClock)
		if how.Days[0].Date != "2026-12-01" || how.Days[0].Why != "受理当天不计" {
			t.Errorf("explained %+v", how.Days[0])
		}
		h.refused(number, "a second admission", h.try(number, handler, letter.Admission, casework.Input{}), letter.KindRefused)
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}

// Where nothing counts from an admission the sender is not told of one.
func TestAnOrdinaryLetterIsNotAdmitted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.handled()
		h.refused(number, "an ordinary letter", h.try(number, handler, letter.Admission, casework.Input{}), letter.KindRefused)
	})
}

// The limit of a disclosure counts from the corrected application.
func TestALegalLimitCountsFromTheCorrectedApplication(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.with(disclosure)
		number := h.handled()
		h.take(number, handler, letter.SupplementRequest, casework.Input{Text: "请写明要哪一年的文件。"})
		h.Now = day(t, "2026-11-27 15:00")
		l := h.tell(number, letter.Supplement, casework.Input{Text: "2024 年的。"})
		how, _ := h.City.Clocks.Explain(l, letter.SenderClock)
		if got := dueOf(t, l, letter.SenderClock); got != "12-25 23:59" || how.Days[0].Why != "补正当天不计" {
			t.Errorf("due %s, %+v", got, how.Days[0])
		}
	})
}

// A call must be followed by a call: 24 hours from the assignment, kept at the desk.
func TestTheFirstContactIsRecorded(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := letter.Draft{Channel: letter.Hotline, Kind: letter.Complaint, Title: "梧桐路三盏路灯不亮", Name: "测试人", Phone: "13900000001",
			Body: "梧桐路东段连着三盏路灯不亮，晚上很黑，请派人维修。", Place: "梧桐路东段", Operator: duty}
		number := h.Submit(d)
		c, ok := h.Read(number).Clock(letter.ContactClock)
		if !ok || !c.Due.Equal(h.Now.Add(24*time.Hour)) || c.Policy != "hotline-calls" {
			t.Fatalf("%+v", c)
		}
		h.refused(number, "without words", h.try(number, handler, letter.FirstContact, casework.Input{}), letter.KindInvalid)
		h.Now = h.Now.Add(3 * time.Hour)
		l := h.take(number, handler, letter.FirstContact, casework.Input{Text: "已电话联系，约明早看现场。"})
		if c, _ := l.Clock(letter.ContactClock); !c.Stopped.Equal(h.Now) {
			t.Errorf("%+v", c)
		}
		timeline, err := l.Timeline()
		must(t, err)
		if last := timeline[len(timeline)-1]; last.Step != letter.FirstContact || last.Text != "" {
			t.Errorf("the sender reads %+v", last)
		}
		h.refused(number, "twice", h.try(number, handler, letter.FirstContact, casework.Input{Text: "又打了"}), letter.KindRefused)
		d.Channel, d.Name, d.Phone, d.Operator = letter.Web, "", "", ""
		nobody := h.Submit(d)
		h.refused(nobody, "nobody to speak with", h.try(nobody, handler, letter.FirstContact, casework.Input{Text: "打不通"}), letter.KindRefused)
	})
}

// Each interim answer stops its clock and starts the one for the next.
func TestAnInterimReplyIsOwedAgainAndAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.handled()
		if got := dueOf(t, h.Read(number), letter.InterimClock); got != "12-02 23:59" {
			t.Errorf("the first is due %s", got)
		}
		h.Now = day(t, "2026-11-26 09:00")
		l := h.take(number, handler, letter.InterimReply, casework.Input{Text: "配件已订，下周到货。"})
		if got := dueOf(t, l, letter.InterimClock); got != "12-07 23:59" || l.State != letter.Handling {
			t.Errorf("the next is due %s", got)
		}
		timeline, err := l.Timeline()
		must(t, err)
		if last := timeline[len(timeline)-1]; last.Text != "配件已订，下周到货。" {
			t.Errorf("the sender reads %+v", last)
		}
	})
}

// A legal reason stops the clocks, is shown as a break with its words, and ends by
// hand or when its cap passes.
func TestASuspensionIsABreakWithItsReason(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ended, forgotten := h.handled(), h.handled()
		h.Now = day(t, "2026-11-24 11:00")
		for _, number := range []string{ended, forgotten} {
			h.refused(number, "not a legal reason", h.try(number, supervisor, letter.Suspension, casework.Input{Reason: "leader", Text: "等领导"}), letter.KindInvalid)
			h.refused(number, "by its unit", h.try(number, handler, letter.Suspension, casework.Input{Reason: "hearing", Text: "听证"}), letter.KindForbidden)
			l := h.take(number, supervisor, letter.Suspension, casework.Input{Reason: "testing", Text: "灯杆送检，结果出来后继续。"})
			if got := dueOf(t, l, letter.SuspensionClock); got != "12-15 23:59" {
				t.Errorf("capped %s", got)
			}
		}
		h.refused(ended, "twice", h.try(ended, supervisor, letter.Suspension, casework.Input{Reason: "testing", Text: "再检"}), letter.KindRefused)
		h.Now = day(t, "2026-11-27 10:00")
		l := h.take(ended, handler, letter.Resumption, casework.Input{Text: "检测结果已出。"})
		// 25 and 26 November are left out whole.
		if got := dueOf(t, l, letter.SenderClock); got != "12-02 23:59" {
			t.Errorf("due %s", got)
		}
		breaks := map[string]string{}
		how, _ := h.City.Clocks.Explain(l, letter.SenderClock)
		for _, d := range how.Days {
			if strings.Contains(d.Why, "暂停") {
				breaks[d.Date] = d.Why
			}
		}
		if !maps.Equal(breaks, map[string]string{"2026-11-25": "检测，暂停计算", "2026-11-26": "检测，暂停计算"}) {
			t.Errorf("shown as %v", breaks)
		}
		h.sweep(day(t, "2026-12-16 08:00"))
		l = h.Read(forgotten)
		if l.Suspended() || !strings.Contains(rungs(t, l), "resumption 12-15 23:59") {
			t.Errorf("suspended for %s: %s", l.SuspendedFor, rungs(t, l))
		}
		for _, number := range []string{ended, forgotten} {
			if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
				t.Error(f)
			}
		}
	})
}

// A letter is returned within its window; after that the unit reads when it ended
// and what it can do instead.
func TestALetterIsReturnedWithinItsWindow(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		in := casework.Input{Reason: "not_our_duty", Basis: "三定规定第五条"}
		early, late := h.lamps(), h.lamps()
		h.Now = day(t, "2026-11-24 23:30")
		h.take(early, handler, letter.Objection, in)
		h.Now = day(t, "2026-11-25 00:00")
		err := h.try(late, handler, letter.Objection, in)
		h.refused(late, "after the window", err, letter.KindRefused)
		if err == nil || !strings.Contains(err.Error(), "2026 年 11 月 24 日 23:59") || !strings.Contains(err.Error(), "请先办理") {
			t.Errorf("refused with %v", err)
		}
	})
}

// In the demonstration city a dispatcher makes a letter a petition by its category: the
// sender is to be told within fifteen days whether it is admitted, and the sixty days
// count from then. A new unit need not decide it again.
func TestAPetitionIsToBeAdmittedWithinFifteenDays(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.unclear()
		l := h.take(number, dispatcher, letter.Assignment, casework.Input{Unit: "cgj-sz", Category: "1608", Kind: letter.Complaint})
		if c, ok := l.Clock(letter.AdmissionClock); !ok || c.Due.In(h.City.Zone()).Format("01-02") != "12-08" || c.Policy != "petition-complaint-1608" {
			t.Errorf("%+v", c)
		}
		h.take(number, handler, letter.Acceptance, casework.Input{})
		h.sweep(day(t, "2026-12-08 00:01"))
		if got := rungs(t, h.Read(number)); !strings.Contains(got, "reminder 12-07 23:59") {
			t.Errorf("nobody is reminded: %s", got)
		}
		h.Now = day(t, "2026-12-08 09:00")
		l = h.take(number, handler, letter.Admission, casework.Input{})
		if c, _ := l.Clock(letter.AdmissionClock); !c.Stopped.Equal(h.Now) || c.Overdue(h.Now) {
			t.Errorf("%+v", c)
		}
		// 6 February 2027 is a Saturday.
		if got := dueOf(t, l, letter.SenderClock); got != "02-08 23:59" {
			t.Errorf("the answer is due %s", got)
		}
		number = h.unclear()
		h.take(number, dispatcher, letter.Assignment, casework.Input{Unit: "cgj-sz", Category: "1608", Kind: letter.Complaint})
		h.take(number, handler, letter.Admission, casework.Input{})
		h.take(number, handler, letter.Objection, casework.Input{Reason: "needs_lead", Basis: "三定规定第五条"})
		l = h.take(number, dispatcher, letter.Assignment, casework.Input{Unit: "zjj"})
		if c, _ := l.Clock(letter.AdmissionClock); c.Running() {
			t.Errorf("asked again: %+v", c)
		}
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}
