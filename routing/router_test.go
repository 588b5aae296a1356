package routing_test

import (
	"slices"
	"strings"
	"testing"

	"huiyin/internal/letter"
	"huiyin/routing"
)

func TestNewNamesThePlaceOfAMistake(t *testing.T) {
	two := []routing.Unit{{ID: "a", Name: "甲局"}, {ID: "b", Name: "乙局", Parent: "a"}}
	for want, cfg := range map[string]routing.Config{
		`units[1]: id "a" stands twice`:                       {Units: []routing.Unit{{ID: "a", Name: "甲"}, {ID: "a", Name: "乙"}}},
		`units b: parent: unknown unit "x"`:                   {Units: []routing.Unit{{ID: "b", Name: "乙", Parent: "x"}}},
		`its parents run in a loop`:                           {Units: []routing.Unit{{ID: "a", Name: "甲", Parent: "b"}, {ID: "b", Name: "乙", Parent: "a"}}},
		`rules[0] r: unknown unit "x"`:                        {Units: two, Rules: []routing.Rule{{ID: "r", Pattern: routing.Pattern{Any: []string{"灯"}}, To: []string{"x"}}}},
		`rules[0] r: any is empty`:                            {Units: two, Rules: []routing.Rule{{ID: "r", To: []string{"a"}}}},
		`rules[0] r: unknown list "@nobody"`:                  {Units: two, Rules: []routing.Rule{{ID: "r", Pattern: routing.Pattern{Any: []string{"@nobody"}}, To: []string{"a"}}}},
		`rules[0] r: unknown category "0909"`:                 {Units: two, Rules: []routing.Rule{{ID: "r", Pattern: routing.Pattern{Any: []string{"灯"}}, To: []string{"a"}, Category: "0909"}}},
		`categories 0101: unknown unit "x"`:                   {Units: two, Categories: []routing.Category{{Code: "01", Children: []routing.Category{{Code: "0101", Units: []string{"x"}}}}}},
		`child code "0101" is given by hand and has keywords`: {Units: two, Categories: []routing.Category{{Code: "01", Units: []string{"a"}, Children: []routing.Category{{Code: "0101", ByHand: true, Vocabulary: routing.Vocabulary{Keywords: []string{"信访"}}}}}}},
		`child code "0201" must be 01`:                        {Units: two, Categories: []routing.Category{{Code: "01", Units: []string{"a"}, Children: []routing.Category{{Code: "0201"}}}}},
		`leaders[0] m: office: unknown unit "x"`:              {Units: two, Leaders: []routing.Leader{{ID: "m", Office: "x"}}},
		`flags[0] f: needs an id and a known`:                 {Units: two, Flags: []routing.FlagRule{{ID: "f", Flag: "odd"}}},
		`accusations need discipline_unit`:                    {Units: two, Flags: []routing.FlagRule{{ID: "f", Flag: letter.Accusation}}},
		`kinds[0]: unknown kind "odd"`:                        {Units: two, Kinds: []routing.KindCues{{Kind: "odd"}}},
		`discipline_unit: unknown unit "x"`:                   {Units: two, DisciplineUnit: "x"},
		`shares between 0 and 1`:                              {Units: two, Threshold: 40},
	} {
		if _, err := routing.New(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestTree(t *testing.T) {
	r := demo(t)
	if got := r.Under("cgj"); !slices.Equal(got, []string{"cgj", "cgj-sz"}) {
		t.Errorf("under cgj: %v", got)
	}
	if all := r.Tree(); len(all) != len(r.Units()) {
		t.Errorf("%d of %d units in the tree", len(all), len(r.Units()))
	} else {
		for i, u := range all {
			if u.Parent != "" && all[i-1].ID != u.Parent && all[i-1].Parent != u.Parent {
				t.Errorf("%s stands below %s, which is not above it", u.ID, all[i-1].ID)
			}
		}
	}
	if r.Under("nowhere") != nil {
		t.Error("an unknown unit has no tree")
	}
	if r.Name("gaj") != "澜川市公安局" || r.Name("nowhere") != "nowhere" {
		t.Error("names")
	}
	if words := r.Words(); !slices.Contains(words, "占道经营") || slices.Contains(words, "坑") {
		t.Error("the segmenter needs the city's words of two characters or more")
	}
}
