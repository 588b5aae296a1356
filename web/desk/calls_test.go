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
	each(t, func(t *testing.T, o *office) {
		old := o.published(lamps, "三盏路灯已经修好。")
		operator := o.as("duanwei")
		operator.sees("/desk/calls/new?caller=139+0000+1137", "梧桐路三盏路灯不亮", `value="139 0000 1137"`)
		r := operator.Post("/desk/calls/similar", url.Values{"body": {"梧桐路路灯又不亮"}})
		if r.Status != http.StatusOK || !strings.Contains(r.Text, "/published/"+old) || !strings.Contains(r.Text, "三盏路灯已经修好。") || strings.Contains(r.Text, "<html") {
			t.Errorf("similar answers: %d %s", r.Status, r.Text)
		}
		r = operator.Post("/desk/calls/similar", url.Values{"body": {"来电人说翠竹路路灯连着三天不亮，晚上不敢走，希望尽快修。"}})
		if !strings.Contains(r.Text, "/published/"+old) {
			t.Errorf("a whole story finds nothing: %s", r.Text)
		}
		form := url.Values{"body": {"建设路路灯不亮。"}, "phone": {"139 0000 1137"}, "caller": {"139 0000 1137"}, "publish": {"1"}, "once": {"a"}, "do": {"submit"}}
		r = operator.Post("/desk/calls/new", form)
		r.Want(t, http.StatusOK)
		number := shownNumber.FindStringSubmatch(r.Text)[1]
		code := o.Vault.QueryCode(number, 1)
		if !strings.Contains(r.Text, code[:3]+" "+code[3:]) {
			t.Error("the query code is not shown")
		}
		l := o.Read(number)
		if l.Channel != letter.Hotline || l.Operator != "duanwei" || l.Unit == "" || l.Events[0].Actor.Member != "duanwei" {
			t.Errorf("%q %q %q", l.Channel, l.Operator, l.Unit)
		}
		if again := operator.Post("/desk/calls/new", form); !strings.Contains(again.Text, number) {
			t.Error("pressing twice makes two letters")
		}
	})
}

// Most calls end with an answer and no order.
func TestACallIsAnsweredAtOnce(t *testing.T) {
	o := open(t)
	operator := o.as("duanwei")
	form := url.Values{"body": {"梧桐路路灯不亮归谁管，电话是多少？"}, "phone": {"13900001137"}, "do": {"answer"}, "answer": {""}, "once": {"a"}}
	r := operator.Post("/desk/calls/new", form)
	r.Want(t, http.StatusBadRequest, "请写下您在电话里的答复。", "梧桐路路灯不亮归谁管，电话是多少？</textarea>")
	form.Set("answer", "归市政设施管理所管，电话 12345 转。")
	r = operator.Post("/desk/calls/new", form)
	r.Want(t, http.StatusOK)
	l := o.Read(shownNumber.FindStringSubmatch(r.Text)[1])
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
	r := operator.Post("/desk/calls/new", form)
	r.Want(t, http.StatusUnprocessableEntity, "须由专人处理", "请冷静。</textarea>")
	form.Set("do", "submit")
	operator.Post("/desk/calls/new", form).Want(t, http.StatusOK, "已交专人处理")
}
