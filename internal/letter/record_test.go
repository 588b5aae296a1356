package letter

import (
	"testing"
)

// answered walks a letter through the whole path up to the answer.
func answered(t *testing.T, flags ...Flag) *Letter {
	t.Helper()
	l := &Letter{Number: NewNumber(at(0), 1), Key: make([]byte, 32), Title: "路灯不亮", Body: "梧桐路三盏路灯不亮。", Consent: true, Flags: flags}
	must(t, l.Record(Submission, SenderActor, at(0), Facts{Digest: l.Digest()}, Facts{}))
	must(t, l.Record(Assignment, RouterActor, at(0), Facts{Unit: "cgj-sz"}, Facts{}))
	must(t, l.Record(Acceptance, Actor{ByUnit, "lina", "cgj-sz"}, at(2), Facts{}, Facts{}))
	must(t, l.Record(DraftReply, Actor{ByUnit, "lina", "cgj-sz"}, at(3), Facts{}, Facts{Text: "已修好。", Note: "更换三盏"}))
	must(t, l.Record(Review, Actor{ByUnit, "lina", "cgj-sz"}, at(3), Facts{}, Facts{}))
	must(t, l.Record(Approval, Actor{ByReviewer, "zhou", "zfb"}, at(4), Facts{}, Facts{Text: "已修好。"}))
	return l
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func publish(l *Letter, login string) error {
	return l.Record(Publication, Actor{ByReviewer, login, "zfb"}, at(5), Facts{}, Facts{Open: &OpenText{"路灯不亮", "某路路灯不亮。", "已修好。"}})
}

func TestNobodyPublishesWhatHeWrote(t *testing.T) {
	l := answered(t)
	if err := publish(l, "lina"); !IsKind(err, KindForbidden) {
		t.Fatalf("the writer published: %v", err)
	}
	must(t, publish(l, "zhou"))
	if p, ok := l.Public(); !ok || p.Body != "某路路灯不亮。" {
		t.Fatalf("public version: %+v %v", p, ok)
	}
}

func TestAFlaggedLetterNeedsOneMoreThanTheApprover(t *testing.T) {
	l := answered(t, Health)
	if err := publish(l, "zhou"); !IsKind(err, KindForbidden) {
		t.Fatalf("the approver published a flagged letter: %v", err)
	}
	must(t, publish(l, "qian"))
}

func TestAnAccusationIsNeverPublished(t *testing.T) {
	if err := publish(answered(t, Accusation), "qian"); !IsKind(err, KindRefused) {
		t.Fatalf("published: %v", err)
	}
}

func TestWithoutConsentNothingIsPublished(t *testing.T) {
	l := answered(t)
	l.Consent = false
	if err := publish(l, "zhou"); !IsKind(err, KindRefused) {
		t.Fatalf("published: %v", err)
	}
}

func TestADesignatedUnitMayNotReturnTheLetterAgain(t *testing.T) {
	l := &Letter{Number: NewNumber(at(0), 2), Key: make([]byte, 32)}
	unit := Actor{ByUnit, "lina", "cgj"}
	must(t, l.Record(Submission, SenderActor, at(0), Facts{}, Facts{}))
	must(t, l.Record(Assignment, RouterActor, at(0), Facts{Unit: "cgj"}, Facts{}))
	must(t, l.Record(Objection, unit, at(1), Facts{Reason: "not_our_duty"}, Facts{Basis: "三定规定", Text: "不属我局"}))
	must(t, l.Record(Ruling, Actor{ByDispatcher, "he", "zwfw"}, at(2), Facts{}, Facts{Text: "指定办理"}))
	if err := l.Record(Objection, unit, at(3), Facts{Reason: "not_our_duty"}, Facts{Basis: "三定规定"}); !IsKind(err, KindRefused) {
		t.Fatalf("returned again: %v", err)
	}
}

func TestARefusalTakesTwoDispatchers(t *testing.T) {
	l := &Letter{Number: NewNumber(at(0), 3), Key: make([]byte, 32)}
	must(t, l.Record(Submission, SenderActor, at(0), Facts{}, Facts{}))
	must(t, l.Record(Refusal, Actor{ByDispatcher, "he", "zwfw"}, at(1), Facts{Reason: "litigation"}, Facts{Text: "已进入诉讼"}))
	if err := l.Record(RefusalApproval, Actor{ByDispatcher, "he", "zwfw"}, at(2), Facts{}, Facts{}); !IsKind(err, KindForbidden) {
		t.Fatalf("one dispatcher refused alone: %v", err)
	}
	must(t, l.Record(RefusalApproval, Actor{ByDispatcher, "lu", "zwfw"}, at(2), Facts{}, Facts{}))
	must(t, l.Record(RefusalObjection, SenderActor, at(3), Facts{}, Facts{Text: "没有起诉过"}))
	if l.State != Received {
		t.Fatalf("state %s after the objection", l.State)
	}
}

func TestASupplementLeadsBackToTheStateBefore(t *testing.T) {
	l := &Letter{Number: NewNumber(at(0), 4), Key: make([]byte, 32)}
	must(t, l.Record(Submission, SenderActor, at(0), Facts{}, Facts{}))
	must(t, l.Record(Assignment, RouterActor, at(0), Facts{Unit: "cgj"}, Facts{}))
	must(t, l.Record(SupplementRequest, Actor{ByUnit, "lina", "cgj"}, at(1), Facts{}, Facts{Text: "请问是哪一段？"}))
	must(t, l.Record(Supplement, SenderActor, at(2), Facts{}, Facts{Text: "东段"}))
	if l.State != Assigned {
		t.Fatalf("state %s", l.State)
	}
	if replayed, err := Replay(l.Events); err != nil || replayed.State != Assigned {
		t.Fatalf("replay: %v %v", replayed.State, err)
	}
}

func TestARefusedStepLeavesNoEvent(t *testing.T) {
	l := answered(t)
	n := len(l.Events)
	if l.Record(Objection, Actor{ByUnit, "lina", "cgj-sz"}, at(9), Facts{Reason: "x"}, Facts{Basis: "y"}) == nil || len(l.Events) != n {
		t.Fatal("an event was kept of a refused step")
	}
}

func TestTheSenderSeesNoNotesAndNoMembers(t *testing.T) {
	l := answered(t)
	line, err := l.Timeline()
	must(t, err)
	last := line[len(line)-1]
	if last.Step != Approval || last.Text != "已修好。" || last.By != "cgj-sz" {
		t.Fatalf("%+v", last)
	}
	for _, e := range line {
		if e.Step == DraftReply || e.Step == Review || e.Text == "更换三盏" {
			t.Fatalf("shown to the sender: %+v", e)
		}
	}
}

// Who handles a sealed letter is told to nobody, not even on the sender's page.
func TestTheTimelineOfAGuardedLetterNamesNoUnit(t *testing.T) {
	l := &Letter{Number: NewNumber(at(0), 5), Key: make([]byte, 32)}
	must(t, l.Record(Submission, SenderActor, at(0), Facts{Guard: GuardUnit("jwjw")}, Facts{}))
	must(t, l.Record(Assignment, RouterActor, at(0), Facts{Unit: "jwjw", Guard: GuardUnit("jwjw")}, Facts{}))
	must(t, l.Record(Acceptance, Actor{ByUnit, "gao", "jwjw"}, at(1), Facts{}, Facts{}))
	line, err := l.Timeline()
	must(t, err)
	for _, e := range line {
		if e.Unit != "" || e.By != "" && e.By != "sender" {
			t.Errorf("%s names %q %q", e.Step, e.By, e.Unit)
		}
	}
}

func TestNumberNoticesEveryWrongDigit(t *testing.T) {
	n := NewNumber(at(0), 1234567)
	if _, err := ParseNumber(n[:6] + " " + n[6:]); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		for d := byte('0'); d <= '9'; d++ {
			if d == n[i] {
				continue
			}
			if _, err := ParseNumber(n[:i] + string(d) + n[i+1:]); err == nil {
				t.Fatalf("digit %d of %s may be %c", i, n, d)
			}
		}
	}
}
