package citypack_test

import (
	"strings"
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/testhouse"
	"huiyin/sla"
)

var must = testhouse.Must

func limit(amount int, unit sla.Unit) sla.Limit { return sla.Limit{Amount: amount, Unit: unit} }

// The numbers of domain.md 2.9, read back through rules in which the profile is the
// only policy beside one that speaks of everything.
func TestProfilesHoldTheNumbersOfTheTable(t *testing.T) {
	wd, d, h := sla.WorkingDay, sla.CalendarDay, sla.Hour
	rows := []struct {
		profile string
		l       letter.Letter
		answer  sla.Limit
		more    sla.Limit
	}{
		{"gov_site", letter.Letter{Channel: letter.Web, Kind: letter.Consultation}, limit(7, wd), limit(8, wd)},
		{"gov_site", letter.Letter{Channel: letter.Web, Kind: letter.Suggestion}, limit(7, wd), limit(8, wd)},
		{"hotline_generic", letter.Letter{Channel: letter.Hotline, Kind: letter.Help}, limit(5, wd), limit(10, wd)},
		{"hotline_generic", letter.Letter{Channel: letter.Hotline, Kind: letter.Consultation}, limit(2, wd), limit(10, wd)},
		{"hotline_generic", letter.Letter{Channel: letter.Hotline, Kind: letter.Suggestion}, limit(10, wd), limit(10, wd)},
		{"hotline_generic", letter.Letter{Channel: letter.Hotline, Kind: letter.Help, Urgency: letter.Critical}, limit(2, h), limit(10, wd)},
		{"mailbox", letter.Letter{Column: letter.Leaders, Kind: letter.Consultation}, limit(3, wd), limit(10, wd)},
		{"mailbox", letter.Letter{Column: letter.Leaders, Kind: letter.Report}, limit(5, wd), limit(10, wd)},
		{"beijing_style", letter.Letter{Kind: letter.Complaint}, limit(7, d), limit(8, d)},
		{"beijing_style", letter.Letter{Kind: letter.Suggestion}, limit(15, d), sla.Limit{}},
		{"beijing_style", letter.Letter{Kind: letter.Complaint, Urgency: letter.Urgent}, limit(24, h), limit(8, d)},
		{"petition", letter.Letter{Category: "1608", Kind: letter.Report}, limit(60, d), limit(30, d)},
		{"disclosure", letter.Letter{Category: "1608", Kind: letter.Consultation}, limit(20, wd), limit(20, wd)},
		{"consultation_project", letter.Letter{Column: letter.ConsultationColumn, Kind: letter.Suggestion}, limit(60, d), sla.Limit{}},
	}
	for _, row := range rows {
		p, err := citypack.ProfileOf(row.profile)
		must(t, err)
		policies, err := p.For(citypack.Scope{Category: row.l.Category})
		must(t, err)
		rules := sla.Rules{Policies: policies}
		got := rules.Limits(&row.l)
		if got[letter.SenderClock] != row.answer || got[letter.UnitClock] != row.answer || got[sla.MoreTimeLimit] != row.more {
			t.Errorf("%s, %s: %v", row.profile, row.l.Kind, got)
		}
	}
}

// Every profile can be told from the others, says what it is for, and gives each
// limit of its own a source that names more than the city.
func TestEveryProfileStandsAlone(t *testing.T) {
	list, err := citypack.Profiles()
	must(t, err)
	if len(list) != 7 || list[0].ID != "hotline_generic" || list[6].ID != "consultation_project" {
		t.Fatalf("%d profiles", len(list))
	}
	for _, p := range list {
		if p.Name == "" || p.About == "" || len(p.Policies) == 0 {
			t.Errorf("%s says too little of itself", p.ID)
		}
		scope := citypack.Scope{Category: "0101"}
		policies, err := p.For(scope)
		must(t, err)
		rules := sla.Rules{Policies: policies}
		must(t, rules.Check())
		for _, q := range policies {
			if q.Category != "0101" || !strings.HasSuffix(q.ID, "-0101") {
				t.Errorf("%s: %s is for %q", p.ID, q.ID, q.Category)
			}
		}
		if _, err := p.For(citypack.Scope{}); letter.IsRefused(err) != p.Narrow {
			t.Errorf("%s for all letters: %v", p.ID, err)
		}
	}
	if _, err := citypack.ProfileOf("none"); !letter.IsKind(err, letter.KindNotFound) {
		t.Error(err)
	}
}

// The demonstration city counts a petition from its admission and a disclosure anew
// from the corrected application, and its pack names the profiles only.
func TestTheDemonstrationCityUsesTheLegalProfiles(t *testing.T) {
	pack, err := citypack.Demo()
	must(t, err)
	city, err := pack.Snapshot(time.UTC, "test")
	must(t, err)
	for category, want := range map[string]struct {
		limit sla.Limit
		start letter.Step
	}{
		"1608": {limit(60, sla.CalendarDay), letter.Admission},
		"1607": {limit(20, sla.WorkingDay), letter.Supplement},
	} {
		p, ok := city.Clocks.PolicyOf(&letter.Letter{Category: category, Kind: letter.Complaint})
		if !ok || p.Limits[letter.SenderClock] != want.limit || p.Starts[letter.SenderClock] != want.start || city.Category(category) == "" {
			t.Errorf("%s goes by %+v", category, p)
		}
	}
	files, err := pack.Files(pack.Staff)
	must(t, err)
	if !strings.Contains(string(files["policies.yaml"]), "petition-complaint-1608") || strings.Contains(string(files["policies.yaml"]), "profiles:") {
		t.Error("an exported pack does not write its policies out")
	}
}
