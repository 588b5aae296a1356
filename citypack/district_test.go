package citypack_test

import (
	"testing"

	"huiyin/citypack"
)

func TestDistrictIsTheFirstNamedInTheFirstTextThatNamesOne(t *testing.T) {
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	city := citypack.Snapshot{Pack: pack}
	for _, row := range []struct {
		want  string
		texts []string
	}{
		{"南浦区", []string{"南浦区路灯不亮", "从东湖区搬来", "东湖区城管局"}},
		{"东湖区", []string{"路灯不亮", "澜川市东湖区梧桐路，靠近北山县", "北山县"}},
		{"北山县", []string{"", "", "北山县住建局答复"}},
		{"", []string{"东湖边的路灯", "南浦客运站", ""}},
		{"", nil},
	} {
		if got := city.District(row.texts...); got != row.want {
			t.Errorf("%q: %q, want %q", row.texts, got, row.want)
		}
	}
}
