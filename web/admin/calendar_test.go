package admin_test

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// madeUp is an invented notice on 2027, in our own form. The 4th of January is a Monday.
const madeUp = `year: 2027
source: 虚构的 2027 年放假安排，仅用于测试
announced: "2026-12-01"
off:
  - {date: "2027-01-01", name: 元旦}
  - {date: "2027-01-04", name: 元旦}
work:
  - {date: "2027-01-09", name: 元旦}
`

// hiddenOf reads a hidden field of a page.
func hiddenOf(pattern *regexp.Regexp, text string) string {
	if m := pattern.FindStringSubmatch(text); m != nil {
		return html.UnescapeString(m[1])
	}
	return ""
}

var rawField = regexp.MustCompile(`name="raw" value="([^"]*)"`)
var seenField = regexp.MustCompile(`name="seen" value="([^"]*)"`)

func TestOnlyAdministratorsOpenTheAdministration(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		pages := []string{"/admin", "/admin/calendar", "/admin/calendar/2026/file"}
		for _, role := range staff.Roles {
			if role == staff.Admin {
				continue
			}
			h.member = &staff.Member{Login: "lina", Unit: "zfb", Roles: []staff.Role{role}}
			for _, path := range pages {
				h.browse(t).Get(path).Want(t, 403, "管理页面由系统管理员使用")
			}
			h.browse(t).Post("/admin/calendar/notice", url.Values{"raw": {"x"}}).Want(t, 403)
		}
		h.member = nil
		for _, path := range pages {
			if a := h.browse(t).Get(path).Want(t, 303); !strings.HasPrefix(a.Location, "/sign-in?next=") {
				t.Errorf("%s leads to %s", path, a.Location)
			}
		}
		h.browse(t).Post("/admin/calendar/preview", url.Values{"text": {madeUp}}).Want(t, 401)
		h.member = administrator
		h.browse(t).Get("/admin").Want(t, 200, "工作日历", "派单质量", "2026 年", "2027 年的放假安排还不知道", "十一月公布")
	})
}

func TestTheCalendarIsDrawnMonthByMonth(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.browse(t).Get("/admin/calendar").Want(t, 200, "国务院办公厅关于2026年部分节假日安排的通知", h.City.Clocks.Calendar.Version(),
			"随城市包", "09:00–12:00", "420 分钟", "1–7 日：国庆节放假", "10 日：调休上班（国庆节）", "18 个工作日", "2027 年的放假安排还不知道")
		h.browse(t).Get("/admin/calendar").Want(t, 200, "没有本地安排")
		must(t, h.Store.PutCityItems(t.Context(), []letter.CityItem{{Kind: "overlay", ID: "flood", Source: "澜政发〔2026〕1 号", From: h.Now,
			Body: []byte(`{"id":"flood","unit":"zwfw","source":"澜政发〔2026〕1 号","effective":"2026-11-24","off":[{"date":"2026-11-25","name":"防汛"}]}`)}}, h.Now))
		must(t, h.readRules(t.Context()))
		h.browse(t).Get("/admin/calendar").Want(t, 200, "澜政发〔2026〕1 号", "防汛", h.City.Router.Name("zwfw")).Lacks(t, "没有本地安排")
		h.browse(t).Get("/admin/calendar?year=2027&lang=en").Want(t, 200, "January", "October").Lacks(t, "holiday</li>")
		h.browse(t).Get("/admin/calendar?year=x").Want(t, 400)
		h.browse(t).Get("/admin/calendar/2026/file").Want(t, 404)
	})
}

