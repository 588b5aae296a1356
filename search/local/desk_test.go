package local

import (
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/search"
)

// A number is read as people type it; fewer than four digits are none, and a telephone number is the beginning of one.
func TestNumbersOfWhatIsTyped(t *testing.T) {
	for text, want := range map[string][2]uint64{
		"2611":             {26110000000000, 26119999999999},
		"２６１１ ２３":          {26112300000000, 26112399999999},
		"261123 0000 0017": {26112300000017, 26112300000017},
		"26112300-000017":  {26112300000017, 26112300000017},
		"13900001234":      {13900001234000, 13900001234999},
		"261":              {},
		"261123000000170":  {},
		"2611 号":           {},
		"+2611":            {},
		"路灯":               {},
		"":                 {},
	} {
		from, to, ok := numbersOf(text)
		if from != want[0] || to != want[1] || ok != (want[0] > 0) {
			t.Errorf("%q is %d to %d, %v", text, from, to, ok)
		}
	}
}

// What the zero rights find is nothing, and a document that lacks its guard and its openness is found by nobody.
func TestNobodyFindsWithoutRights(t *testing.T) {
	cut, err := segment.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := OpenDesk(t.TempDir(), cut)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	err = d.Put(t.Context(),
		search.DeskDocument{Number: "26112300000017", Title: "路灯不亮", State: letter.Received, Received: at, Accused: []string{"cgj"}},
		search.DeskDocument{Number: "26112300000025", Title: "路灯被偷", Guard: "unit:jwjw", Unit: "jwjw", Received: at})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		rights search.Rights
		found  int
	}{
		{search.Rights{}, 0}, {search.Rights{Own: "rsj"}, 0}, {search.Rights{All: true}, 1}, {search.Rights{All: true, Own: "cgj"}, 0},
		{search.Rights{Units: []string{"jwjw"}}, 0}, {search.Rights{Guards: []string{"unit:jwjw"}}, 1},
		{search.Rights{All: true, Guards: []string{"unit:jwjw"}}, 2},
	} {
		for _, text := range []string{"", "路灯", "2611", "26112300000017", "路灯 灯杆"} {
			found, err := d.Find(t.Context(), search.DeskQuery{Rights: one.rights, Text: text})
			if err != nil {
				t.Fatal(err)
			}
			most := one.found
			if len(found.Numbers) > most || found.Total != len(found.Numbers) || text == "路灯" && len(found.Numbers) != most {
				t.Errorf("%+v asking %q finds %v of %d", one.rights, text, found.Numbers, found.Total)
			}
		}
	}
}
