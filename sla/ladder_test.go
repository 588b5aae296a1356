package sla

import (
	"reflect"
	"strings"
	"testing"

	"huiyin/internal/letter"
)

// domain.md 2.8 no. 9: the reminder goes to the handler, the due moment to the head
// as well, a working day later to the supervisor, five later to the leaders.
func TestARungWithoutRecipientsTellsWhomItsNameSays(t *testing.T) {
	for name, want := range map[string][]Recipient{
		RungHalf: {ToHandler}, RungReminder: {ToHandler}, RungOverdue: {ToHandler, ToHead},
		RungSupervision: {ToHandler, ToHead, ToSupervisor}, RungLeaders: {ToSupervisor, ToLeader}, "own": {ToHandler},
	} {
		r := Rung{Name: name}
		if got := r.Told(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if r.Says() == "" {
			t.Errorf("%s says nothing", name)
		}
	}
	own := Rung{Name: RungHalf, To: []Recipient{ToLeader}, Text: "请领导知悉。"}
	if got := own.Told(); len(got) != 1 || got[0] != ToLeader || own.Says() != "请领导知悉。" {
		t.Errorf("%v %s", got, own.Says())
	}
}

func TestWrongRecipientsAndTextsAreRefused(t *testing.T) {
	for _, row := range []struct {
		rung Rung
		says string // part of the refusal; "" for taken
	}{
		{Rung{Name: "half", To: []Recipient{ToHandler, ToHead, ToSupervisor, ToLeader}, Text: strings.Repeat("字", 60)}, ""},
		{Rung{Name: "half", To: []Recipient{"mayor"}}, "收件人“mayor”不对：只能是 handler"},
		{Rung{Name: "half", To: []Recipient{ToHead, ToHead}}, "写了两次"},
		{Rung{Name: "half", Text: strings.Repeat("字", 61)}, "最多 60 字"},
		{Rung{Name: "half", Text: "两\n行"}, "一行以内"},
		{Rung{Name: "half", Text: " "}, "前后不留空格"},
	} {
		err := Policy{ID: "a", Source: "s", Rungs: []Rung{row.rung}}.Check()
		if row.says == "" && err != nil || row.says != "" && (err == nil || !strings.Contains(err.Error(), row.says)) {
			t.Errorf("%+v: %v", row.rung, err)
		}
	}
}

func TestARungIsFoundByItsEvent(t *testing.T) {
	r := demoRules(t)
	r.Policies = append([]Policy{}, r.Policies...)
	r.Policies = append(r.Policies, Policy{ID: "cgj", Source: "s", Unit: "cgj", Rungs: []Rung{{Name: "half", Percent: 50, To: []Recipient{ToSupervisor}, Text: "自己的话。"}}})
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	if got := r.RungOf(s.l, letter.Facts{Clock: "unit", Unit: "cgj", Rung: "half"}); got.Says() != "自己的话。" || got.Told()[0] != ToSupervisor {
		t.Errorf("%+v", got)
	}
	// The sender's clock asks no policy of a unit, and a rung that went keeps what its name says.
	if got := r.RungOf(s.l, letter.Facts{Clock: letter.ReviewClock, Unit: "cgj", Rung: letter.DueRungName}); got.Says() != "审核的时限已到，请尽快审核。" || got.Told()[0] != ToHead {
		t.Errorf("%v %s", got.Told(), got.Says())
	}
	if got := r.RungOf(s.l, letter.Facts{Clock: "sender", Rung: "leaders"}); !strings.HasPrefix(got.Says(), "列入领导名单") {
		t.Errorf("%+v", got)
	}
	if got := r.RungOf(s.l, letter.Facts{Clock: "unit", Unit: "cgj", Rung: "supervision"}); len(got.Told()) != 3 {
		t.Errorf("%+v", got)
	}
}

// A letter stands on the rungs of the clocks that run; a new unit begins below
// the ladder, more time too, and an answer ends it.
func TestALetterStandsOnTheRungsOfItsRunningClocks(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	want := func(list ...Reached) {
		t.Helper()
		got := r.Reached(s.l)
		if len(got) != len(list) {
			t.Fatalf("%+v, want %+v", got, list)
		}
		for i := range got {
			if got[i].Clock != list[i].Clock || got[i].Unit != list[i].Unit || got[i].Rung != list[i].Rung || !got[i].At.Equal(list[i].At) {
				t.Errorf("%+v, want %+v", got[i], list[i])
			}
		}
	}
	want()
	s.step("2026-11-26 12:00", letter.Rung, letter.TimeActor, letter.Facts{Clock: "unit", Unit: "cgj", Rung: "half"})
	s.step("2026-11-27 23:59", letter.Rung, letter.TimeActor, letter.Facts{Clock: "sender", Rung: "reminder"})
	half := Reached{"unit", "cgj", "half", at(t, "2026-11-26 12:00")}
	reminder := Reached{"sender", "", "reminder", at(t, "2026-11-27 23:59")}
	want(reminder, half)
	s.step("2026-11-28 09:00", letter.Objection, handler, letter.Facts{Reason: "not-ours"})
	s.assigned("2026-11-28 10:00", "zjj")
	want(reminder)
	s.step("2026-11-29 09:00", letter.Acceptance, letter.Actor{Party: letter.ByUnit, Unit: "zjj"}, letter.Facts{})
	s.step("2026-11-29 10:00", letter.ExtensionRequest, letter.Actor{Party: letter.ByUnit, Unit: "zjj"}, letter.Facts{Until: at(t, "2026-12-10").UnixMilli(), Reason: "x"})
	s.step("2026-11-29 11:00", letter.ExtensionApproval, supervisor, letter.Facts{Until: at(t, "2026-12-10").UnixMilli()})
	want()
}
