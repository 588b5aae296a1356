package casework_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// The whole way of an ordinary letter, and where each step leaves it.
func TestALetterGoesItsWay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.lamps()
		at := func(l *letter.Letter, want letter.State) {
			t.Helper()
			if l.State != want {
				t.Fatalf("the letter is %s, want %s", l.State, want)
			}
		}
		at(h.take(number, handler, letter.Acceptance, casework.Input{}), letter.Handling)
		at(h.take(number, handler, letter.DraftReply, casework.Input{Text: "查看中", Note: "待查"}), letter.Handling)
		at(h.take(number, handler, letter.Review, casework.Input{}), letter.InReview)
		at(h.take(number, reviewer, letter.ReturnDraft, casework.Input{Text: "请写明何时修好"}), letter.Handling)
		at(h.take(number, handler, letter.DraftReply, casework.Input{Text: "三盏路灯已经修好。"}), letter.Handling)
		at(h.take(number, handler, letter.Review, casework.Input{}), letter.InReview)
		h.Now = h.Now.Add(26 * time.Hour)
		l := h.take(number, reviewer, letter.Approval, casework.Input{})
		at(l, letter.Answered)
		if l.Reply.Text != "三盏路灯已经修好。" || l.Reply.Note != "待查" {
			t.Errorf("signed %q with the report %q", l.Reply.Text, l.Reply.Note)
		}
		if l.Figures.Late || l.Figures.DueAt.IsZero() || l.Figures.WorkingMinutes != 9*60 {
			t.Errorf("figures %+v", l.Figures)
		}
		h.take(number, bureau, letter.Publication, casework.Input{})
		yes := true
		at(h.tell(number, letter.Rating, casework.Input{Solved: &yes, Satisfied: 5, Text: "谢谢"}), letter.Closed)
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}

// What every step refuses before the letter is touched: who may not read is told
// that there is nothing, who may read but has not the post is told so.
func TestStepsAreRefusedToOthersAndOutOfTurn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		lamps, open := h.lamps(), h.unclear()
		events := len(h.Read(lamps).Events)
		no, hidden, refuse, wrong := letter.KindForbidden, letter.KindNotFound, letter.KindRefused, letter.KindInvalid
		cases := []struct {
			number, login string
			step          letter.Step
			in            casework.Input
			want          letter.ErrorKind
		}{
			{lamps, discipline, letter.Acceptance, casework.Input{}, hidden},
			{lamps, dispatcher, letter.Acceptance, casework.Input{}, no},
			{lamps, handler, letter.Review, casework.Input{}, refuse},
			{lamps, dispatcher, letter.Assignment, casework.Input{Unit: "zjj"}, refuse},
			{lamps, handler, letter.Objection, casework.Input{Reason: "not_our_duty"}, wrong},
			{lamps, handler, letter.Objection, casework.Input{Reason: "tired", Basis: "三定规定"}, wrong},
			{lamps, handler, letter.DraftReply, casework.Input{Text: "尚未签收"}, refuse},
			{lamps, reviewer, letter.Approval, casework.Input{}, refuse},
			{lamps, reviewer, letter.Publication, casework.Input{}, refuse},
			{lamps, reviewer, letter.Withholding, casework.Input{Reason: "tired"}, wrong},
			{lamps, reviewer, letter.Takedown, casework.Input{Reason: "outdated"}, refuse},
			{lamps, handler, letter.SupplementRequest, casework.Input{Text: " \n"}, wrong},
			{open, dispatcher, letter.Assignment, casework.Input{Unit: "nowhere"}, wrong},
			{open, dispatcher, letter.Assignment, casework.Input{Unit: "zjj", Kind: "anger"}, wrong},
			{open, dispatcher, letter.DirectAnswer, casework.Input{}, wrong},
			{open, dispatcher, letter.Refusal, casework.Input{Reason: "tired", Text: "不办"}, wrong},
			{open, dispatcher, letter.Ruling, casework.Input{Text: "由你办"}, refuse},
			{open, dispatcher, letter.RefusalApproval, casework.Input{}, refuse},
			{open, handler, letter.Assignment, casework.Input{Unit: "zjj"}, hidden},
			{open, dispatcher, "no-such-step", casework.Input{}, hidden},
			{open, dispatcher, letter.DirectAnswer, casework.Input{Text: "响\x00"}, wrong},
			{open, dispatcher, letter.DirectAnswer, casework.Input{Text: strings.Repeat("长", 20_001)}, wrong},
			{"26112309999999", dispatcher, letter.Assignment, casework.Input{Unit: "zjj"}, hidden},
		}
		for _, c := range cases {
			h.refused(c.number, c.login+" "+string(c.step), h.try(c.number, c.login, c.step, c.in), c.want)
		}
		if n := len(h.Read(lamps).Events); n != events {
			t.Errorf("refused steps left %d events", n-events)
		}
	})
}

