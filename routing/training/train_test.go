package training_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/routing/training"
)

const told routing.Target = "told"

// matters are our own words for three matters; letters of them are made by turning the words around.
var matters = map[string][]string{
	"lamps":  {"路灯", "不亮", "晚上", "走路", "看不见", "灯泡", "坏", "半个月"},
	"wages":  {"工资", "拖欠", "老板", "工地", "民工", "讨要", "三个月", "合同"},
	"school": {"学校", "孩子", "报名", "学区", "老师", "入学", "名额", "招生"},
}

func letters(each int) []training.Example {
	var all []training.Example
	for _, label := range []string{"lamps", "wages", "school"} {
		words := matters[label]
		for n := range each {
			text := []string{"\n"}
			for i := range 5 {
				text = append(text, words[(n*3+i*(n%4+1))%len(words)])
			}
			text = append(text, fmt.Sprintf("第%c次", '一'+rune(n)), "反映", "希望", "解决")
			all = append(all, training.Example{Words: text, Labels: map[routing.Target]string{told: label}})
		}
	}
	return all
}

func options() training.Options {
	return training.Options{Seed: 1, Trained: time.Date(2026, 11, 25, 2, 40, 0, 0, time.UTC), Targets: []routing.Target{told}}
}

func trained(t *testing.T, examples []training.Example) *routing.Model {
	t.Helper()
	m, err := training.Train(context.Background(), examples, options())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAModelTellsMattersApartAndSaysWhy(t *testing.T) {
	m := trained(t, letters(40))
	g := m.Guess(told, []string{"\n", "晚上", "路灯", "又", "坏", "了"}, 0)
	if len(g) != 3 || g[0].Label != "lamps" || g[0].P < 0.8 {
		t.Fatalf("guesses %v", g)
	}
	if len(g[0].Words) == 0 || g[0].Words[0].Text != "路灯" {
		t.Errorf("words %v, want 路灯 first", g[0].Words)
	}
	var sum float64
	for _, x := range g {
		sum += x.P
	}
	if sum < 0.999 || sum > 1.001 {
		t.Errorf("probabilities add up to %f", sum)
	}
	if c := m.Card(); c.Letters != 120 || c.Seed != 1 || len(c.Heads) != 1 || c.Heads[0].Figures.Accuracy < 0.9 || !strings.HasPrefix(c.Version, "20261125-") {
		t.Errorf("card %+v", c)
	}
}

func TestTheSameLettersAndSeedGiveTheSameModel(t *testing.T) {
	if !bytes.Equal(trained(t, letters(30)).Bytes(), trained(t, letters(30)).Bytes()) {
		t.Error("two models of the same letters differ")
	}
}

func TestAModelFileComesBackWhole(t *testing.T) {
	m := trained(t, letters(30))
	again, err := routing.ReadModel(m.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"\n", "老板", "拖欠", "工资"}
	if a, b := m.Guess(told, words, 0), again.Guess(told, words, 0); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("%v became %v", a, b)
	}
}

func TestADamagedModelFileIsRefused(t *testing.T) {
	file := trained(t, letters(10)).Bytes()
	for name, bad := range map[string][]byte{
		"empty": nil, "a text": []byte("label,text"), "cut short": file[:len(file)/2], "one byte": flipped(file, len(file)-9),
		"in its card": flipped(file, 70), "of another layout": append([]byte("huiyin routing model 9\n"), file[23:]...),
	} {
		if _, err := routing.ReadModel(bad); !letter.IsRefused(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func flipped(file []byte, at int) []byte {
	bad := bytes.Clone(file)
	bad[at] ^= 0x40
	return bad
}

func TestOneLabelTeachesNothing(t *testing.T) {
	for name, examples := range map[string][]training.Example{
		"none": nil, "one class": letters(10)[:10],
		"labels of one letter each": {letters(1)[0], letters(1)[1]},
	} {
		if _, err := training.Train(context.Background(), examples, options()); !letter.IsRefused(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLettersWithoutTextAreHarmless(t *testing.T) {
	examples := append(letters(10), training.Example{Labels: map[routing.Target]string{told: "lamps"}},
		training.Example{Words: []string{"\n"}, Labels: map[routing.Target]string{told: "wages"}})
	m := trained(t, examples)
	for _, words := range [][]string{nil, {"\n"}, {"", "\n", ""}} {
		if g := m.Guess(told, words, 0); len(g) != 3 {
			t.Errorf("%q: %v", words, g)
		}
	}
}

func TestTrainingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := training.Train(ctx, letters(10), options()); err == nil {
		t.Error("it went on")
	}
}

// Near-identical letters on both sides of a trial would make a model look better than it is.
func TestNearIdenticalLettersShareAFold(t *testing.T) {
	long := strings.Split("小区 门口 夜市 油烟 很 大 晚上 睡 不 着 家里 有 老人 和 孩子 请 尽快 派人 来 看 一 看", " ")
	copied := append([]string{"您好"}, long...)
	of, n := training.Clusters([]training.Example{{Words: long}, {Words: []string{"完全", "不同", "的", "一", "封", "信", "说", "停水"}}, {Words: copied}})
	if n != 2 || of[0] != of[2] || of[0] == of[1] {
		t.Errorf("clusters %v, %d", of, n)
	}
}

func TestFiguresByHand(t *testing.T) {
	f := training.Judge([]training.Trial{
		{Truth: "a", Said: []string{"a"}, Sure: 0.9}, {Truth: "a", Said: []string{"b", "a"}, Sure: 0.3},
		{Truth: "b", Said: []string{"b"}, Sure: 0.8}, {Truth: "b", Said: []string{"b"}, Sure: 0.7}, {Truth: "c", Said: nil},
	})
	// a: precision 1, recall 1/2, F1 2/3; b: 2/3, 1, 4/5; c: 0.
	if f.Accuracy != 0.6 || f.MacroF1 != 0.4889 || f.Top3 != 0.8 || f.Coverage["0.80"] != 0.75 {
		t.Errorf("figures %+v", f)
	}
}

func TestTheChoiceSendsMostWithinTheLimit(t *testing.T) {
	curve := training.Curve([]training.Trial{
		{Truth: "a", Said: []string{"a"}, Sure: 0.99}, {Truth: "a", Said: []string{"a"}, Sure: 0.9},
		{Truth: "a", Said: []string{"b"}, Sure: 0.6}, {Truth: "a", Said: []string{"a"}, Sure: 0.5},
	})
	if c, ok := training.AtMost(curve, 0); !ok || c.Routed != 0.5 || c.Certain != 0.9 {
		t.Errorf("at most 0: %+v %v", c, ok)
	}
	if c, ok := training.AtMost(curve, 0.25); !ok || c.Routed != 1 {
		t.Errorf("at most a quarter: %+v %v", c, ok)
	}
}
