package sla

import (
	"testing"

	"huiyin/internal/letter"
)

// demoRules are the rules of the demonstration city.
func demoRules(t testing.TB) *Rules {
	t.Helper()
	var p Profile
	load(t, "policies.yaml", &p)
	for i := range p.Policies {
		p.Policies[i].leaveOut(letter.WindowClock, letter.InterimClock, SuspensionLimit, MoreTimeLimit)
	}
	return &Rules{Calendar: city(t), Policies: p.Policies}
}

// leaveOut drops limits that tests set for themselves, or would have to leave aside
// in every list of clocks.
func (p *Policy) leaveOut(names ...string) {
	for _, name := range names {
		delete(p.Limits, name)
		delete(p.Sources, name)
	}
}

func TestMostSpecificPolicyWinsAndInheritsTheRest(t *testing.T) {
	r := demoRules(t)
	for _, row := range []struct {
		l      letter.Letter
		policy string
		unit   Limit
		review Limit
	}{
		{letter.Letter{Kind: letter.Complaint}, "hotline", Limit{5, WorkingDay}, Limit{1, WorkingDay}},
		{letter.Letter{Kind: letter.Consultation}, "hotline-consultation", Limit{2, WorkingDay}, Limit{1, WorkingDay}},
		{letter.Letter{Kind: letter.Consultation, Column: letter.Leaders}, "mailbox-consultation", Limit{3, WorkingDay}, Limit{1, WorkingDay}},
		{letter.Letter{Kind: letter.Suggestion, Column: letter.Leaders}, "hotline-suggestion", Limit{10, WorkingDay}, Limit{1, WorkingDay}},
		{letter.Letter{Kind: letter.Consultation, Column: letter.Leaders, Urgency: letter.Urgent}, "urgent", Limit{24, Hour}, Limit{2, Hour}},
		{letter.Letter{Urgency: letter.Critical}, "critical", Limit{2, Hour}, Limit{1, Hour}},
	} {
		p, ok := r.PolicyOf(&row.l)
		limits := r.Limits(&row.l)
		if !ok || p.ID != row.policy || limits["unit"] != row.unit || limits["review"] != row.review {
			t.Errorf("%s %s %s: policy %s, unit %v, review %v", row.l.Column, row.l.Kind, row.l.Urgency, p.ID, limits["unit"], limits["review"])
		}
	}
}

func TestPolicyOfAUnitDoesNotMoveTheSendersClock(t *testing.T) {
	r := demoRules(t)
	r.Policies = append(r.Policies, Policy{ID: "slow", Source: "test", Unit: "ghj",
		Limits: map[string]Limit{"sender": {30, WorkingDay}, "unit": {30, WorkingDay}}})
	limits := r.Limits(&letter.Letter{Status: letter.Status{Unit: "ghj"}})
	if limits["unit"].Amount != 30 || limits["sender"].Amount != 5 {
		t.Errorf("unit %v, sender %v", limits["unit"], limits["sender"])
	}
}

// A changed policy is for what starts from then on: a letter that waits keeps its
// date, and the new unit's clock of an old letter goes by the new one.
func TestAPolicyHoldsForWhatStartsUnderIt(t *testing.T) {
	r := demoRules(t)
	change := at(t, "2026-11-24")
	old := r.Policies[0]
	old.Until = change
	r.Policies[0].From = change
	r.Policies[0].Limits = map[string]Limit{"sender": {3, WorkingDay}, "unit": {3, WorkingDay}}
	r.Policies = append(r.Policies, old)
	for i := 1; i < len(r.Policies)-1; i++ {
		r.Policies[i].From = at(t, "2026-11-01")
	}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	s.wantDue(r, "sender", "2026-11-30")
	s.wantDue(r, "unit", "2026-11-30")
	s.step("2026-11-25 09:00", letter.Objection, handler, letter.Facts{Reason: "not-ours"})
	s.assigned("2026-11-26 09:00", "zjj")
	s.wantDue(r, "sender", "2026-11-30")
	s.wantDue(r, "unit", "2026-12-01")
	fresh := written(t, "2026-11-24 00:00", letter.Complaint)
	fresh.wantDue(r, "sender", "2026-11-27")
}

func TestALetterOlderThanAllPoliciesGoesByTheFirst(t *testing.T) {
	r := demoRules(t)
	for i := range r.Policies {
		r.Policies[i].From = at(t, "2026-01-01")
	}
	s := written(t, "2025-11-24 10:00", letter.Complaint)
	s.wantDue(r, "sender", "2025-12-01")
}

func TestTheChannelWeighsLeast(t *testing.T) {
	r := demoRules(t)
	add := func(p Policy) { r.Policies = append(r.Policies, p) }
	add(Policy{ID: "web", Source: "本市网站承诺", Channel: letter.Web, Limits: map[string]Limit{"sender": {4, WorkingDay}}})
	for _, row := range []struct {
		l    letter.Letter
		want int
	}{
		{letter.Letter{Kind: letter.Complaint, Channel: letter.Web}, 4},
		{letter.Letter{Kind: letter.Complaint, Channel: letter.Hotline}, 5},
		{letter.Letter{Kind: letter.Consultation, Channel: letter.Web}, 2},
	} {
		if got := r.Limits(&row.l)["sender"].Amount; got != row.want {
			t.Errorf("%s by %s: %d days, want %d", row.l.Kind, row.l.Channel, got, row.want)
		}
	}
}

func TestEachLimitMayNameItsOwnSource(t *testing.T) {
	p := Policy{ID: "a", Source: "本市规定", Limits: map[string]Limit{"sender": {15, WorkingDay}, "unit": {5, WorkingDay}},
		Sources: map[string]string{"sender": "国办发〔2014〕57号"}}
	if p.Check() != nil || p.SourceOf("sender") != "国办发〔2014〕57号" || p.SourceOf("unit") != "本市规定" {
		t.Errorf("sources %q, %q: %v", p.SourceOf("sender"), p.SourceOf("unit"), p.Check())
	}
}

func TestWrongPoliciesAreRefused(t *testing.T) {
	good := Policy{ID: "a", Source: "s", Limits: map[string]Limit{"unit": {5, WorkingDay}}}
	for name, list := range map[string][]Policy{
		"no source":             {{ID: "a"}},
		"same id":               {good, good},
		"wrong limit":           {{ID: "a", Source: "s", Limits: map[string]Limit{"unit": {5, "day"}}}},
		"wrong rung":            {{ID: "a", Source: "s", Rungs: []Rung{{Name: "x", Percent: 120}}}},
		"a source of nothing":   {{ID: "a", Source: "s", Sources: map[string]string{"unit": "s"}}},
		"ends before it begins": {{ID: "a", Source: "s", From: at(t, "2026-02-01"), Until: at(t, "2026-01-01")}},
		"versions that overlap": {{ID: "a", Source: "s"}, {ID: "a", Source: "s", From: at(t, "2026-01-01")}},
		"month before":          {{ID: "a", Source: "s", Rungs: []Rung{{Name: "x", Before: Limit{1, Month}}}}},
	} {
		if (&Rules{Policies: list}).Check() == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
