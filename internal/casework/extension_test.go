package casework_test

import (
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
)

const supervisor = "luoming"

// handled is a lamp letter that its unit has signed for.
func (h *house) handled() string {
	number := h.lamps()
	h.take(number, handler, letter.Acceptance, casework.Input{})
	return number
}

func moreTime(until string) casework.Input {
	return casework.Input{Reason: "works", Text: "灯杆要重新浇基础，内部估计两周。", Until: until}
}

func dueOf(t *testing.T, l *letter.Letter, clock string) string {
	t.Helper()
	c, ok := l.Clock(clock)
	if !ok {
		t.Fatalf("no clock %s", clock)
	}
	return c.Due.In(time.FixedZone("", 8*3600)).Format("01-02 15:04")
}

// An extension: asked before expiry, seen by who decides, granted by another
// person, told to the sender with the new date and the reason written for him.
func TestAnExtensionIsAskedForGrantedAndTold(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.handled()
		asked := h.take(number, handler, letter.ExtensionRequest, moreTime("2026-12-10"))
		if dueOf(t, asked, letter.UnitClock) != "11-30 23:59" || dueOf(t, asked, letter.ExtensionClock) != "11-24 23:59" {
			t.Errorf("a request alone moved a date: %+v", asked.Clocks)
		}
		if n := h.waiting(supervisor); n != 1 {
			t.Errorf("%d requests wait for the supervisor", n)
		}
		h.refused(number, "a second request", h.try(number, handler, letter.ExtensionRequest, moreTime("2026-12-11")), letter.KindRefused)
		h.refused(number, "by a handler", h.try(number, handler, letter.ExtensionApproval, casework.Input{Text: "同意"}), letter.KindForbidden)
		h.refused(number, "without words for the sender", h.try(number, supervisor, letter.ExtensionApproval, casework.Input{}), letter.KindInvalid)
		l := h.take(number, supervisor, letter.ExtensionApproval, casework.Input{Text: "需要重新安装灯杆。"})
		for _, clock := range []string{letter.UnitClock, letter.SenderClock} {
			if got := dueOf(t, l, clock); got != "12-10 23:59" {
				t.Errorf("%s due %s", clock, got)
			}
		}
		if c, _ := l.Clock(letter.ExtensionClock); c.Running() || h.waiting(supervisor) != 0 {
			t.Error("the request still waits")
		}
		told := ""
		timeline, err := l.Timeline()
		must(t, err)
		for _, e := range timeline {
			told += string(e.Step) + e.Text + e.Due.In(time.FixedZone("", 8*3600)).Format("0102") + " "
		}
		if !strings.Contains(told, "extension-approval需要重新安装灯杆。1210") || strings.Contains(told, "内部估计") {
			t.Errorf("the sender reads %s", told)
		}
		h.refused(number, "once only", h.try(number, handler, letter.ExtensionRequest, moreTime("2026-12-11")), letter.KindRefused)
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}

func (h *house) waiting(login string) int {
	h.T.Helper()
	n, err := h.Store.Count(h.T.Context(), store.ReaderOf(h.Member(login)), store.ExtensionQueue())
	must(h.T, err)
	return n
}

// The date asked for and the date granted lie behind the present one, on a working
// day, and within what the policy allows.
func TestAnExtensionIsHeldToItsBounds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.handled()
		for until, ok := range map[string]bool{
			"": false, "soon": false, "2026-11-30": false, "2026-12-05": false, "2026-12-15": false, "2020-01-01": false,
			"2026-12-10T10:00:00+08:00": true,
		} {
			err := h.try(number, handler, letter.ExtensionRequest, moreTime(until))
			if (err == nil) != ok {
				t.Errorf("%q: %v", until, err)
			}
		}
		h.refused(number, "longer than allowed", h.try(number, supervisor, letter.ExtensionApproval, casework.Input{Text: "同意", Until: "2026-12-15"}), letter.KindInvalid)
		l := h.take(number, supervisor, letter.ExtensionApproval, casework.Input{Text: "延到周五。", Until: "2026-12-04"})
		if got := dueOf(t, l, letter.SenderClock); got != "12-04 23:59" {
			t.Errorf("granted %s", got)
		}
		h.refused(number, "no reason of the list", h.try(h.handled(), handler, letter.ExtensionRequest, casework.Input{Reason: "tired", Text: "忙", Until: "2026-12-04"}), letter.KindInvalid)
	})
}

// A request must be made before expiry; made in time it may be granted later.
func TestAnExtensionIsAskedForBeforeExpiry(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		late, inTime := h.handled(), h.handled()
		h.Now = day(t, "2026-11-30 23:00")
		h.take(inTime, handler, letter.ExtensionRequest, moreTime("2026-12-10"))
		h.Now = day(t, "2026-12-01 09:00")
		h.sweep(h.Now)
		h.refused(late, "after expiry", h.try(late, handler, letter.ExtensionRequest, moreTime("2026-12-10")), letter.KindRefused)
		l := h.take(inTime, supervisor, letter.ExtensionApproval, casework.Input{Text: "需要施工。"})
		if got := dueOf(t, l, letter.UnitClock); got != "12-10 23:59" {
			t.Errorf("due %s", got)
		}
	})
}

// Refused, the date stays and may be asked for again; the sender hears nothing.
func TestARefusedExtensionMovesNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.handled()
		h.take(number, handler, letter.ExtensionRequest, moreTime("2026-12-10"))
		l := h.take(number, supervisor, letter.ExtensionRefusal, casework.Input{Text: "按期可以办完。"})
		timeline, err := l.Timeline()
		must(t, err)
		if last := timeline[len(timeline)-1].Step; last != letter.Acceptance || dueOf(t, l, letter.UnitClock) != "11-30 23:59" {
			t.Errorf("%s, due %s", last, dueOf(t, l, letter.UnitClock))
		}
		h.take(number, handler, letter.ExtensionRequest, moreTime("2026-12-02"))
	})
}

// Who asks does not decide, even with both posts; and nobody asks where nobody could decide.
func TestNobodyGrantsHimselfMoreTime(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.handled()
		both := h.Member(handler)
		both.Roles = []staff.Role{staff.Handler, staff.Supervisor}
		_, err := h.Casework.RequestExtension(t.Context(), number, both, moreTime("2026-12-10"))
		must(t, err)
		_, err = h.Casework.ApproveExtension(t.Context(), number, both, casework.Input{Text: "同意"})
		h.refused(number, "his own", err, letter.KindForbidden)
		sealed := h.accusing(aboutBureau)
		h.take(sealed, discipline, letter.Acceptance, casework.Input{})
		h.refused(sealed, "no supervisor may read it", h.try(sealed, discipline, letter.ExtensionRequest, moreTime("2026-12-10")), letter.KindRefused)
	})
}

// A form offers working days behind the present due moment up to the policy's most.
func TestAFormOffersTheDatesThatGoThrough(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		city := casework.City{Router: h.City.Router, Clocks: h.City.Clocks}
		l := h.Read(h.handled())
		offered := city.Extensions(l, h.Now, h.Now)
		if len(offered) != 10 || offered[0].Value() != "2026-12-01" || offered[9].Value() != "2026-12-14" {
			t.Fatalf("%+v", offered)
		}
		h.take(l.Number, handler, letter.ExtensionRequest, moreTime(offered[9].Value()))
	})
}
