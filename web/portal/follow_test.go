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
	c := newCity(t)
	number := c.browser().send(streetlight)
	b := c.browser() // another computer
	if page := b.Get("/follow/" + number); page.Status != 303 || page.Location != "/follow" {
		t.Fatalf("without a code: %d %s", page.Status, page.Location)
	}
	spaced := number[:6] + " " + number[6:]
	page := b.Post("/follow", login(spaced, c.code(number))).Want(t, 303)
	if page.Location != "/follow/"+number || strings.Contains(page.Location, c.code(number)) {
		t.Fatalf("redirected to %s", page.Location)
	}
	b.Get("/follow/"+number).Want(t, 200, "文昌街路灯不亮", "老人走路容易摔倒", "派单", "怎么算的")
	c.Now = c.Now.Add(31 * time.Minute)
	b.Get("/follow/"+number).Want(t, 303)
}

func TestPassOpensNoOtherLetter(t *testing.T) {
	c := newCity(t)
	a, b := c.browser(), c.browser()
	own, other := a.send(streetlight), b.send(streetlight)
	a.Get("/follow/"+own).Want(t, 200)
	a.Get("/follow/"+other).Want(t, 303)
	a.Get("/follow/"+other+"/receipt").Want(t, 303)
	a.Post("/follow/"+other+"/withdrawal", url.Values{}).Want(t, 303)
	if l, err := c.Store.Letter(t.Context(), other); err != nil || l.State == letter.Withdrawn {
		t.Errorf("a stranger withdrew it: %v", err)
	}
	a.Post("/follow/"+own+"/departure", url.Values{}).Want(t, 303)
	a.Get("/follow/"+own).Want(t, 303)
}

// Unknown number and wrong code must look the same; five wrong codes lock the
// number, also for the right code, for fifteen minutes.
func TestWrongCodesLockTheNumber(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	number := b.send(streetlight)
	wrong := "918273"
	if wrong == c.code(number) {
		wrong = "918274"
	}
	known := b.Post("/follow", login(number, wrong)).Want(t, 400, "编号和查询码对不上", number)
	unknown := b.Post("/follow", login(letter.NewNumber(c.Now, 77), wrong)).Want(t, 400, "编号和查询码对不上")
	if strings.ReplaceAll(known.Text, number, "") != strings.ReplaceAll(unknown.Text, letter.NewNumber(c.Now, 77), "") {
		t.Error("the answers differ")
	}
	for range 4 {
		b.Post("/follow", login(number, wrong)).Want(t, 400).Lacks(t, wrong)
	}
	b.Post("/follow", login(number, c.code(number))).Want(t, 429, "15 分钟")
}

// One letter of one's own is no key to guess at others with: a right code does
// not clear the address.
func TestTwentyWrongCodesLockTheAddress(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	number := b.send(streetlight)
	for i := range 20 {
		b.Post("/follow", login(letter.NewNumber(c.Now, 100+i), "123456")).Want(t, 400)
		if i < 19 {
			b.Post("/follow", login(number, c.code(number))).Want(t, 303)
		}
	}
	b.Post("/follow", login(number, c.code(number))).Want(t, 429)
}

func TestBadNumberIsNamedAndKept(t *testing.T) {
	c := newCity(t)
	for _, typed := range []string{"", "123", "2611230000001x", "'; DROP", "\x00", "\xff"} {
		c.browser().Post("/follow", login(typed, "123456")).Want(t, 400, "编号不对")
	}
}

func TestSenderRatesOnceAndTwoQuestionsApart(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		b := c.browser()
		number := b.send(streetlight)
		b.Get("/follow/"+number).Want(t, 200, "撤回这封信").Lacks(t, "请您评价", "补充情况", "不同意这个决定")
		c.Answer(number, "三盏路灯已于当晚修好。", "")
		b.Get("/follow/"+number).Want(t, 200, "三盏路灯已于当晚修好。", "请您评价").Lacks(t, "撤回这封信")

		b.Post("/follow/"+number+"/rating", url.Values{"satisfied": {"2"}, "text": {"等得太久"}}).
			Want(t, 400, "等得太久", `value="2" checked`, "请选择是否解决")
		b.Post("/follow/"+number+"/rating", url.Values{"solved": {"yes"}, "satisfied": {"2"}, "text": {"等得太久"}}).Want(t, 303)
		l := c.Read(number)
		if l.Solved == nil || !*l.Solved || l.Satisfied != 2 || l.State != letter.Closed {
			t.Errorf("rated %v %d, %s", l.Solved, l.Satisfied, l.State)
		}
		b.Get("/follow/"+number).Want(t, 200, "评价已收到").Lacks(t, "请您评价")
		b.Post("/follow/"+number+"/rating", url.Values{"solved": {"no"}, "satisfied": {"1"}}).Want(t, 422, "您已经评价过")
	})
}

