package routing_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/routing"
)

const lamps = "柳堤路从文昌里到湖滨路口一段的路灯不亮已经半个月了，晚上一片漆黑，老人和放学的孩子走路都要打着手机照明。" +
	"我们给物业打过电话，物业说这是市政道路，不归他们管；打热线也只说已经登记。人行道的地砖又有好几块松动，前天邻居就被绊倒，膝盖缝了三针。" +
	"请尽快派人来检查线路，把坏掉的灯泡换上，顺便把破损的地砖修好。如果近期不能修，也请告诉我们大概什么时候可以修好，谢谢。"

func TestReasonsTellTheDeskWhy(t *testing.T) {
	p := demo(t).Decide(letter.Draft{Title: "路灯不亮", Body: lamps}, nil, nil)
	if p.Unit != "cgj-sz" || p.Queue != letter.UnitQueue || p.Category != "0204" {
		t.Fatalf("unit %s queue %s category %s", p.Unit, p.Queue, p.Category)
	}
	i := slices.IndexFunc(p.Reasons, func(x letter.Reason) bool { return x.Rule == "words" })
	if i < 0 || !strings.Contains(p.Reasons[i].Text, "“路灯不亮”") || !strings.Contains(p.Reasons[i].Text, "市政设施管理所职责") {
		t.Errorf("reasons %v", p.Reasons)
	}
	if !slices.ContainsFunc(p.Reasons, func(x letter.Reason) bool { return x.Rule == "lamps" }) {
		t.Errorf("the rule on lamps is not among %v", p.Reasons)
	}
	if len(p.Top) == 0 || p.Top[0].Share <= 0 || p.Top[0].Share > 1 || len(p.Top[0].Words) == 0 {
		t.Errorf("top %v", p.Top)
	}
	if p.Version == "" {
		t.Error("a placement keeps the version of its rules")
	}
}

func TestALongerPhraseHidesTheShorterInside(t *testing.T) {
	p := demo(t).Decide(letter.Draft{Body: "请公布停车收费标准。"}, nil, nil)
	if len(p.Top) == 0 || p.Top[0].Unit != "fgw" {
		t.Errorf("top %v, want the price authority, not the traffic police", p.Top)
	}
}

func TestKindOfTheSenderStays(t *testing.T) {
	r := demo(t)
	body := "请问退休后养老金怎么计算，需要什么材料？"
	if p := r.Decide(letter.Draft{Body: body}, nil, nil); p.Kind != letter.Consultation {
		t.Errorf("guessed %s", p.Kind)
	}
	if p := r.Decide(letter.Draft{Body: body, Kind: letter.Suggestion}, nil, nil); p.Kind != letter.Suggestion {
		t.Errorf("the sender's kind was changed to %s", p.Kind)
	}
}

func TestKinds(t *testing.T) {
	r := demo(t)
	for body, want := range map[string]letter.Kind{
		"举报一家无证经营的小作坊，涉嫌违法添加。":  letter.Report,
		"投诉物业公司乱收费，多次反映没人管。":    letter.Complaint,
		"恳请帮忙协调解决我家漏水的困难。":      letter.Help,
		"建议在路口增设红绿灯，优化通行。":      letter.Suggestion,
		"表扬公交司机拾金不昧，衷心感谢，送上锦旗。": letter.Praise,
		"咨询一下医保缴费的流程，什么时候可以办？":  letter.Consultation,
	} {
		if p := r.Decide(letter.Draft{Body: body}, nil, nil); p.Kind != want {
			t.Errorf("%s: %s, want %s", body, p.Kind, want)
		}
	}
}

func TestUrgentSupplyFailureGoesToTheUnitWithACopy(t *testing.T) {
	r := demo(t)
	p := r.Decide(letter.Draft{Body: "我们这栋楼自来水停水两天了，老人没水做饭。"}, nil, nil)
	if p.Unit != "gsgs" || p.Urgency != letter.Urgent || !p.Copy || p.Guard != "" {
		t.Errorf("unit %s urgency %s copy %v guard %q", p.Unit, p.Urgency, p.Copy, p.Guard)
	}
	p = r.Decide(letter.Draft{Body: "请问停水期间的水费怎么收费？"}, nil, nil)
	if p.Urgency != letter.Normal || p.Copy {
		t.Errorf("a question about fees became %s", p.Urgency)
	}
}

func TestALeadersLetterGoesToTheUnitInCharge(t *testing.T) {
	d := letter.Draft{Column: letter.Leaders, Addressee: "shizhang", Body: "市长您好，" + lamps}
	p := demo(t).Decide(d, nil, nil)
	if p.Unit != "cgj-sz" || p.Leader != "shizhang" {
		t.Errorf("unit %s leader %q", p.Unit, p.Leader)
	}
	if !slices.ContainsFunc(p.Reasons, func(x letter.Reason) bool { return x.Rule == "addressee" }) {
		t.Error("no reason tells of the leader")
	}
}

