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
	return &Rules{Calendar: city(t), Policies: p.Policies}
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

func TestWrongPoliciesAreRefused(t *testing.T) {
	good := Policy{ID: "a", Source: "s", Limits: map[string]Limit{"unit": {5, WorkingDay}}}
	for name, list := range map[string][]Policy{
		"no source":    {{ID: "a"}},
		"same id":      {good, good},
		"wrong limit":  {{ID: "a", Source: "s", Limits: map[string]Limit{"unit": {5, "day"}}}},
		"wrong rung":   {{ID: "a", Source: "s", Rungs: []Rung{{Name: "x", Percent: 120}}}},
		"month before": {{ID: "a", Source: "s", Rungs: []Rung{{Name: "x", Before: Limit{1, Month}}}}},
	} {
		if (&Rules{Policies: list}).Check() == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
