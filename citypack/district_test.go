package citypack_test

import (
	"testing"
	"time"

	"huiyin/citypack"
)

func TestDistrictIsTheFirstNamedInTheFirstTextThatNamesOne(t *testing.T) {
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	city, err := pack.Snapshot(time.UTC, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		want  string
		texts []string
	}{
		{"东湖区", []string{"翠屏苑门口路灯不亮", "望江小区的人都知道"}}, // a place is as good as the name
		{"南浦区", []string{"路灯不亮", "建设路靠近东湖区"}},       // of two in a text the first
		{"北山县", []string{"岭下村 26 路公交停开"}},           // a place of the town that serves it
		{"南浦区", []string{"南浦区路灯不亮", "从东湖区搬来", "东湖区城管局"}},
		{"东湖区", []string{"路灯不亮", "澜川市东湖区梧桐路，靠近北山县", "北山县"}},
		{"北山县", []string{"", "", "北山县住建局答复"}},
		{"", []string{"东湖边的路灯", "南浦大桥", ""}},
		{"", nil},
	} {
		if got := city.District("cgj", row.texts...); got != row.want {
			t.Errorf("%q: %q, want %q", row.texts, got, row.want)
		}
	}
	if got := city.District("bsz", "低保怎么申请", "", ""); got != "北山县" {
		t.Errorf("a town's letter without a place lies in %q", got)
	}
	if got := city.District("bsz", "文昌街的低保", "", ""); got != "东湖区" {
		t.Errorf("the text says more than the unit: %q", got)
	}
}

// Residents narrow a search by district: nearly half of the demonstration's letters tell theirs by a place in their own
// words (one in fifteen by its name); the others ask for what holds everywhere.
func TestManyLettersTellTheirDistrict(t *testing.T) {
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	city, err := pack.Snapshot(time.UTC, "")
	if err != nil {
		t.Fatal(err)
	}
	stories, err := citypack.DemoStories()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for _, s := range stories {
		told[city.District("", s.Draft.Title, s.Draft.Body)]++
	}
	t.Logf("of %d letters: %v", len(stories), told)
	if told[""]*5 > len(stories)*3 {
		t.Errorf("%d of %d letters are in no district", told[""], len(stories))
	}
}

func TestAnAreaThatContradictsIsRefused(t *testing.T) {
	for name, areas := range map[string][]citypack.Area{
		"no district": {{District: "西山区"}},
		"no unit":     {{District: "东湖区", Units: []string{"none"}}},
		"too short":   {{District: "东湖区", Places: []string{"街"}}},
		"twice":       {{District: "东湖区", Places: []string{"滨河路"}}, {District: "南浦区", Places: []string{"滨河路"}}},
	} {
		pack, err := citypack.Demo()
		if err != nil {
			t.Fatal(err)
		}
		pack.City.Areas = areas
		if err := pack.Check(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