func TestASealedLetterTellsNobodyElse(t *testing.T) {
	d := letter.Draft{Column: letter.Leaders, Addressee: "shizhang", Unit: "gaj", Body: "市长您好，派出所民警索要红包，路灯也不亮。"}
	p := demo(t).Decide(d, nil, nil)
	if p.Guard != "unit:jwjw" || p.Leader != "" || p.Copy || len(p.Top) > 0 {
		t.Errorf("guard %q leader %q copy %v top %v", p.Guard, p.Leader, p.Copy, p.Top)
	}
	for _, x := range p.Reasons {
		if strings.Contains(x.Text, "公安局") || x.Rule == "addressee" {
			t.Errorf("reason %v", x)
		}
	}
}

func TestThePlaceDecidesAmongStreets(t *testing.T) {
	r := demo(t)
	d := letter.Draft{Body: "居委会不给开社区证明。", Place: "河西镇老街"}
	if p := r.Decide(d, nil, nil); p.Unit != "hxz" {
		t.Errorf("unit %q, want hxz: %v", p.Unit, p.Top)
	}
	d.Place = ""
	if p := r.Decide(d, nil, nil); p.Queue != letter.DispatchQueue {
		t.Errorf("without a place a person decides, got %s", p.Unit)
	}
	d = letter.Draft{Body: "路灯不亮", Place: "河西镇老街"}
	if p := r.Decide(d, nil, nil); p.Unit != "cgj-sz" {
		t.Errorf("a place alone drew the letter to %q", p.Unit)
	}
}

func TestChoiceAndPrecedentsAreEvidence(t *testing.T) {
	r := demo(t)
	body := "想问一下这件事情归谁管。"
	if p := r.Decide(letter.Draft{Body: body, Unit: "lyj"}, nil, nil); p.Unit != "lyj" {
		t.Errorf("chosen unit: got %q", p.Unit)
	}
	p := r.Decide(letter.Draft{Body: body}, nil, []routing.Precedent{{Number: "26010100000017", Unit: "swj", Likeness: 0.9}})
	if p.Unit != "swj" || !strings.Contains(p.Reasons[0].Text, "26010100000017") {
		t.Errorf("precedent: got %q, %v", p.Unit, p.Reasons)
	}
}

func TestAWordTornFromTwoIsNoEvidence(t *testing.T) {
	cfg := routing.Config{Units: []routing.Unit{{ID: "a", Name: "甲局"}}, Minimum: 1}
	cfg.Units[0].Keywords = []string{"国道"}
	r, err := routing.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	d := letter.Draft{Body: "中国道路很好"}
	if p := r.Decide(d, []string{"中国", "道路", "很", "好"}, nil); len(p.Top) > 0 {
		t.Errorf("top %v", p.Top)
	}
}

func TestASecondUnitIsSuggestedToTakePart(t *testing.T) {
	cfg := routing.Config{
		Units: []routing.Unit{{ID: "water", Name: "水务局"}, {ID: "roads", Name: "道路所"}, {ID: "crew", Name: "排水队", Parent: "water"}},
	}
	cfg.Units[0].Keywords, cfg.Units[1].Keywords, cfg.Units[2].Keywords = []string{"排水管", "积水"}, []string{"路面塌陷"}, []string{"疏通"}
	r, err := routing.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	p := r.Decide(letter.Draft{Body: "排水管破了，积水，路面塌陷。"}, nil, nil)
	if p.Unit != "water" || !slices.Equal(p.With, []string{"roads"}) {
		t.Errorf("unit %q with %v, top %v", p.Unit, p.With, p.Top)
	}
	if !slices.ContainsFunc(p.Reasons, func(x letter.Reason) bool { return x.Text == "可能需要道路所会办" }) {
		t.Errorf("reasons %v", p.Reasons)
	}
	if p := r.Decide(letter.Draft{Body: "积水，请疏通。"}, nil, nil); len(p.With) > 0 {
		t.Errorf("a unit and its own team: with %v", p.With)
	}
}

func TestEmptyAndHugeTexts(t *testing.T) {
	r := demo(t)
	for _, body := range []string{"", "\n", "！！！", "\xff\xfe", strings.Repeat("举报局长，路灯不亮。", 2000)} {
		r.Decide(letter.Draft{Body: body}, nil, nil)
	}
}

func TestOneRouterServesManyAtOnce(t *testing.T) {
	r := demo(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if p := r.Decide(letter.Draft{Title: "路灯不亮", Body: lamps}, nil, nil); p.Unit != "cgj-sz" {
					t.Errorf("unit %q", p.Unit)
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkDecide(b *testing.B) {
	r := demo(b)
	seg, err := segment.Open(b.TempDir(), r.Words())
	if err != nil {
		b.Fatal(err)
	}
	d := letter.Draft{Title: "路灯不亮", Body: lamps}
	words := seg.Words(d.Title + "\n" + d.Body)
	b.ReportAllocs()
	for b.Loop() {
		r.Decide(d, words, nil)
	}
}
