package portal_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

func login(number, code string) url.Values { return url.Values{"number": {number}, "code": {code}} }

func TestNumberAndCodeOpenTheLetterForHalfAnHour(t *testing.T) {
	c := newCity(t, nil)
	number := c.browser().send(streetlight)
	b := c.browser() // another computer
	if page := b.get("/follow/" + number); page.status != 303 || page.location != "/follow" {
		t.Fatalf("without a code: %d %s", page.status, page.location)
	}
	spaced := number[:6] + " " + number[6:]
	page := b.post("/follow", login(spaced, c.code(number))).want(t, 303)
	if page.location != "/follow/"+number || strings.Contains(page.location, c.code(number)) {
		t.Fatalf("redirected to %s", page.location)
	}
	b.get("/follow/"+number).want(t, 200, "文昌街路灯不亮", "老人走路容易摔倒", "派单", "怎么算的")
	c.now = c.now.Add(31 * time.Minute)
	b.get("/follow/"+number).want(t, 303)
}

func TestPassOpensNoOtherLetter(t *testing.T) {
	c := newCity(t, nil)
	a, b := c.browser(), c.browser()
	own, other := a.send(streetlight), b.send(streetlight)
	a.get("/follow/"+own).want(t, 200)
	a.get("/follow/"+other).want(t, 303)
	a.get("/follow/"+other+"/receipt").want(t, 303)
	a.post("/follow/"+other+"/withdrawal", url.Values{}).want(t, 303)
	if l, err := c.Store.Letter(t.Context(), other); err != nil || l.State == letter.Withdrawn {
		t.Errorf("a stranger withdrew it: %v", err)
	}
	a.post("/follow/"+own+"/departure", url.Values{}).want(t, 303)
	a.get("/follow/"+own).want(t, 303)
}

// Unknown number and wrong code must look the same; five wrong codes lock the
// number, also for the right code, for fifteen minutes.
func TestWrongCodesLockTheNumber(t *testing.T) {
	c := newCity(t, nil)
	b := c.browser()
	number := b.send(streetlight)
	wrong := "918273"
	if wrong == c.code(number) {
		wrong = "918274"
	}
	known := b.post("/follow", login(number, wrong)).want(t, 400, "编号和查询码对不上", number)
	unknown := b.post("/follow", login(letter.NewNumber(monday, 77), wrong)).want(t, 400, "编号和查询码对不上")
	if strings.ReplaceAll(known.html, number, "") != strings.ReplaceAll(unknown.html, letter.NewNumber(monday, 77), "") {
		t.Error("the answers differ")
	}
	for range 4 {
		b.post("/follow", login(number, wrong)).want(t, 400).lacks(t, wrong)
	}
	b.post("/follow", login(number, c.code(number))).want(t, 429, "15 分钟")
}

// One letter of one's own is no key to guess at others with: a right code does
// not clear the address.
func TestTwentyWrongCodesLockTheAddress(t *testing.T) {
	c := newCity(t, nil)
	b := c.browser()
	number := b.send(streetlight)
	for i := range 20 {
		b.post("/follow", login(letter.NewNumber(monday, 100+i), "123456")).want(t, 400)
		if i < 19 {
			b.post("/follow", login(number, c.code(number))).want(t, 303)
		}
	}
	b.post("/follow", login(number, c.code(number))).want(t, 429)
}

func TestBadNumberIsNamedAndKept(t *testing.T) {
	c := newCity(t, nil)
	for _, typed := range []string{"", "123", "2611230000001x", "'; DROP", "\x00", "\xff"} {
		c.browser().post("/follow", login(typed, "123456")).want(t, 400, "编号不对")
	}
}