// Texts are kept as they are compared and counted: without the line ends of a
// browser and without space around them.
func TestTextsAreKeptInOneForm(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.unclear()
		l := h.take(number, dispatcher, letter.DirectAnswer, casework.Input{Text: "  第一行\r\n第二行 \r\n", Note: "\r\n已电话告知 "})
		if l.Reply.Text != "第一行\n第二行" || l.Reply.Note != "已电话告知" {
			t.Errorf("kept %q and %q", l.Reply.Text, l.Reply.Note)
		}
		open := h.unclear()
		if l := h.take(open, dispatcher, letter.Assignment, casework.Input{Unit: " zjj "}); l.Unit != "zjj" {
			t.Errorf("assigned to %q", l.Unit)
		}
	})
}

// Public facts are never erased, so nothing that somebody typed may get there
// (contracts.md, hash chain).
func TestPublicFactsHoldNoFreeText(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		typed := "张三 13900000001"
		number := h.unclear()
		h.refused(number, "a category", h.try(number, dispatcher, letter.Assignment, casework.Input{Unit: "cgj-sz", Category: typed}), letter.KindInvalid)
		h.refused(number, "a route", h.try(number, dispatcher, letter.Refusal, casework.Input{Reason: "litigation", Route: typed, Text: "请走诉讼"}), letter.KindInvalid)
		h.take(number, dispatcher, letter.Assignment, casework.Input{Unit: "cgj-sz", Reason: typed, Category: h.City.Pack.Routing.Categories[0].Code})
		h.take(number, handler, letter.Acceptance, casework.Input{Reason: typed, Text: typed})
		h.take(number, handler, letter.DraftReply, casework.Input{Reason: typed, Text: typed})
		h.take(number, handler, letter.SupplementRequest, casework.Input{Reason: typed, Text: typed})
		h.tell(number, letter.Supplement, casework.Input{Reason: typed, Text: typed, Unit: typed})
		for _, e := range h.Read(number).Events {
			if strings.Contains(string(e.Public), "139") {
				t.Errorf("%s: %s", e.Step, e.Public)
			}
		}
	})
}

