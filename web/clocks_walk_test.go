package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"huiyin/citypack"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/web/page"
)

// notice is the notice of a year that nobody has announced, invented for the demonstration.
const notice = "../docs/examples/notice-2027-made-up.yaml"

// openCalendar is a city whose rules are rows, so that its administrator may change them. Its time stands still.
func openCalendar(t *testing.T, now string) (*city, house) {
	t.Helper()
	c := &city{House: testhouse.New(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db"))), t: t}
	items, err := c.City.Pack.Items()
	testhouse.Must(t, err)
	testhouse.Must(t, c.Store.PutCityItems(t.Context(), items, c.Now.AddDate(-1, 0, 0)))
	c.turn(now)
	c.serve(c.readRules)
	h := house{address: c.address, passwords: map[string]string{}}
	for _, m := range c.City.Pack.Staff {
		h.passwords[m.Login] = sealedPassword
	}
	return c, h
}

// turn sets the city's clock.
func (c *city) turn(now string) {
	c.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", now, c.City.Zone())
	testhouse.Must(c.t, err)
	c.Now = at
}

// readRules puts the rows in force into force, as the serving process does.
func (c *city) readRules(ctx context.Context) error {
	items, err := c.Store.CityItems(ctx, c.Now)
	if err != nil {
		return err
	}
	pack, err := citypack.FromItems(items)
	if err != nil {
		return err
	}
	pack.Staff = c.City.Pack.Staff // rows hold no members
	city, err := pack.Snapshot(c.City.Zone(), c.Now.Format(time.RFC3339))
	if err == nil {
		c.City = city
	}
	return err
}

// redates brings the open letters to the rules in force, as the scheduled task does.
func (c *city) redates() {
	c.t.Helper()
	r := casework.Redater{Letters: c.Store, Progress: c.Store, City: c.Rules, Now: c.Clock, Me: "test"}
	_, err := r.Run(c.t.Context())
	testhouse.Must(c.t, err)
}

// sets puts a value into a field or chooses from a list.
func (v *visitor) sets(id, value string) {
	v.Helper()
	text, err := json.Marshal(value)
	testhouse.Must(v.T, err)
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`document.getElementById(%q).value = %s`, id, text)))
		return err
	}))
}

// unfolds opens the form of a step.
func (v *visitor) unfolds(step letter.Step) {
	v.Helper()
	v.does(fmt.Sprintf(`details:has(form[action*="/%s"]) > summary`, step))
}

// explains opens "怎么算的" of the answer's limit on the sender's page.
func (v *visitor) explains() { v.Helper(); v.does(".track .how summary") }

// A resident's letter of the Friday before a make-up Saturday, from receipt through pause and extension: what the
// handler does, what the supervisor grants, what the sender reads.
func TestTheSenderReadsHowPauseAndExtensionMoveHisDate(t *testing.T) {
	browser := openBrowser(t)
	c, h := openCalendar(t, "2026-10-09 10:30")
	s := storyAt("书院路")
	resident := newVisitor(t, browser, h, page.Chinese)
	s.writes(resident, unseen)
	r := s.submits(resident, unseen)
	s.follows(resident, r, unseen)
	resident.sees("2026年10月15日（周四）", "调休上班", "第 5 天", "民法典第二百零一条第一款", "适用“一般来信”", "日历版本 "+c.City.Clocks.Calendar.Version())

	handler := newMember(t, browser, h, "lina")
	handler.press(s.title)
	handler.press("签收")
	handler.sees("各项期限", "单位办理期限", "已经结束的期限：1 项", "调休上班", "答复到期在先，阶段答复不另行催办。")
	c.turn("2026-10-12 15:00")
	handler.unfolds(letter.SupplementRequest)
	handler.fill("supplement-text", "请告诉我们灭的是哪一段。")
	handler.press("发给来信人")
	handler.sees("等待写信人补充，暂停计算", "最迟到2026年10月26日（周一）。", "暂停计时")
	see := accessible(t)
	see(handler, "desk-clocks")

	s.follows(resident, r, unseen)
	resident.sees("暂停计时", "2026年10月29日（周四）", "等待写信人补充，暂停计算", "暂停的整天不算。", "请告诉我们灭的是哪一段。")
	c.turn("2026-10-15 09:00")
	s.follows(resident, r, unseen) // half an hour is over, the page asks for the code again
	resident.fill("supplement-text", "南段全灭。")
	resident.press("提交补充")
	resident.explains()
	resident.sees("2026年10月19日（周一）", "至2026年10月15日（周四） 09:00：等待写信人补充，暂停计算", "第 5 天")

	handler = newMember(t, browser, h, "lina")
	handler.press(s.title)
	handler.unfolds(letter.ExtensionRequest)
	handler.sets("extension-reason", "works")
	handler.sets("extension-until", "2026-10-23")
	handler.fill("extension-text", "要换电缆。")
	handler.press("申请延期")
	s.follows(resident, r, unseen)
	resident.sees("2026年10月19日（周一）")
	resident.misses("要换电缆")

	supervisor := newMember(t, browser, h, "luoming")
	supervisor.open("/desk/extensions")
	supervisor.press(s.title)
	supervisor.sees("申请延期到 2026年10月23日（周五）")
	supervisor.press("同意延期")
	s.follows(resident, r, unseen)
	resident.sees("办理期限延长了。", "新的答复期限：2026年10月23日（周五）", "需要现场施工或者采购材料，原定期限内办不完", "已批准延期到2026年10月23日（周五）")
	see(resident, "letter-extended")

	english := newVisitor(t, browser, h, page.English).withoutScripts()
	s.follows(english, r, unseen)
	english.sees("Fri 23 October 2026", "More time was granted until", "paused, waiting for the sender", "make-up day")
}

// An administrator imports the notice of a year that was not announced: the provisional date moves, becomes firm, and
// both dates stay in the history.
func TestAnImportedNoticeMovesProvisionalDates(t *testing.T) {
	browser := openBrowser(t)
	c, h := openCalendar(t, "2026-12-28 10:00")
	s := storyAt("桂花巷")
	resident := newVisitor(t, browser, h, page.Chinese)
	s.writes(resident, unseen)
	r := s.submits(resident, unseen)
	s.follows(resident, r, unseen)
	resident.sees("2027年1月4日（周一）", "期限所在年份的放假安排还没有公布")

	text, err := os.ReadFile(notice)
	testhouse.Must(t, err)
	admin := newMember(t, browser, h, "weiran")
	admin.open("/admin/calendar")
	admin.sees("2027 年的放假安排还不知道")
	admin.sets("text", string(text))
	admin.press("预览")
	admin.sees("虚构示例，不是真实通知", "元旦放假", "2027 年从未知变为已知")
	s.follows(resident, r, unseen)
	resident.sees("2027年1月4日（周一）") // a preview saves nothing
	admin.press("确认，启用 2027 年的安排")
	admin.sees("虚构示例，不是真实通知")
	c.redates()

	s.follows(resident, r, unseen)
	resident.sees("2027年1月5日（周二）", "元旦放假", "重算时限", "放假安排或者时限规则有变", "新的答复期限：2027年1月5日（周二）（此前告知：2027年1月4日（周一））", "日历版本 2027-")
	resident.misses("还没有公布")
	handler := newMember(t, browser, h, "lina")
	handler.press(s.title)
	handler.sees("重算时限", "对来信人的期限 · 原 2027年1月4日（周一） → 重算 2027年1月5日（周二）", "日历版本 2027-")
	handler.misses("暂定")
}
