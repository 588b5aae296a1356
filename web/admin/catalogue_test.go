package admin_test

import (
	"slices"
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/sla"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

func TestEverySentenceIsTranslated(t *testing.T) {
	pagetest.Translations(t, ".", "（当年放假安排尚未公布）", "周末")
}

// What the counting of time and the reading of rules refuse is read on these pages.
func TestRefusalsOfRulesAreTranslated(t *testing.T) {
	pagetest.Translations(t, "../../sla")
}

// The policies that ship name their sources; who reads English reads those too.
func TestThePoliciesThatShipAreTranslated(t *testing.T) {
	pack, err := citypack.Demo()
	must(t, err)
	city, err := pack.Snapshot(time.UTC, "test")
	must(t, err)
	profiles, err := citypack.Profiles()
	must(t, err)
	policies := slices.Clone(city.Clocks.Policies)
	for _, p := range profiles {
		policies = append(policies, p.Policies...)
	}
	for _, p := range policies {
		for _, text := range texts(p) {
			if text != "" && !page.Translated(text) {
				t.Errorf("policy %s: no English for %q", p.ID, text)
			}
		}
	}
}

// texts are the words of a policy that its readers see.
func texts(p sla.Policy) []string {
	list := []string{p.Name, p.Source}
	for _, source := range p.Sources {
		list = append(list, source)
	}
	for _, rung := range p.Rungs {
		list = append(list, rung.Text)
	}
	return list
}
