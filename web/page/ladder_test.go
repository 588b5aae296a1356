package page_test

import (
	"testing"

	"huiyin/citypack"
	"huiyin/sla"
	"huiyin/web/page"
)

// What a rung says is data; what we ship as data is read in both languages.
func TestEveryRungOfTheDemonstrationSpeaksEnglish(t *testing.T) {
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	rungs := []sla.Rung{{Name: "own"}}
	for _, name := range []string{sla.RungHalf, sla.RungReminder, sla.RungOverdue, sla.RungSupervision, sla.RungLeaders} {
		rungs = append(rungs, sla.Rung{Name: name})
	}
	for _, p := range pack.Time.Policies {
		rungs = append(rungs, p.Rungs...)
	}
	for _, r := range rungs {
		if !page.Translated(r.Says()) {
			t.Errorf("%q has no English", r.Says())
		}
	}
}
