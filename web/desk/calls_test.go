package desk_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"huiyin/internal/letter"
)

var shownNumber = regexp.MustCompile(`/desk/letters/(\d{14})`)

// The operator sees the caller's earlier letters and similar answers while he
// talks, files the order and reads out number and code.
func TestAnOrderIsTypedWhileTheCallerTalks(t *testing.T) {
	o := open(t)
	old := o.published(lamps, "三盏路灯已经修好。")
	operator := o.as("duanwei")
	operator.sees("/desk/calls/new?caller=139+0000+1137", "梧桐路三盏路灯不亮", `value="139 0000 1137"`)
	r := operator.send("POST", "/desk/calls/similar", url.Values{"body": {"梧桐路路灯又不亮"}})
	if r.status != http.StatusOK || !strings.Contains(r.text, "/published/"+old) || !strings.Contains(r.text, "三盏路灯已经修好。") || strings.Contains(r.text, "<html") {
		t.Errorf("similar answers: %d %s", r.status, r.text)
	}
	form := url.Values{"body": {"建设路路灯不亮。"}, "phone": {"139 0000 1137"}, "caller": {"139 0000 1137"}, "publish": {"1"}, "once": {"a"}, "do": {"submit"}}
	r = operator.send("POST", "/desk/calls/new", form)
	if r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, main(r.text))
	}
	number := shownNumber.FindStringSubmatch(r.text)[1]
	code := o.vault.QueryCode(number, 1)
	if !strings.Contains(r.text, code[:3]+" "+code[3:]) {
		t.Error("the query code is not shown")
	}
	l := o.read(number)
	if l.Channel != letter.Hotline || l.Operator != "duanwei" || l.Unit == "" || l.Events[0].Actor.Member != "duanwei" {
		t.Errorf("%q %q %q", l.Channel, l.Operator, l.Unit)
	}
	if again := operator.send("POST", "/desk/calls/new", form); !strings.Contains(again.text, number) {
		t.Error("pressing twice makes two letters")
	}
}

// Most calls end with an answer and no order.
func TestACallIsAnsweredAtOnce(t *testing.T) {
	o := open(t)
	operator := o.as("duanwei")
	form := url.Values{"body": {"梧桐路路灯不亮归谁管，电话是多少？"}, "phone": {"13900001137"}, "do": {"answer"}, "answer": {""}, "once": {"a"}}
	r := operator.send("POST", "/desk/calls/new", form)
	if r.status != http.StatusBadRequest || !strings.Contains(r.text, "请写下您在电话里的答复。") || !strings.Contains(r.text, "梧桐路路灯不亮归谁管，电话是多少？</textarea>") {
		t.Errorf("without an answer: %d", r.status)
	}
	form.Set("answer", "归市政设施管理所管，电话 12345 转。")
	r = operator.send("POST", "/desk/calls/new", form)
	if r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, main(r.text))
	}
	l := o.read(shownNumber.FindStringSubmatch(r.text)[1])
	if l.State != letter.Answered || l.Reply.Text != "归市政设施管理所管，电话 12345 转。" || l.Unit != "" || l.Figures.DueAt.IsZero() {
		t.Errorf("%q %q %q", l.State, l.Reply.Text, l.Unit)
	}
	for _, clock := range l.Clocks {
		if clock.Running() && (clock.Name == letter.SenderClock || clock.Name == letter.UnitClock) {
			t.Errorf("clock %s runs on", clock.Name)
		}
	}
}

// What needs the person in charge cannot be answered away on the telephone.
func TestADangerousCallIsNotAnsweredAway(t *testing.T) {
	o := open(t)
	operator := o.as("duanwei")
	form := url.Values{"body": {danger.Body}, "do": {"answer"}, "answer": {"请冷静。"}, "once": {"a"}}
	r := operator.send("POST", "/desk/calls/new", form)
	if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.text, "须由专人处理") || !strings.Contains(r.text, "请冷静。</textarea>") {
		t.Errorf("%d %s", r.status, main(r.text))
	}
	form.Set("do", "submit")
	if r := operator.send("POST", "/desk/calls/new", form); r.status != http.StatusOK || !strings.Contains(r.text, "已交专人处理") {
		t.Errorf("submitted: %d", r.status)
	}
}
