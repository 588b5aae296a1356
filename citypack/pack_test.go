package citypack_test

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
)

func TestTheDemonstrationCityHoldsTogether(t *testing.T) {
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(pack.Routing.Units); n < 38 {
		t.Errorf("%d units, about 40 are promised", n)
	}
	if len(pack.Staff) != 15 {
		t.Errorf("%d members, 15 are promised", len(pack.Staff))
	}
	if len(pack.City.Columns) != len(letter.Columns) {
		t.Errorf("%d columns have somebody responsible, there are %d", len(pack.City.Columns), len(letter.Columns))
	}
}

// What goes into the database as rows comes back as the same city.
func TestPackSurvivesItsRows(t *testing.T) {
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	items, err := pack.Items()
	if err != nil {
		t.Fatal(err)
	}
	back, err := citypack.FromItems(items)
	if err != nil {
		t.Fatal(err)
	}
	again, err := back.Items()
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != len(again) {
		t.Fatalf("%d rows became %d", len(items), len(again))
	}
	for i := range items {
		if items[i].Kind != again[i].Kind || items[i].ID != again[i].ID || string(items[i].Body) != string(again[i].Body) {
			t.Errorf("row %s %s changed:\n%s\n%s", items[i].Kind, items[i].ID, items[i].Body, again[i].Body)
		}
	}
	if _, err := back.Snapshot(time.UTC, "1"); err != nil {
		t.Fatal(err)
	}
}

func TestDemonstrationLettersAreEnoughAndInOrder(t *testing.T) {
	stories, err := citypack.DemoStories()
	if err != nil {
		t.Fatal(err)
	}
	if len(stories) < 120 {
		t.Errorf("%d letters, at least 120 are promised", len(stories))
	}
	seen := map[string]bool{}
	for _, s := range stories {
		if seen[s.ID] {
			t.Errorf("letter %s stands twice", s.ID)
		}
		seen[s.ID] = true
		left := s.Age
		for _, c := range s.Path {
			if _, ok := letter.Row(c.Step); !ok {
				t.Errorf("letter %s: no step %q", s.ID, c.Step)
			}
			left -= c.After
		}
		if left < 0 && s.Received.IsZero() {
			t.Errorf("letter %s ends in the future", s.ID)
		}
	}
}

func TestAnExportedPackReadsTheSame(t *testing.T) {
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	files, err := pack.Files(pack.Staff)
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{}
	for name, body := range files {
		dir[name] = &fstest.MapFile{Data: body}
	}
	back, err := citypack.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	want, err := pack.Items()
	if err != nil {
		t.Fatal(err)
	}
	got, err := back.Items()
	if err != nil {
		t.Fatal(err)
	}
	if len(want) != len(got) || !reflect.DeepEqual(pack.Staff, back.Staff) {
		t.Fatalf("%d rules became %d", len(want), len(got))
	}
	for i := range want {
		if a, b := noNull(want[i].Body), noNull(got[i].Body); a != b {
			t.Errorf("%s %s became\n%s\n%s", want[i].Kind, want[i].ID, a, b)
		}
	}
}

// noNull makes an empty list and a missing one the same; YAML does not tell them apart.
func noNull(body []byte) string {
	return strings.NewReplacer(":null", ":0", ":[]", ":0", ":{}", ":0").Replace(string(body))
}
