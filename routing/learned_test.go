package routing_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/routing/training"
)

// twoOffices is a city whose rules send talk of benches to the parks.
func twoOffices(t testing.TB) *routing.Router {
	t.Helper()
	cfg := routing.Config{
		Units:     []routing.Unit{{ID: "parks", Name: "园林所"}, {ID: "roads", Name: "道路所"}},
		Threshold: 0.5, Margin: 0.1, Minimum: 1,
	}
	cfg.Units[0].Keywords = []string{"长椅", "草坪"}
	cfg.Units[1].Keywords = []string{"路面"}
	r, err := routing.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// taught is the router after people have sent benches at bus stops to the roads.
func taught(t testing.TB, r *routing.Router) *routing.Router {
	t.Helper()
	var all []training.Example
	add := func(unit string, words ...string) {
		all = append(all, training.Example{
			Draft: letter.Draft{Body: strings.Join(words, "")}, Words: append([]string{"\n"}, words...),
			Labels: map[routing.Target]string{routing.TellsUnit: unit},
		})
	}
	life := strings.Fields("昨天 邻居 母亲 孩子 雨后 早上 学生 快递 老人 散步 买菜 上班 周末 门口 楼下 对面 银行 医院 菜场 电话 照片 下午 经过 发现 希望 派人")
	some := func(n int) []string {
		return []string{life[n%26], life[(n*7+3)%26], life[(n*11+5)%26], life[(n*17+1)%26]}
	}
	for n := range 90 {
		what := []string{"坏", "断", "脏", "旧", "松"}[n%5]
		add("roads", append(some(n), "公交站", "长椅", what, "候车", "座位")...)
		add("parks", append(some(n+31), "草坪", what, "公园", "游客")...)
		if n%3 == 0 {
			add("parks", append(some(n+57), "公园", "长椅", what)...)
		}
	}
	m, err := training.Train(context.Background(), all, training.Options{
		Seed: 1, Trained: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), Router: r, Targets: []routing.Target{routing.TellsUnit},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r.With(m)
}

func TestWhatPeopleDecidedOutweighsARule(t *testing.T) {
	r := twoOffices(t)
	d := letter.Draft{Body: "公交站候车的长椅断了"}
	words := []string{"\n", "公交站", "候车", "的", "长椅", "断", "了"}
	if p := r.Decide(d, words, nil); p.Unit != "parks" {
		t.Fatalf("by rules alone: %q", p.Unit)
	}
	after := taught(t, r)
	p := after.Decide(d, words, nil)
	if p.Unit != "roads" || p.Top[0].P < 0.85 || p.Model == "" || p.Model != after.Model().Card().Version {
		t.Fatalf("unit %q top %v model %q", p.Unit, p.Top, p.Model)
	}
	i := slices.IndexFunc(p.Reasons, func(x letter.Reason) bool { return x.Rule == "model" })
	if i < 0 || !strings.Contains(p.Reasons[i].Text, "公交站") || !strings.Contains(p.Reasons[i].Text, "道路所") {
		t.Errorf("reasons %v", p.Reasons)
	}
	if p := after.With(nil).Decide(d, words, nil); p.Unit != "parks" || p.Model != "" {
		t.Errorf("back without the model: %q", p.Unit)
	}
}

func TestAModelThatIsNotSureAsks(t *testing.T) {
	r := taught(t, twoOffices(t))
	p := r.Decide(letter.Draft{Body: "想问一个问题"}, []string{"\n", "想", "问", "一个", "问题"}, nil)
	if p.Queue != letter.DispatchQueue || p.Unit != "" || len(p.Top) != 2 {
		t.Errorf("queue %s unit %q top %v", p.Queue, p.Unit, p.Top)
	}
	if i := slices.IndexFunc(p.Reasons, func(x letter.Reason) bool { return x.Rule == "unsure" }); i < 0 {
		t.Errorf("reasons %v", p.Reasons)
	}
}

// No history, however long, sends an accusation to the accused.
func TestAModelNeverOverrulesASeal(t *testing.T) {
	r := demo(t)
	var all []training.Example
	for n := range 60 {
		for unit, word := range map[string]string{"cgj": "城管局", "gaj": "派出所"} {
			all = append(all, training.Example{
				Words:  []string{"\n", word, "干部", "收受", "红包", strings.Repeat("很", n%7+1)},
				Labels: map[routing.Target]string{routing.TellsUnit: unit},
			})
		}
	}
	m, err := training.Train(context.Background(), all, training.Options{Targets: []routing.Target{routing.TellsUnit}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples(t, "accusations.txt") {
		words := strings.Split(s.body, "")
		p := r.With(m).Decide(s.draft(), words, nil)
		if p.Queue != letter.DisciplineQueue || len(p.Top) > 0 {
			t.Errorf("%s\n\tqueue %s top %v", s.body, p.Queue, p.Top)
		}
	}
}