func TestARefusalTakesTwoDispatchersAndOneObjection(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.unclear()
		in := casework.Input{Reason: "litigation", Route: "litigation", Text: "请向法院提起诉讼。", Note: "已核对案号"}
		h.take(number, dispatcher, letter.Refusal, in)
		h.refused(number, "alone", h.try(number, dispatcher, letter.RefusalApproval, casework.Input{}), letter.KindForbidden)
		h.refused(number, "twice", h.try(number, second, letter.Refusal, in), letter.KindRefused)
		l := h.take(number, second, letter.RefusalApproval, casework.Input{})
		if l.State != letter.Refused || h.running(l) != "" {
			t.Fatalf("%s, running %s", l.State, h.running(l))
		}
		line, err := l.Timeline()
		must(t, err)
		if last := line[len(line)-1]; last.Text != in.Text {
			t.Errorf("the sender is told %q", last.Text)
		}
		pub, err := l.Events[len(l.Events)-1].PublicFacts()
		must(t, err)
		if pub.Reason != in.Reason || pub.Route != in.Route {
			t.Errorf("counted as %+v", pub)
		}
		if l = h.tell(number, letter.RefusalObjection, casework.Input{Text: "没有起诉过"}); l.State != letter.Received || h.running(l) != "sender" {
			t.Fatalf("after the objection %s, running %s", l.State, h.running(l))
		}
		h.take(number, second, letter.Refusal, in)
		h.take(number, dispatcher, letter.RefusalApproval, casework.Input{})
		_, err = h.Casework.ObjectToRefusal(t.Context(), number, casework.Input{Text: "还是不服"})
		h.refused(number, "a second objection", err, letter.KindRefused)
	})
}

// A returned letter is ruled to stay and may not come back, or goes elsewhere.
func TestAReturnedLetterIsRuledOnOrSentOn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		in := casework.Input{Reason: "not_our_duty", Basis: "三定规定", Text: "属于住建部门"}
		stays, goes := h.lamps(), h.lamps()
		for _, number := range []string{stays, goes} {
			if l := h.take(number, handler, letter.Objection, in); l.State != letter.Returned || l.Guard != "" {
				t.Fatalf("%s, guard %q", l.State, l.Guard)
			}
		}
		if l := h.take(stays, dispatcher, letter.Ruling, casework.Input{Text: "由市政所办理"}); l.State != letter.Handling || !l.Designated {
			t.Fatalf("%s, designated %v", l.State, l.Designated)
		}
		h.refused(stays, "returned again", h.try(stays, handler, letter.Objection, in), letter.KindRefused)
		due, _ := h.Read(goes).Clock(letter.SenderClock)
		h.Now = h.Now.Add(3 * time.Hour)
		l := h.take(goes, dispatcher, letter.Assignment, casework.Input{Unit: "zjj"})
		if again, _ := l.Clock(letter.SenderClock); l.State != letter.Assigned || l.Unit != "zjj" || !again.Due.Equal(due.Due) {
			t.Errorf("%s with %s; the sender was told %s and now %s", l.State, l.Unit, due.Due, again.Due)
		}
	})
}

// What the router suggested is corrected by whoever sends the letter on. The unit's
// clock follows; the sender's never moves earlier than he was told, and what the new
// limit gives stands in the history beside it.
func TestKindCategoryAndUrgencyAreCorrectedWithTheOrder(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.unclear()
		before := h.Read(number)
		l := h.take(number, dispatcher, letter.Assignment, casework.Input{
			Unit: "cgj", Kind: letter.Complaint, Category: "0204", Urgency: letter.Urgent,
		})
		if l.Kind != letter.Complaint || l.Category != "0204" || l.Urgency != letter.Urgent {
			t.Errorf("kind %s category %s urgency %s", l.Kind, l.Category, l.Urgency)
		}
		was, _ := before.Clock(letter.SenderClock)
		is, _ := l.Clock(letter.SenderClock)
		if !is.Due.Equal(was.Due) || is.Policy == was.Policy {
			t.Errorf("due %v by %s, was %v by %s", is.Due, is.Policy, was.Due, was.Policy)
		}
		if u, _ := l.Clock(letter.UnitClock); !u.Due.Equal(h.Now.Add(24 * time.Hour)) {
			t.Errorf("the unit's clock is due %s", u.Due)
		}
		if m := h.moves(l, 0)[letter.SenderClock]; m.Was != was.Due.UnixMilli() || m.Until != h.Now.Add(24*time.Hour).UnixMilli() {
			t.Errorf("%+v", m)
		}
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
		h.refused(number, "urgency", h.try(number, dispatcher, letter.Assignment, casework.Input{Unit: "cgj", Urgency: "soon"}), letter.KindInvalid)
	})
}

