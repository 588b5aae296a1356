package web_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/testhouse"
	"huiyin/web/page"
)

// looksAt opens addresses and looks at each.
func (v *visitor) looksAt(see look, paths ...string) {
	v.Helper()
	for _, path := range paths {
		v.open(path)
		see(v, path)
	}
}

// unfoldsAll opens every fold of the page, so that what is folded away is looked at too.
func (v *visitor) unfoldsAll() {
	v.Helper()
	v.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("main details").forEach((d) => { d.open = true; })`))
}

// lamps is a letter that goes to the office of the street lights.
func (c *city) lamps(place string) string {
	c.t.Helper()
	return c.Submit(letter.Draft{Kind: letter.Help, Title: storyAt(place).title, Body: storyAt(place).body, Place: place})
}

// takes takes a step in the name of a member.
func (c *city) takes(login, number string, step letter.Step, in casework.Input) {
	c.t.Helper()
	_, err := c.Casework.Take(c.t.Context(), number, step, c.Member(login), in)
	testhouse.Must(c.t, err)
}

// tells delivers to the inboxes what has become due for these letters, the digest and the administrators' reminder.
func (c *city) tells(numbers ...string) {
	c.t.Helper()
	_, err := c.Casework.Sweep(c.t.Context(), c.Now)
	testhouse.Must(c.t, err)
	ladder := &casework.Ladder{Inbox: c.Store, Now: c.Clock, Rules: c.City.Notices, City: c.Rules}
	for _, number := range numbers {
		for _, e := range c.Read(number).Events {
			_, err := ladder.Climb(c.t.Context(), letter.Delivery{Number: number, Seq: e.Seq, Step: e.Step})
			testhouse.Must(c.t, err)
		}
	}
	_, err = ladder.Digest(c.t.Context(), "", c.Now)
	testhouse.Must(c.t, err)
	testhouse.Must(c.t, ladder.NextYear(c.t.Context(), c.Now))
}

// The administrators' pages, and what each of them shows before it saves.
func TestAdministratorsPagesAreAccessible(t *testing.T) {
	browser := openBrowser(t)
	c, h := openCalendar(t, "2026-07-10 10:00")
	c.Answer(c.lamps("柳荫街"), "您好，已修好。", "") // the last quarter has something to count
	c.turn("2026-12-28 10:00")
	c.lamps("梧桐路")
	c.tells()
	see, admin := accessible(t), newMember(t, browser, h, "weiran")
	admin.looksAt(see, "/supervise/routing", "/desk", "/admin", "/admin/calendar", "/admin/calendar?year=2027", "/admin/calendar/hours", "/admin/calendar/orders/new",
		"/admin/policies", "/admin/policies/new", "/admin/policies/hotline", "/admin/profiles/petition", "/admin/profiles/gov_site",
		"/admin/words", "/admin/words/weak", "/admin/words/new")

	text, err := os.ReadFile(notice)
	testhouse.Must(t, err)
	admin.open("/admin/calendar")
	admin.sets("text", string(text))
	admin.press("预览")
	admin.sees("2027 年从未知变为已知")
	admin.unfoldsAll()
	see(admin, "notice-tried")

	admin.open("/admin/policies/hotline")
	admin.sets("amount-sender", "4")
	admin.press("预览")
	admin.sees("上个季度会怎样（2026 年第 3 季度）", "适用这条规则的")
	see(admin, "policy-tried")

	admin.open("/admin/profiles/gov_site")
	admin.press("预览")
	admin.sees("预览：还没有保存")
	see(admin, "profile-tried")

	admin.open("/admin/calendar/hours")
	admin.sets("from-1", "08:30")
	admin.press("预览")
	admin.sees("预览：还没有保存")
	see(admin, "hours-tried")

	admin.open("/admin/calendar/orders/new")
	admin.sets("unit", "cgj")
	admin.sets("off", "2026-12-30 防台风停工")
	admin.sets("source", "澜川市城管局通知")
	admin.press("预览")
	admin.sees("预览：还没有保存", "防台风停工")
	see(admin, "order-tried")
	admin.press("确认，启用这个安排")
	see(admin, "order-kept")
	admin.press("停用")
	admin.sees("停用的安排留档")
	see(admin, "order-end")
}

// A letter that waits for its sender and one for which more time is asked, for everybody who reads them, with every
// limit explained; and the lists and the inbox that lead to them.
func TestPagesOfLimitsAreAccessible(t *testing.T) {
	browser := openBrowser(t)
	c, h := openCalendar(t, "2026-10-09 10:30")
	paused, asked, shared := c.lamps("柳荫街"), c.lamps("梧桐路"), c.lamps("槐树巷")
	c.turn("2026-10-10 10:00") // a make-up Saturday
	for _, number := range []string{paused, asked, shared} {
		c.takes("lina", number, letter.Acceptance, casework.Input{})
	}
	c.takes("lina", paused, letter.SupplementRequest, casework.Input{Text: "请告诉我们灭的是哪一段。"})
	c.takes("lina", asked, letter.ExtensionRequest, casework.Input{Reason: "works", Until: "2026-10-23", Text: "要换电缆。"})
	c.takes("lina", shared, letter.Part, casework.Input{Unit: "zjj", Text: "请查小区道路归谁管。"})
	c.turn("2026-10-15 10:00")
	c.tells(paused, asked, shared)

	see := accessible(t)
	opened := func(v *visitor, path string) {
		v.Helper()
		v.open(path)
		v.unfoldsAll()
		see(v, path)
	}
	handler := newMember(t, browser, h, "lina")
	handler.looksAt(see, "/desk", "/desk/parts")
	opened(handler, "/desk/letters/"+paused)
	opened(handler, "/desk/letters/"+shared)
	newMember(t, browser, h, "sunlei").looksAt(see, "/desk", "/desk/parts")
	supervisor := newMember(t, browser, h, "luoming")
	supervisor.looksAt(see, "/desk", "/desk/extensions", "/supervise", "/supervise/letters", "/supervise/topics", "/supervise/searches")
	opened(supervisor, "/desk/letters/"+asked)
	for _, number := range []string{paused, asked} {
		v := newVisitor(t, browser, h, page.English)
		v.open("/follow?lang=en")
		v.fill("number", number)
		v.fill("code", c.code(number))
		v.press("查看")
		v.sees("怎么算的")
		v.unfoldsAll()
		see(v, "follow "+number)
	}
}
