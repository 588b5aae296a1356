package admin_test

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/sla"
)

var field = regexp.MustCompile(`(?s)<form class="numbers-form".*</form>`)
var input = regexp.MustCompile(`<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"`)
var choice = regexp.MustCompile(`(?s)<select[^>]* name="([^"]+)".*?</select>`)
var chosen = regexp.MustCompile(`value="([^"]+)" selected`)
var longer = regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>`)

// formOn reads the form of a page as a browser would send it.
func formOn(text string) url.Values {
	part, form := field.FindString(text), url.Values{}
	for _, pattern := range []*regexp.Regexp{input, longer} {
		for _, m := range pattern.FindAllStringSubmatch(part, -1) {
			form.Set(m[1], html.UnescapeString(m[2]))
		}
	}
	for _, m := range choice.FindAllStringSubmatch(part, -1) {
		if c := chosen.FindStringSubmatch(m[0]); c != nil {
			form.Set(m[1], c[1])
		}
	}
	return form
}

func TestEveryNumberStandsWithItsSource(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.browse(t).Get("/admin/policies").Want(t, 200, "一般来信", "5 个工作日", "五个工作日办结", "领导信箱咨询", "栏目 · ", "紧急程度 · 紧急", "24 小时", "适用于没有更具体规则的所有来信", "/admin/policies/hotline\"")
		h.browse(t).Get("/admin/policies/hotline").Want(t, 200, "现行", "这些数字依据哪个文件").Lacks(t, "确认，保存")
		h.browse(t).Get("/admin/policies?lang=en").Want(t, 200, "Time limits", "5 working days", "1 working day<", "Answer to the sender")
		h.browse(t).Get("/admin/policies/none").Want(t, 404, "没有这条时限规则")
		h.member = &staff.Member{Login: "luoming", Unit: "zfb", Roles: []staff.Role{staff.Supervisor, staff.Security, staff.Audit}}
		h.browse(t).Get("/admin/policies").Want(t, 403)
		h.browse(t).Post("/admin/policies/hotline", url.Values{}).Want(t, 403)
		h.browse(t).Post("/admin/policies/hotline/preview", url.Values{}).Want(t, 403)
	})
}

// Last quarter two letters were answered after two working days and one after four; one is open. With three working
// days instead of five, one answer would have been late, and nothing moves that has started.
func TestAPolicyIsTriedThenKept(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		zone := h.City.Zone()
		for i, took := range []int{2, 2, 4} {
			h.Now = time.Date(2026, 8, 3+7*i, 10, 0, 0, 0, zone) // Mondays
			n := h.file(fmt.Sprintf("春晖路路灯不亮，第 %d 次反映", i+1))
			h.Now = h.Now.AddDate(0, 0, took)
			h.Answer(n, "您好，已修好。", "")
		}
		h.Now = time.Date(2026, 11, 23, 10, 0, 0, 0, zone)
		open := h.file("公交 12 路晚点")

		b := h.browse(t)
		form := formOn(b.Get("/admin/policies/hotline").Want(t, 200).Text)
		if form.Get("amount-sender") != "5" || form.Get("unit-sender") != "working_day" || form.Get("from") != "2026-11-23" {
			t.Fatalf("%v", form)
		}
		form.Set("amount-sender", "3")
		form.Set("source-sender", "澜川市热线办法第八条")
		form.Set("from", "2026-12-01")
		shown := b.Post("/admin/policies/hotline/preview", form).Want(t, 200, "还没有保存", "自2026年12月1日（周二） 00:00起", "2026 年第 3 季度", "澜川市热线办法第八条",
			`<span class="number">5 个工作日</span>`, `<span class="number">3 个工作日</span>`, "确认，保存为新版本")
		for _, want := range []string{
			`<dt>期限会变</dt><dd>0`, `<dt>假如新数字也用于它们</dt><dd>1 <small>封会提前`,
			`<td data-label="数字">现行</td><td class="num" data-label="答复">3</td><td class="num" data-label="按时">3</td><td class="num" data-label="超期">0</td><td class="num" data-label="按时率">100%</td>`,
			`<td data-label="数字">改后</td><td class="num" data-label="答复">3</td><td class="num" data-label="按时">2</td><td class="num" data-label="超期">1</td><td class="num" data-label="按时率">67%</td>`,
		} {
			if !strings.Contains(shown.Text, want) {
				t.Errorf("the preview lacks %s", want)
			}
		}
		if rows, err := h.Store.CityHistory(t.Context(), "policy"); err != nil || versionsOf(rows, "hotline") != 1 {
			t.Fatalf("the preview saved something: %v", err)
		}
		b.Post("/admin/policies/hotline", form).Want(t, 303)
		b.Get("/admin/policies").Want(t, 200, "已保存“一般来信”", "2026年12月1日（周二） 00:00起改用新的数字")
		must(t, h.readRules(t.Context()))
		if got := senderLimit(h, open); got != 5 {
			t.Errorf("%d working days before the day", got)
		}
		h.Now = time.Date(2026, 12, 1, 0, 0, 0, 0, zone)
		must(t, h.readRules(t.Context()))
		if got := senderLimit(h, h.file("自来水水压不足")); got != 3 {
			t.Errorf("%d working days from the day on", got)
		}
		kept := h.Read(open)
		kept.Clocks = h.City.Clocks.Clocks(kept)
		if c, ok := kept.Clock(letter.SenderClock); !ok || c.Amount != 5 {
			t.Errorf("the open letter goes by %d working days now", c.Amount)
		}
		b.Get("/admin/policies/hotline").Want(t, 200, "以前", "魏然", "来源：澜川市热线办法第八条")
	})
}

func versionsOf(rows []letter.CityItem, id string) (n int) {
	for _, r := range rows {
		if r.ID == id {
			n++
		}
	}
	return n
}

func senderLimit(h *house, number string) int {
	return h.City.Clocks.Limits(h.Read(number))[letter.SenderClock].Amount
}

func TestARefusedPolicyComesBackAsTyped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		good := formOn(b.Get("/admin/policies/hotline").Want(t, 200).Text)
		for name, c := range map[string]struct{ field, value, want string }{
			"nothing":          {"name", "一般来信", "没有什么要保存"},
			"the past":         {"from", "2026-11-22", "请选今天或以后的日期"},
			"no date":          {"from", "明天", "请写成 2026-12-01 的样子"},
			"no source":        {"source", "", "请写明这些数字依据什么"},
			"no number":        {"amount-sender", "五", "请填 1 以上的整数"},
			"nought":           {"amount-unit", "0", "请填 1 以上的整数"},
			"an unknown unit":  {"unit-unit", "week", "请填 1 以上的整数"},
			"no limit for all": {"amount-sender", "", "须有答复和办理的时限"},
			"too long":         {"source-unit", strings.Repeat("长", 501), "来源最多 500 字"},
		} {
			form := url.Values{}
			for k, v := range good {
				form[k] = v
			}
			form.Set(c.field, c.value)
			form.Set("source-review", "市里定的")
			if name == "nothing" {
				form.Del("source-review")
			}
			for _, path := range []string{"/admin/policies/hotline/preview", "/admin/policies/hotline"} {
				a := b.Post(path, form)
				if a.Status != 400 && a.Status != 422 {
					t.Errorf("%s: %s answers %d", name, path, a.Status)
				}
				a.Want(t, a.Status, c.want)
				if back := formOn(a.Text); name != "an unknown unit" && back.Get(c.field) != c.value || name != "nothing" && back.Get("source-review") != "市里定的" {
					t.Errorf("%s: came back as %v", name, back)
				}
			}
		}
		if rows, err := h.Store.CityHistory(t.Context(), "policy"); err != nil || versionsOf(rows, "hotline") != 1 {
			t.Errorf("something was saved: %v", err)
		}
	})
}

// What a policy was is never changed: today's numbers begin now, and two changes in a day are two versions.
func TestTodayBeginsNow(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		for i, amount := range []string{"4", "6"} {
			h.Now = h.Now.Add(time.Hour)
			form := formOn(b.Get("/admin/policies/urgent").Want(t, 200).Text)
			form.Set("amount-sender", amount)
			b.Post("/admin/policies/urgent", form).Want(t, 303)
			rows, err := h.Store.CityHistory(t.Context(), "policy")
			must(t, err)
			if got := versionsOf(rows, "urgent"); got != i+2 {
				t.Errorf("%d versions", got)
			}
		}
		for _, p := range h.City.Clocks.Policies {
			if p.ID == "urgent" && p.Until.IsZero() && p.Limits[letter.SenderClock] != (sla.Limit{Amount: 6, Unit: sla.Hour}) {
				t.Errorf("%+v", p.Limits)
			}
		}
	})
}

// A policy is made in the browser: for whom, how long, from when on it counts, when it
// reminds; and one that is there is narrowed, extended and given another ladder.
func TestAPolicyIsMadeInTheBrowser(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		form := formOn(b.Get("/admin/policies/new").Want(t, 200, "新建时限规则", "写法示例").Lacks(t, "现行").Text)
		form.Set("name", "路灯")
		form.Set("source", "市政所内部规定")
		form.Set("category", "0204")
		form.Set("kind", "help")
		form.Set("amount-sender", "3")
		form.Set("unit-sender", "working_day")
		form.Set("amount-unit", "2")
		form.Set("unit-unit", "working_day")
		form.Set("start", "admission")
		form.Set("extensions", "2")
		form.Set("rungs", "- {name: overdue, to: [head], text: 路灯超期。}\n- {name: leaders, tto: [leader]}\n")
		b.Post("/admin/policies/new/preview", form).Want(t, 400, "提示级别第 2 行的“tto”不认识", "tto: [leader]", `<option value="0204" selected>`)
		b.Post("/admin/policies/new/preview?lang=en", form).Want(t, 400, "Reminders, line 2: “tto” is not known.")
		form.Set("rungs", "- {name: overdue, to: [head], text: 路灯超期。}\n")
		b.Post("/admin/policies/new/preview?lang=zh", form).Want(t, 200, "还没有保存", "市政设施", "期限从受理起重新计算。", "路灯超期。", "确认，保存为新版本")
		b.Post("/admin/policies/new", form).Want(t, 303)
		must(t, h.readRules(t.Context()))
		h.Now = h.Now.Add(time.Minute)
		l := &letter.Letter{Kind: letter.Help, Category: "0204", Received: h.Now}
		p, ok := h.City.Clocks.PolicyOf(l)
		if !ok || p.Name != "路灯" || p.Limits[letter.SenderClock].Amount != 3 || p.Starts[letter.UnitClock] != letter.Admission || p.Extensions != 2 || len(p.Rungs) != 1 {
			t.Fatalf("%+v", p)
		}
		form = formOn(b.Get("/admin/policies/"+p.ID).Want(t, 200, "修改“路灯”").Text)
		if form.Get("category") != "0204" || form.Get("start") != "admission" || form.Get("extensions") != "2" || !strings.Contains(form.Get("rungs"), "路灯超期") {
			t.Errorf("%v", form)
		}
		form.Set("channel", "web")
		form.Set("start", "")
		form.Set("extensions", "x")
		b.Post("/admin/policies/"+p.ID+"/preview", form).Want(t, 400, "请填 1 到 9，或者空着。")
		form.Set("extensions", "")
		form.Set("rungs", "")
		b.Post("/admin/policies/"+p.ID, form).Want(t, 303)
		must(t, h.readRules(t.Context()))
		h.Now = h.Now.Add(time.Minute)
		l.Received, l.Channel = h.Now, letter.Web
		if p, _ = h.City.Clocks.PolicyOf(l); p.Channel != letter.Web || len(p.Starts) != 0 || p.Extensions != 0 || len(p.Rungs) != 0 {
			t.Errorf("%+v", p)
		}
		base := formOn(b.Get("/admin/policies/hotline").Want(t, 200).Text)
		base.Set("kind", "help")
		b.Post("/admin/policies/hotline", base).Want(t, 400, "不能改为只适用于一部分")
	})
}

// The form opens with what the policy sets; what it leaves to others is folded, and still sent.
func TestThePolicyFormFoldsWhatThePolicyLeavesOut(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		text := h.browse(t).Get("/admin/policies/new").Want(t, 200).Text
		open, folded, found := strings.Cut(text, "按更一般的规则</summary>")
		if !found || !strings.Contains(open, `name="amount-sender"`) || !strings.Contains(folded, `name="amount-legal"`) {
			t.Error("the sender's limit stands open and the legal one is folded")
		}
		if form := formOn(text); form.Get("unit-legal") == "" {
			t.Errorf("folded fields are not sent: %v", form)
		}
	})
}
