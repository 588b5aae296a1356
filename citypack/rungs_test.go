package citypack_test

import (
	"errors"
	"reflect"
	"testing"

	"huiyin/citypack"
	"huiyin/internal/letter"
)

func TestALadderIsWrittenAndReadBack(t *testing.T) {
	pack, err := citypack.Demo()
	must(t, err)
	rungs := pack.Time.Policies[0].Rungs
	back, err := citypack.ParseRungs(citypack.WriteRungs(rungs))
	must(t, err)
	if len(rungs) == 0 || !reflect.DeepEqual(rungs, back) {
		t.Errorf("%+v came back as %+v", rungs, back)
	}
}

func TestARefusedLadderNamesTheLine(t *testing.T) {
	good := "- {name: half, percent: 50}\n"
	for name, c := range map[string]struct {
		text string
		line int
	}{
		"an unknown field":   {good + "- {name: overdue, too: [head]}\n", 2},
		"a wrong value":      {good + good + "- {name: overdue, percent: viel}\n", 3},
		"no list":            {"name: half", 1},
		"no rung":            {good + "- half\n", 2},
		"broken":             {good + "- {name: half\n- {name: x}", 2},
		"an unknown reader":  {"- {name: half, to: [mayor]}\n", 1},
		"more than the half": {good + "- {name: late, percent: 500}\n", 2},
	} {
		_, err := citypack.ParseRungs(c.text)
		var e *letter.Error
		if !errors.As(err, &e) || !letter.IsRefused(err) || e.Fields[citypack.RungsField] == "" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if line, _ := e.Args[0].(int); line != c.line && name != "broken" {
			t.Errorf("%s: line %v", name, e.Args)
		}
	}
}
