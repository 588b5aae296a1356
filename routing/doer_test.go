package routing_test

import (
	"slices"
	"strings"
	"testing"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// A letter may accuse several units, each in its own sentence; what accuses the discipline unit goes above it although
// another is accused first.
func TestEveryUnitALetterAccusesIsFound(t *testing.T) {
	p := demo(t).Decide(letter.Draft{Body: "城管局中队长向摊主收取好处费，不给就掀摊子。我去举报以后，市纪委的科长索要好处费，才肯受理。"}, nil, nil)
	if !slices.Contains(p.Accused, "cgj") || !slices.Contains(p.Accused, "jwjw") {
		t.Errorf("accused %v, want cgj and jwjw", p.Accused)
	}
	if p.Guard != letter.GuardMember("jiangtao") || p.Unit != "" {
		t.Errorf("guard %q, unit %q: the accused discipline unit would read it", p.Guard, p.Unit)
	}
}

// Whose deed it is: the nearest before it, unless he is asked for help, belongs to another or is only dealt with.
func TestADeedAccusesWhoDoesIt(t *testing.T) {
	for _, c := range []struct {
		text    string
		accuses bool
	}{
		{"派出所所长收了老板的钱。", true},
		{"派出所说物业公司收了商家的好处。", false},
		{"物业公司的会计私下收了商家的好处。", false},
		{"请派出所所长查一查，中介收了人家的钱。", false},
		{"河西镇的副镇长分管征地。他私自卖了两亩地，钱揣进自己口袋。", true},
		{"城管队长向商户收保护费。", true},
	} {
		p := demo(t).Decide(letter.Draft{Body: c.text}, nil, nil)
		if got := slices.Contains(p.Flags, letter.Accusation); got != c.accuses {
			t.Errorf("%s: accuses %v, want %v; %v", c.text, got, c.accuses, p.Reasons)
		}
	}
}

// No cue accuses alone, several of one doer do, and a word of another meaning is no cue.
func TestCuesAddUp(t *testing.T) {
	pattern := routing.Pattern{By: []string{"科长"}, NotBy: []string{"公司"}, Least: 5, Cues: []routing.Cue{
		{Points: 0, Words: []string{"好处理"}}, {Points: 3, Words: []string{"好处", "名额"}}, {Points: 2, Words: []string{"侄子"}}, {Points: -4, Words: []string{"感谢"}},
	}}
	r, err := routing.New(routing.Config{
		Units: []routing.Unit{{ID: "d", Name: "监督委"}}, DisciplineUnit: "d", DisciplineMember: "m",
		Flags: []routing.FlagRule{{ID: "f", Flag: letter.Accusation, Pattern: pattern}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for text, accuses := range map[string]bool{
		"科长要好处。": false, "科长要好处，还把名额给了侄子。": true, "科长说这件事好处理，侄子也知道。": false,
		"科长拿了好处给侄子，感谢他。": false, "公司拿了好处给侄子，科长不管。": false,
	} {
		if got := len(r.Decide(letter.Draft{Body: text}, nil, nil).Flags) > 0; got != accuses {
			t.Errorf("%s: %v, want %v", text, got, accuses)
		}
	}
	pattern.By = nil
	_, err = routing.New(routing.Config{
		Units: []routing.Unit{{ID: "d", Name: "监督委"}}, DisciplineUnit: "d", DisciplineMember: "m",
		Flags: []routing.FlagRule{{ID: "f", Flag: letter.Accusation, Pattern: pattern}},
	})
	if err == nil || !strings.Contains(err.Error(), "by and least") {
		t.Errorf("cues without a doer: %v", err)
	}
}

// A number that is also a name is none where it counts something.
func TestAnAmountNamesNoUnit(t *testing.T) {
	for text, names := range map[string]bool{"拨打110没有人接，民警也没来。": true, "电费一共110元，多收了。": false, "我的编号是31107。": false} {
		p := demo(t).Decide(letter.Draft{Body: text}, nil, nil)
		if got := slices.ContainsFunc(p.Top, func(c letter.Candidate) bool { return c.Unit == "gaj" }); got != names {
			t.Errorf("%s: police among %v is %v, want %v", text, p.Top, got, names)
		}
	}
}