func TestSenderRatesOnceAndTwoQuestionsApart(t *testing.T) {
	c := newCity(t, nil)
	b := c.browser()
	number := b.send(streetlight)
	b.get("/follow/"+number).want(t, 200, "撤回这封信").lacks(t, "请您评价", "补充情况", "不同意这个决定")
	c.answered(number, "三盏路灯已于当晚修好。")
	b.get("/follow/"+number).want(t, 200, "三盏路灯已于当晚修好。", "请您评价").lacks(t, "撤回这封信")

	b.post("/follow/"+number+"/rating", url.Values{"satisfied": {"2"}, "text": {"等得太久"}}).
		want(t, 400, "等得太久", `value="2" checked`, "请选择是否解决")
	b.post("/follow/"+number+"/rating", url.Values{"solved": {"yes"}, "satisfied": {"2"}, "text": {"等得太久"}}).want(t, 303)
	l, err := c.Store.Letter(t.Context(), number)
	must(t, err)
	if l.Solved == nil || !*l.Solved || l.Satisfied != 2 || l.State != letter.Closed {
		t.Errorf("rated %v %d, %s", l.Solved, l.Satisfied, l.State)
	}
	b.get("/follow/"+number).want(t, 200, "评价已收到").lacks(t, "请您评价")
	b.post("/follow/"+number+"/rating", url.Values{"solved": {"no"}, "satisfied": {"1"}}).want(t, 422, "您已经评价过")
}

func TestSenderSupplementsWithdrawsAndObjects(t *testing.T) {
	c := newCity(t, nil)
	b := c.browser()
	number := b.send(streetlight)
	c.take(number, letter.SupplementRequest, casework.Input{Text: "请问是哪三盏？"})
	b.get("/follow/"+number).want(t, 200, "补充情况", "请问是哪三盏？", "暂停计时")
	b.post("/follow/"+number+"/supplement", url.Values{"text": {" "}}).want(t, 400)
	b.post("/follow/"+number+"/supplement", url.Values{"text": {"农行门口的三盏。"}}).want(t, 303)
	b.get("/follow/"+number).want(t, 200, "农行门口的三盏。").lacks(t, "补充的情况，见下面")
	b.post("/follow/"+number+"/withdrawal", url.Values{}).want(t, 303)
	b.get("/follow/"+number).want(t, 200, "已撤回").lacks(t, "撤回这封信")
	b.post("/follow/"+number+"/supplement", url.Values{"text": {"再补充"}}).want(t, 422, "不能进行")
	b.post("/follow/"+number+"/approval", url.Values{"text": {"我自己签发"}}).want(t, 404)

	number = b.send(with(streetlight, "title", "请问", "body", "有件事想请领导关心一下，谢谢你们。", "place", ""))
	c.take(number, letter.Refusal, casework.Input{Reason: "no_concrete_content", Text: "没有具体内容。"})
	l, err := c.Store.Letter(t.Context(), number)
	must(t, err)
	second := c.snap.Cast(letter.RefusalApproval, l.Unit, l.Guard, l.Refuser)
	_, err = c.Casework.Take(t.Context(), number, letter.RefusalApproval, second, casework.Input{})
	must(t, err)
	b.get("/follow/"+number).want(t, 200, "不同意这个决定", "没有具体内容。")
	b.post("/follow/"+number+"/refusal-objection", url.Values{"text": {"内容很具体，请再看。"}}).want(t, 303)
	b.get("/follow/"+number).want(t, 200, "已收到").lacks(t, "不同意这个决定")
}

// The sender sees what was written to him and nothing that was written for the desk.
func TestFollowPageShowsNoNotesOfTheDesk(t *testing.T) {
	c := newCity(t, nil)
	b := c.browser()
	number := b.send(streetlight)
	c.take(number, letter.Acceptance, casework.Input{})
	c.take(number, letter.DraftReply, casework.Input{Text: "草稿还没有签发。", Note: "内部情况说明。"})
	b.get("/follow/"+number).want(t, 200).lacks(t, "草稿还没有签发", "内部情况说明", "李娜", "lina", "renyuan")
}