// Two letters are due in January 2027: one is due later under the notice, one was told a date in the time before; a
// third is due this year. Nothing is saved before the confirmation.
func TestANoticeIsTriedThenConfirmed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.file("春晖路三盏路灯不亮") // due on 30 November
		h.Now = time.Date(2026, 12, 30, 10, 0, 0, 0, h.City.Zone())
		later := h.file("公交 12 路晚点")
		hidden := h.Submit(letter.Draft{Title: "举报受贿", Body: "我实名举报市住建局副局长李某收受开发商贿赂二十万元，有转账记录，请纪委调查。"})
		if h.Read(hidden).Guard == "" {
			t.Fatal("not guarded")
		}
		version := h.City.Clocks.Calendar.Version()
		was := dueOf(h.Read(later))

		b := h.browse(t)
		shown := b.Post("/admin/calendar/preview", url.Values{"text": {madeUp}}).Want(t, 200, "预览：2027 年放假安排", "2027 年从未知变为已知：放假 2 天，调休上班 1 天",
			"2027年1月4日（周一）", "元旦放假", "2027年1月9日（周六）", "调休上班（元旦）")
		for term, n := range map[string]int{"办理中的来信": 2, "期限推后": 1, "期限不变": 0, "由暂定变为确定": 0} {
			if want := fmt.Sprintf("<dt>%s</dt><dd>%d", term, n); !strings.Contains(shown.Text, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if h.City.Clocks.Calendar.Known(2027) {
			t.Fatal("the preview saved something")
		}
		form := url.Values{"raw": {hiddenOf(rawField, shown.Text)}, "seen": {hiddenOf(seenField, shown.Text)}, "name": {""}}
		stale := url.Values{"raw": form["raw"], "seen": {"older"}}
		b.Post("/admin/calendar/notice", stale).Want(t, 200, "预览之后日历已经变了")
		b.Post("/admin/calendar/notice", form).Want(t, 303)
		b.Get("/admin/calendar?year=2027").Want(t, 200, "已启用 2027 年的放假安排", "魏然", "原文件", "虚构的 2027 年放假安排", "4 日：元旦放假").Lacks(t, "还不知道")
		if got := b.Get("/admin/calendar/2027/file").Want(t, 200); got.Text != madeUp || !strings.Contains(got.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("kept %q", got.Text)
		}
		if got := h.City.Clocks.Calendar.Version(); got == version || !h.City.Clocks.Calendar.Known(2027) {
			t.Errorf("calendar %s", got)
		}
		moved := h.City.Clocks.Moves(h.Read(later), h.Now)
		if len(moved) == 0 || !moved[0].Now.After(was) {
			t.Errorf("%+v", moved)
		}
		// The same once more changes no day.
		b.Post("/admin/calendar/preview", url.Values{"text": {madeUp}}).Want(t, 200, "没有哪一天会变", "代替现有的 2027 年安排")
	})
}

func dueOf(l *letter.Letter) time.Time {
	c, _ := l.Clock(letter.SenderClock)
	return c.Due
}

func TestAFileIsKeptToTheLastByte(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		file := "{\"year\": 2027, \"papers\": [\"http://example.cn/2027\"],\r\n\"days\": [{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}]}\r\n"
		b := h.browse(t)
		shown := b.Send(sends(t, "/admin/calendar/preview", "2027.json", []byte(file))).Want(t, 200, "2027.json", "http://example.cn/2027")
		b.Post("/admin/calendar/notice", url.Values{"raw": {hiddenOf(rawField, shown.Text)}, "name": {"2027.json"},
			"seen": {hiddenOf(seenField, shown.Text)}}).Want(t, 303)
		got := b.Get("/admin/calendar/2027/file").Want(t, 200)
		if got.Text != file || !strings.Contains(got.Header.Get("Content-Disposition"), "2027.json") {
			t.Errorf("%q %s", got.Text, got.Header.Get("Content-Disposition"))
		}
	})
}

func TestARefusedNoticeComesBackWithItsLine(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		for text, want := range map[string][]string{
			"":                                   {"没有收到内容"},
			"{\n \"year\": 2027,\n \"off\": [,]": {"这不是放假安排文件", "见第 3 行"},
			"{\"year\": 2027, \"papers\": [], \"days\": []}":                       {"2027 年的放假安排是空的"},
			"year: 2027\nsource: 通知\noff:\n  - {date: \"2027-13-01\", name: 元旦}\n": {"2027-13-01", "应写作 2026-10-01", "见第 4 行"},
			"year: 2027\nsource: 通知\noff:\n  - {date: \"2026-10-01\", name: 元旦}\n": {"不属于 2027 年", "见第 4 行"},
			"year: 2027\noff:\n  - {date: \"2027-01-01\", name: 元旦}\n":             {"没有写明来源"},
			"year: [2027\n":     {"这不是放假安排文件"},
			"今年的假期真长啊":          {"这不是放假安排文件"},
			"source: 没有年份的通知\n": {"没有写明是哪一年"},
		} {
			a := b.Post("/admin/calendar/preview", url.Values{"text": {text}}).Lacks(t, "确认，启用")
			if a.Status != 400 && a.Status != 422 {
				t.Errorf("%q: status %d", text, a.Status)
			}
			a.Want(t, a.Status, append(want, strings.ReplaceAll(strings.ReplaceAll(text, `"`, "&#34;"), "\n ", "\n "))...)
			raw := base64.StdEncoding.EncodeToString([]byte(text))
			b.Post("/admin/calendar/notice", url.Values{"raw": {raw}, "seen": {h.City.Clocks.Calendar.Version()}}).Want(t, a.Status, want[0])
		}
		b.Send(sends(t, "/admin/calendar/preview", "x.bin", []byte{0xff, 0xfe, 0})).Want(t, 400, "这不是文字文件")
		b.Post("/admin/calendar/notice", url.Values{"raw": {"%%"}}).Want(t, 400, "请重新预览")
		if h.City.Clocks.Calendar.Known(2027) {
			t.Error("something was saved")
		}
	})
}
