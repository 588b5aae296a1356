package web_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"huiyin/web/page"
)

// story is one letter about street lights on its way through the house, in words that nobody else has written.
type story struct {
	place, title, body, phone, answer string
}

func storyAt(place string) story {
	return story{
		place: place,
		title: place + "的路灯不亮",
		body: place + "一带的路灯从上周三起整段不亮，晚上老人和放学的孩子看不清路，已经有人摔倒。" +
			"请尽快派人检修。要核实情况可以打我电话13912345678。",
		phone:  "13912345678",
		answer: "您好，您反映的" + place + "路灯不亮，经查是地下电缆接头烧坏。我所已更换电缆，路灯当晚恢复照明，并把这一段列入每周夜间巡查。感谢您的来信。",
	}
}

type receipt struct{ number, code string }

var (
	dueDate = map[page.Language]*regexp.Regexp{
		page.Chinese: regexp.MustCompile(`\d{4}年\d{1,2}月\d{1,2}日（周.）`),
		page.English: regexp.MustCompile(`\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}`),
	}
	digits = regexp.MustCompile(`\D`)
)

// look is called on each page of a walk with the page's name.
type look func(v *visitor, name string)

// writes takes a resident from the empty form to the receipt.
func (s story) writes(v *visitor, see look) {
	v.Helper()
	v.open("/?lang=" + string(v.lang))
	v.sees("查进度", "最新答复", "参与")
	see(v, "home")
	v.press("写信")
	v.sees("事情在哪里", "怎样联系您")
	see(v, "write")
	v.fill("title", s.title)
	v.fill("body", s.body)
	v.fill("place", s.place)
	v.does("[name=publish]")
}

// submits sends the letter and reads number and code.
func (s story) submits(v *visitor, see look) receipt {
	v.Helper()
	v.press("提交")
	v.sees("收到了。请记下编号和查询码。", "信去了哪里", "路灯", "怎么算的", "收到当天不计")
	r := receipt{digits.ReplaceAllString(v.text("dd.number"), ""), strings.TrimSpace(v.text("dd.code"))}
	if len(r.number) != 14 || len(r.code) != 6 {
		v.Fatalf("number %q and code %q on the receipt", r.number, r.code)
	}
	if due := v.text(".due .by"); !dueDate[v.lang].MatchString(due) {
		v.Fatalf("the receipt promises %q, which is no date", due)
	}
	see(v, "receipt")
	return r
}

// follows looks a letter up by number and code.
func (s story) follows(v *visitor, r receipt, see look) {
	v.Helper()
	v.open("/follow?lang=" + string(v.lang))
	see(v, "follow")
	v.fill("number", r.number)
	v.fill("code", r.code)
	v.press("查看")
	v.sees(s.title, "经过")
	v.misses(v.t("收到当天不计"))
	v.does(".how summary")
	v.sees("收到当天不计")
}

// walk is the whole path: written, handled, reviewed, published, rated, found.
func walk(t *testing.T, browser context.Context, h house, s story, see look) {
	resident := newVisitor(t, browser, h, page.Chinese)
	s.writes(resident, see)
	resident.sees("交给：", "市政设施管理所") // guessed while he still types
	see(resident, "write-filled")
	r := s.submits(resident, see)
	resident.sees("城市管理局市政设施管理所", "因为信里写到：", "答复期限")
	s.follows(resident, r, see)
	resident.sees("待签收", "您写的信")
	see(resident, "letter-assigned")

	handler := newMember(t, browser, h, "lina")
	handler.sees("本单位来信")
	see(handler, "desk-queue")
	handler.press(s.title)
	handler.sees("来信人", s.place, "现在可以", "签收")
	see(handler, "desk-letter-assigned")
	handler.press("签收")
	handler.fill("draft-text", s.answer)
	see(handler, "desk-letter-draft")
	handler.press("送审")
	see(handler, "desk-letter-sent")

	reviewer := newMember(t, browser, h, "chenbo")
	reviewer.open("/desk/review")
	see(reviewer, "desk-review")
	reviewer.press(s.title)
	reviewer.sees("已经有人摔倒", "更换电缆", "签发")
	see(reviewer, "desk-letter-review")
	reviewer.press("签发")
	reviewer.open("/desk/publication")
	see(reviewer, "desk-publication")
	reviewer.press(s.title)
	reviewer.sees("公开文本")
	see(reviewer, "desk-letter-publication")
	reviewer.press("公开")

	s.follows(resident, r, look(func(*visitor, string) {}))
	resident.sees("更换电缆", "请您评价")
	see(resident, "letter-answered")
	resident.does("[name=solved][value=yes]")
	resident.does("[name=satisfied][value='5']")
	resident.press("提交评价")
	resident.sees("评价已收到，谢谢您。")
	see(resident, "letter-rated")

	s.isFound(newVisitor(t, browser, h, page.Chinese), see)
}

// isFound is the next resident, who asks before writing.
func (s story) isFound(v *visitor, see look) {
	v.Helper()
	v.soon(s.title+" among the results", func() bool { // the index is fed by events, a moment later
		v.open("/published?lang=zh&q=路灯")
		return strings.Contains(v.text("main"), s.title)
	})
	see(v, "search")
	v.press(s.title)
	v.sees("更换电缆", "答复单位")
	v.misses(s.phone)
	see(v, "published")
}
