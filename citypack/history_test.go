package citypack

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/sla"
)

var (
	may  = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	june = may.AddDate(0, 1, 0)
	july = may.AddDate(0, 2, 0)
)

func policyRow(t *testing.T, id string, days, place int, from, ended time.Time) letter.CityItem {
	t.Helper()
	body, err := json.Marshal(sla.Policy{ID: id, Source: "令", Limits: map[string]sla.Limit{"sender": {Amount: days, Unit: sla.WorkingDay}}})
	if err != nil {
		t.Fatal(err)
	}
	return letter.CityItem{Kind: kindPolicy, ID: id, Body: body, Place: place, From: from, Ended: ended}
}

// Each version holds until the next one, what was only written anew is no new
// version, and the order of the pack stays.
func TestPoliciesAreRememberedInAllTheirVersions(t *testing.T) {
	p := &Pack{}
	err := p.Remember([]letter.CityItem{
		policyRow(t, "a", 5, 1, time.Time{}, time.Time{}), policyRow(t, "a", 5, 1, may, time.Time{}), policyRow(t, "a", 7, 1, june, time.Time{}),
		policyRow(t, "b", 2, 0, may, july), policyRow(t, "c", 9, 2, june, may),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		id          string
		days        int
		from, until time.Time
	}{{"b", 2, may, july}, {"a", 5, time.Time{}, june}, {"a", 7, june, time.Time{}}}
	if len(p.policies) != len(want) {
		t.Fatalf("%+v", p.policies)
	}
	for i, w := range want {
		if g := p.policies[i]; g.ID != w.id || g.Limits["sender"].Amount != w.days || !g.From.Equal(w.from) || !g.Until.Equal(w.until) {
			t.Errorf("%d: %+v, want %+v", i, g, w)
		}
	}
}

// A changed policy leaves the letter that came in before it as it is.
func TestAClockGoesByThePolicyOfItsStart(t *testing.T) {
	p, err := Demo()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Remember([]letter.CityItem{policyRow(t, "a", 5, 0, time.Time{}, time.Time{}), policyRow(t, "a", 7, 0, june, time.Time{})}); err != nil {
		t.Fatal(err)
	}
	s, err := p.Snapshot(time.UTC, "")
	if err != nil {
		t.Fatal(err)
	}
	for at, days := range map[time.Time]int{may: 5, june: 7} {
		l := &letter.Letter{Number: "26112300000015", Received: at}
		if err := l.Record(letter.Submission, letter.SenderActor, at, letter.Facts{}, letter.Facts{}); err != nil {
			t.Fatal(err)
		}
		if c := s.Clocks.Clocks(l); len(c) != 1 || c[0].Amount != days {
			t.Errorf("from %s: %+v", at, c)
		}
	}
}

// A local order of a bureau holds for the units below it and for nobody else, and
// survives rows and files.
func TestLocalOrdersHoldForTheUnitsTheyName(t *testing.T) {
	p, err := Demo()
	if err != nil {
		t.Fatal(err)
	}
	p.Overlays = []sla.Overlay{{ID: "typhoon", Region: "cgj", Source: "停工令", Effective: "2026-11-01", Off: []sla.Special{{Date: "2026-11-24", Name: "台风"}}}}
	items, err := p.Items()
	if err != nil {
		t.Fatal(err)
	}
	again, err := FromItems(items)
	if err != nil {
		t.Fatal(err)
	}
	files, err := again.Files(p.Staff)
	if err != nil || !strings.Contains(string(files[overlaysFile]), "typhoon") {
		t.Fatalf("%v: %s", err, files[overlaysFile])
	}
	s, err := again.Snapshot(time.UTC, "")
	if err != nil {
		t.Fatal(err)
	}
	stormy := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for unit, works := range map[string]bool{"cgj": false, "cgj-sz": false, "zjj": true, "": true} {
		if got := s.Clocks.CalendarOf(unit).Works(stormy); got != works {
			t.Errorf("%q works: %v", unit, got)
		}
	}
	again.Overlays[0].Region = "nowhere"
	if _, err := again.Snapshot(time.UTC, ""); !letter.IsRefused(err) {
		t.Errorf("an order for a unit that does not exist: %v", err)
	}
}
