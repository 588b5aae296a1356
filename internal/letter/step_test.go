package letter

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// The table of product.md, restated independently: step, party, from, to.
// A row here that the table lacks, or the other way round, is a fault.
var life = []struct {
	step Step
	by   string
	from string
	to   State
}{
	{Submission, "sender operator importer", "", Received},
	{Assignment, "router dispatcher duty", "received returned", Assigned},
	{DirectAnswer, "operator dispatcher", "received", Answered},
	{Refusal, "dispatcher", "received returned", Same},
	{RefusalApproval, "dispatcher", "received returned", Refused},
	{RefusalObjection, "sender", "refused", Received},
	{SupplementRequest, "unit dispatcher", "received assigned handling in-review returned", AwaitingSender},
	{Supplement, "sender time", "awaiting-sender", Back},
	{Acceptance, "unit time", "assigned", Handling},
	{FirstContact, "unit", "assigned handling", Same},
	{Admission, "unit", "assigned handling", Same},
	{Objection, "unit", "assigned handling", Returned},
	{Ruling, "dispatcher", "returned", Handling},
	{Transfer, "unit", "assigned handling", Assigned},
	{Part, "unit", "handling", Same},
	{PartDelivery, "co-unit", "handling", Same},
	{ExtensionRequest, "unit", "handling", Same},
	{ExtensionApproval, "supervisor", "handling", Same},
	{ExtensionRefusal, "supervisor", "handling", Same},
	{Suspension, "supervisor", "handling", Same},
	{Resumption, "unit supervisor time", "handling", Same},
	{InterimReply, "unit", "handling", Same},
	{DraftReply, "unit", "handling", Same},
	{Review, "unit", "handling", InReview},
	{ReturnDraft, "reviewer", "in-review", Handling},
	{Approval, "reviewer", "in-review", Answered},
	{Rating, "sender follow-up", "answered closed", Closed},
	{Redo, "sender follow-up supervisor", "answered closed", Handling},
	{Closure, "time", "answered", Closed},
	{Publication, "reviewer", "answered closed", Same},
	{Withholding, "reviewer", "answered closed", Same},
	{Takedown, "reviewer", "answered closed", Same},
	{Merge, "dispatcher unit", "received assigned handling in-review awaiting-sender returned", Same},
	{Unmerge, "dispatcher unit", "received assigned handling in-review awaiting-sender returned", Same},
	{Withdrawal, "sender", "received assigned handling in-review awaiting-sender returned", Withdrawn},
	{Reminder, "supervisor", "received assigned handling in-review awaiting-sender returned", Same},
	{Supervision, "supervisor", "received assigned handling in-review awaiting-sender returned", Same},
	{Instruction, "leader", "received assigned handling in-review awaiting-sender returned", Same},
	{Rung, "time", "received assigned handling in-review awaiting-sender returned", Same},
	{Redating, "time", "received assigned handling in-review awaiting-sender returned", Same},
	{Imported, "importer", "", Closed},
}

var parties = []Party{BySender, ByOperator, ByRouter, ByDispatcher, ByDuty, ByUnit, ByCoUnit, ByReviewer, BySupervisor, ByLeader, ByFollowUp, ByTime, ByImporter}

// Every step is tried by every party from every state: exactly the table's
// combinations go through, and each leads where the table says.
func TestEveryStepFromEveryStateByEveryParty(t *testing.T) {
	if len(life) != len(Table) {
		t.Fatalf("product.md has %d steps, the table %d", len(life), len(Table))
	}
	tried := 0
	for _, want := range life {
		for _, from := range append([]State{None}, States...) {
			for _, party := range parties {
				tried++
				l := standing(from, want.step)
				err := l.Record(want.step, Actor{Party: party, Member: "second"}, at(9), full(), words())
				allowed := contains(want.by, string(party)) && (from == None && want.from == "" || from != None && contains(want.from, string(from)))
				if allowed && err != nil {
					t.Errorf("%s by %s from %q: %v", want.step, party, from, err)
				}
				if !allowed && err == nil {
					t.Errorf("%s by %s from %q went through", want.step, party, from)
				}
				if err != nil || !allowed {
					continue
				}
				to := want.to
				if to == Same {
					to = from
				} else if to == Back {
					to = Handling
				}
				if l.State != to {
					t.Errorf("%s from %q led to %q, want %q", want.step, from, l.State, to)
				}
			}
		}
	}
	if tried < 5000 {
		t.Fatalf("only %d combinations tried", tried)
	}
}

func contains(list, word string) bool { return slices.Contains(strings.Fields(list), word) }

// standing is a letter in that state whose past does not stand in the way of step.
func standing(s State, step Step) *Letter {
	l := &Letter{Number: "26112300000015", Key: make([]byte, 32), Consent: true, Reply: Reply{Text: "答复"}}
	l.State, l.before, l.Writer = s, Handling, "writer"
	switch step {
	case RefusalApproval:
		l.Refuser = "first"
	case ExtensionApproval, ExtensionRefusal:
		l.ExtensionAsked = true
	case PartDelivery:
		l.Events = []Event{{Seq: 1, Step: Part, Public: []byte(`{"unit":"cgj"}`)}}
	case Resumption:
		l.SuspendedFor = "hearing"
	case Takedown:
		l.PublishedAt = at(1)
	case Unmerge:
		l.Merged = "26112300000015"
	}
	return l
}

func full() Facts {
	yes := true
	f := Facts{Unit: "cgj", Reason: "hearing", Moves: []Moved{{Clock: "unit", Was: 1, Until: 2}}, Until: at(30).UnixMilli(), Clock: "unit", Rung: "half", Lead: "1", Solved: &yes, Satisfied: 5}
	return f
}

func words() Facts {
	return Facts{Text: "文字", Basis: "三定规定", Open: &OpenText{"标题", "正文", "答复"}}
}

func at(hour int) time.Time {
	return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC).Add(time.Duration(hour) * time.Hour)
}