// The unit that returned a letter in time was not late because the next one has less time.
func TestANewUrgencyDoesNotMeasureTheUnitBefore(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.lamps()
		h.Now = day(t, "2026-11-24 15:00")
		before, _ := h.take(number, handler, letter.Objection, casework.Input{Reason: "not_our_duty", Basis: "三定规定第五条"}).Clock(letter.UnitClock)
		h.Now = day(t, "2026-11-25 15:00")
		l := h.take(number, dispatcher, letter.Assignment, casework.Input{Unit: "zjj", Urgency: letter.Urgent})
		for _, c := range l.Clocks {
			if c.Name == letter.UnitClock && c.Unit == before.Unit && (!c.Due.Equal(before.Due) || c.Overdue(h.Now)) {
				t.Errorf("it is due %s, was due %s", c.Due, before.Due)
			}
		}
		h.Now = day(t, "2026-11-25 15:30")
		for _, c := range h.take(number, "sunlei", letter.Acceptance, casework.Input{}).Clocks {
			if c.Unit == before.Unit && !c.Started.After(before.Started) && c.Overdue(h.Now) {
				t.Errorf("late: %+v", c)
			}
		}
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}

// The answer needs a second person, whichever posts the first one holds.
func TestNobodySignsHisOwnAnswer(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.lamps()
		h.take(number, bureau, letter.Acceptance, casework.Input{})
		h.take(number, bureau, letter.DraftReply, casework.Input{Text: "已修好。"})
		h.take(number, bureau, letter.Review, casework.Input{})
		h.refused(number, "his own", h.try(number, bureau, letter.Approval, casework.Input{}), letter.KindForbidden)
		h.take(number, reviewer, letter.Approval, casework.Input{})
		h.refused(number, "published by its writer", h.try(number, bureau, letter.Publication, casework.Input{}), letter.KindForbidden)
		h.take(number, reviewer, letter.Publication, casework.Input{})
	})
}

func TestTheSendersSteps(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, number, yes := t.Context(), h.lamps(), true
		steps := []struct {
			step func(context.Context, string, casework.Input) (*letter.Letter, error)
			in   casework.Input
			want letter.ErrorKind
		}{
			{h.Casework.Rate, casework.Input{Solved: &yes, Satisfied: 3}, letter.KindRefused}, // not answered yet
			{h.Casework.Rate, casework.Input{Solved: &yes}, letter.KindInvalid},
			{h.Casework.Rate, casework.Input{Satisfied: 6, Solved: &yes}, letter.KindInvalid},
			{h.Casework.AddSupplement, casework.Input{Text: "没人问我"}, letter.KindRefused},
			{h.Casework.ObjectToRefusal, casework.Input{Text: "没有被拒"}, letter.KindRefused},
			{h.Casework.Withdraw, casework.Input{Text: "\xff"}, letter.KindInvalid},
		}
		for i, c := range steps {
			_, err := c.step(ctx, number, c.in)
			h.refused(number, "step "+string(rune('0'+i)), err, c.want)
		}
		if l := h.tell(number, letter.Withdrawal, casework.Input{Text: "已经解决"}); l.State != letter.Withdrawn || h.running(l) != "" {
			t.Errorf("%s, running %s", l.State, h.running(l))
		}
		rated := h.lamps()
		h.answered(rated)
		h.tell(rated, letter.Rating, casework.Input{Solved: &yes, Satisfied: 4})
		_, err := h.Casework.Rate(ctx, rated, casework.Input{Solved: &yes, Satisfied: 1})
		h.refused(rated, "rated twice", err, letter.KindRefused)
	})
}

// running names the clocks that run.
func (h *house) running(l *letter.Letter) string {
	var names []string
	for _, c := range l.Clocks {
		if c.Running() {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, " ")
}
