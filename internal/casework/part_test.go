package casework_test

import (
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
)

// The unit that answers asks another one for its part, which has a limit and a sign-off
// of its own: 会办. The sender sees whom it asked, and none of the words.
func TestAnotherUnitDeliversItsPart(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.handled()
		before := dueOf(t, h.Read(number), letter.SenderClock)
		in := casework.Input{Unit: "rsj", Text: "请核实施工队有没有签合同。"}
		h.refused(number, "by a stranger", h.try(number, "wangmin", letter.Part, in), letter.KindNotFound)
		l := h.take(number, handler, letter.Part, in)
		c, ok := l.Clock(letter.PartClock)
		if !ok || c.Unit != "rsj" || c.Part != 1 || c.Due.In(h.City.Zone()).Format("01-02 15:04") != "11-26 23:59" || dueOf(t, l, letter.SenderClock) != before {
			t.Errorf("%+v", c)
		}
		h.refused(number, "the same unit again", h.try(number, handler, letter.Part, in), letter.KindInvalid)
		h.refused(number, "itself", h.try(number, handler, letter.Part, casework.Input{Unit: "cgj-sz", Text: "请核实"}), letter.KindInvalid)
		h.refused(number, "no unit", h.try(number, handler, letter.Part, casework.Input{Unit: "none", Text: "请核实"}), letter.KindInvalid)
		h.refused(number, "no words", h.try(number, handler, letter.Part, casework.Input{Unit: "zjj"}), letter.KindInvalid)

		queue := func(login string) int {
			m := h.Member(login)
			n, err := h.Store.Count(t.Context(), store.ReaderOf(m), store.PartQueue(append([]string{m.Unit}, m.Covers...)...))
			must(t, err)
			return n
		}
		if queue("wangmin") != 1 || queue("sunlei") != 0 {
			t.Errorf("wangmin finds %d, sunlei %d", queue("wangmin"), queue("sunlei"))
		}
		due, err := h.Store.PartsDue(t.Context(), []string{number}, []string{"rsj"})
		must(t, err)
		if !due[number].Equal(c.Due) {
			t.Errorf("due %v", due)
		}
		h.refused(number, "by who was not asked", h.try(number, "sunlei", letter.PartDelivery, casework.Input{Text: "无关"}), letter.KindNotFound)
		h.Now = day(t, "2026-11-25 09:00")
		l = h.take(number, "wangmin", letter.PartDelivery, casework.Input{Text: "已签合同。"})
		parts := l.Parts()
		if c, _ := l.Clock(letter.PartClock); !c.Stopped.Equal(h.Now) || len(parts) != 1 || parts[0].Answer != "已签合同。" || parts[0].Open || queue("wangmin") != 0 {
			t.Errorf("%+v, %+v", c, parts)
		}
		h.refused(number, "twice", h.try(number, "wangmin", letter.PartDelivery, casework.Input{Text: "再说"}), letter.KindRefused)
		timeline, err := l.Timeline()
		must(t, err)
		for _, e := range timeline {
			if e.Step == letter.PartDelivery || e.Step == letter.Part && (e.Text != "" || e.Unit != "rsj") {
				t.Errorf("the sender reads %+v", e)
			}
		}
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}

// Who delivers for an office under his bureau ends the part of that office, and an
// answer, or another unit, ends those that nobody delivered.
func TestPartsEndEachInItsWay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.Submit(letter.Draft{Title: "您好", Body: "有件事想请教，不知道该问谁。"})
		h.take(number, dispatcher, letter.Assignment, casework.Input{Unit: "rsj"})
		h.take(number, "wangmin", letter.Acceptance, casework.Input{})
		for _, unit := range []string{"cgj", "cgj-sz"} {
			h.take(number, "wangmin", letter.Part, casework.Input{Unit: unit, Text: "请看现场。"})
		}
		running := func(l *letter.Letter) string {
			units := ""
			for _, c := range l.Clocks {
				if c.Name == letter.PartClock && c.Running() {
					units += c.Unit + " "
				}
			}
			return units
		}
		if l := h.take(number, bureau, letter.PartDelivery, casework.Input{Unit: "cgj-sz", Text: "看过了。"}); running(l) != "cgj " {
			t.Errorf("running: %s", running(l))
		}
		h.take(number, "wangmin", letter.Objection, casework.Input{Reason: "needs_lead", Basis: "三定规定第五条"})
		l := h.take(number, dispatcher, letter.Assignment, casework.Input{Unit: "zjj"})
		if running(l) != "" || l.AwaitsPart("cgj") {
			t.Errorf("running with another unit: %s", running(l))
		}
		h.take(number, "sunlei", letter.Acceptance, casework.Input{})
		h.take(number, "sunlei", letter.Part, casework.Input{Unit: "cgj", Text: "请看现场。"})
		h.take(number, "sunlei", letter.DraftReply, casework.Input{Text: "您好，已办。"})
		h.take(number, "sunlei", letter.Review, casework.Input{})
		if l = h.take(number, reviewer, letter.Approval, casework.Input{}); running(l) != "" {
			t.Errorf("running after the answer: %s", running(l))
		}
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}

// A sealed letter goes to nobody else, and nothing is asked of whom a letter accuses.
func TestSealedLettersHaveNoParts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		sealed := h.accusing(aboutBureau)
		h.take(sealed, discipline, letter.Acceptance, casework.Input{})
		h.refused(sealed, "sealed", h.try(sealed, discipline, letter.Part, casework.Input{Unit: "rsj", Text: "请核实"}), letter.KindRefused)
		for _, m := range h.City.Pack.Staff {
			n, err := h.Store.Count(t.Context(), store.ReaderOf(m), store.PartQueue("rsj"))
			must(t, err)
			if n != 0 {
				t.Errorf("%s counts %d", m.Login, n)
			}
		}
	})
}