func TestSenderSupplementsWithdrawsAndObjects(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		b := c.browser()
		number := b.send(streetlight)
		c.Take(number, letter.SupplementRequest, casework.Input{Text: "请问是哪三盏？"})
		b.Get("/follow/"+number).Want(t, 200, "补充情况", "请问是哪三盏？", "暂停计时")
		b.Post("/follow/"+number+"/supplement", url.Values{"text": {" "}}).Want(t, 400)
		b.Post("/follow/"+number+"/supplement", url.Values{"text": {"农行门口的三盏。"}}).Want(t, 303)
		b.Get("/follow/"+number).Want(t, 200, "农行门口的三盏。").Lacks(t, "补充的情况，见下面")
		b.Post("/follow/"+number+"/withdrawal", url.Values{}).Want(t, 303)
		b.Get("/follow/"+number).Want(t, 200, "已撤回").Lacks(t, "撤回这封信")
		b.Post("/follow/"+number+"/supplement", url.Values{"text": {"再补充"}}).Want(t, 422, "不能进行")
		b.Post("/follow/"+number+"/approval", url.Values{"text": {"我自己签发"}}).Want(t, 404)

		number = b.send(with(streetlight, "title", "请问", "body", "有件事想请领导关心一下，谢谢你们。", "place", ""))
		c.Take(number, letter.Refusal, casework.Input{Reason: "no_concrete_content", Text: "没有具体内容。"})
		c.Take(number, letter.RefusalApproval, casework.Input{})
		b.Get("/follow/"+number).Want(t, 200, "不同意这个决定", "没有具体内容。")
		b.Post("/follow/"+number+"/refusal-objection", url.Values{"text": {"内容很具体，请再看。"}}).Want(t, 303)
		b.Get("/follow/"+number).Want(t, 200, "已收到").Lacks(t, "不同意这个决定")
	})
}

// The sender sees what was written to him and nothing that was written for the desk.
func TestFollowPageShowsNoNotesOfTheDesk(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	number := b.send(streetlight)
	c.Take(number, letter.Acceptance, casework.Input{})
	c.Take(number, letter.DraftReply, casework.Input{Text: "草稿还没有签发。", Note: "内部情况说明。"})
	b.Get("/follow/"+number).Want(t, 200).Lacks(t, "草稿还没有签发", "内部情况说明", "李娜", "lina", "renyuan")
}

// What the sender is told of more time: the new date with its days, and the reason
// written for him; nothing that the unit wrote to the supervisor.
func TestSenderIsToldOfMoreTimeAndWhy(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	number := b.send(streetlight)
	c.Take(number, letter.Acceptance, casework.Input{})
	c.Take(number, letter.FirstContact, casework.Input{Text: "电话没人接。"})
	due, _ := c.Read(number).Clock(letter.SenderClock)
	until := due.Due.AddDate(0, 0, 7)
	c.Take(number, letter.ExtensionRequest, casework.Input{Reason: "works", Until: until.Format(time.DateOnly), Text: "队里人手不够。"})
	b.Get("/follow/"+number).Want(t, 200, "承办单位已登记就您的来信与您联系。").Lacks(t, "人手", "没人接", "申请延期")
	c.Take(number, letter.ExtensionApproval, casework.Input{Text: "灯杆要重新浇基础。"})
	day := until.In(c.City.Zone()).Format("2006年1月2日")
	b.Get("/follow/"+number).Want(t, 200, "延长期限", "办理期限延长了。", "新的答复期限："+day, "灯杆要重新浇基础。", "批准延期").Lacks(t, "人手", "同意延期")
	b.Get("/follow/"+number+"?lang=en").Want(t, 200, "Your letter has been given more time.", "More time was granted until")
}

// A legal reason is a break in the sender's calendar, with its words.
func TestSuspensionIsABreakInTheSendersCalendar(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	number := b.send(streetlight)
	c.Take(number, letter.Acceptance, casework.Input{})
	c.Take(number, letter.Suspension, casework.Input{Reason: "testing", Text: "灯杆送检，约三天。"})
	b.Get("/follow/"+number).Want(t, 200, "暂停计时", "中止计时", "灯杆送检，约三天。", "检测，暂停计算")
	c.Now = c.Now.AddDate(0, 0, 3)
	c.Take(number, letter.Resumption, casework.Input{Text: "检测合格。"})
	b.Post("/follow", login(number, c.code(number))).Want(t, 303)
	b.Get("/follow/"+number).Want(t, 200, "恢复计时", "检测合格。", "检测，暂停计算")
	b.Get("/follow/"+number+"?lang=en").Want(t, 200, "paused for testing")
}
