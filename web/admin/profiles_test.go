package admin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/sla"
)

// A profile is tried on the open letters and the last quarter, then added; the new
// policies hold before those that are as specific, for what starts from then on.
func TestAProfileIsTriedThenAdded(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		zone := h.City.Zone()
		h.Now = time.Date(2026, 8, 3, 10, 0, 0, 0, zone)
		n := h.file("春晖路路灯不亮")
		h.Now = h.Now.AddDate(0, 0, 8)
		h.Answer(n, "您好，已修好。", "") // after six working days
		h.Now = time.Date(2026, 11, 23, 10, 0, 0, 0, zone)
		open := h.file("公交 12 路晚点")
		h.Now = h.Now.Add(time.Hour)

		b := h.browse(t)
		b.Get("/admin/policies").Want(t, 200, "/admin/profiles/beijing_style\"", "接诉即办", "信访事项：投诉", "期限从受理起重新计算。")
		b.Get("/admin/policies?lang=en").Want(t, 200, "Beijing style", "The limit counts anew from the admission.")
		b.Get("/admin/profiles/gov_site?lang=zh").Want(t, 200, "加入“政府网站留言”", "7 个工作日", "国办发〔2014〕57号").Lacks(t, "确认，加入")
		form := url.Values{"from": {"2026-11-23"}}
		b.Post("/admin/profiles/gov_site/preview", form).Want(t, 200, "还没有保存", "确认，加入 5 条规则",
			`<dt>期限会变</dt><dd>0`, `<dt>假如新数字也用于它们</dt><dd>1 <small>封会推后，至多 2 天`,
			`<td data-label="数字">现行</td><td class="num" data-label="答复">1</td><td class="num" data-label="按时">0`,
			`<td data-label="数字">改后</td><td class="num" data-label="答复">1</td><td class="num" data-label="按时">1`)
		rows, err := h.Store.CityHistory(t.Context(), "policy")
		must(t, err)
		if versionsOf(rows, "gov-site-help") != 0 {
			t.Fatal("the preview saved something")
		}
		b.Post("/admin/profiles/gov_site", form).Want(t, 303)
		b.Get("/admin/policies").Want(t, 200, "已加入“政府网站留言”", "网站留言：求助", "魏然")
		must(t, h.readRules(t.Context()))
		seven := sla.Limit{Amount: 7, Unit: sla.WorkingDay}
		if got := h.City.Clocks.Limits(h.Read(h.file("自来水水压不足")))[letter.SenderClock]; got != seven {
			t.Errorf("what comes in now has %v", got)
		}
		if c, _ := h.Read(open).Clock(letter.SenderClock); c.Amount != 5 {
			t.Errorf("the open letter goes by %d", c.Amount)
		}
		b.Post("/admin/profiles/gov_site", form).Want(t, 422, "这些来信已经有“网站留言：咨询”这条规则，请直接修改它。")
	})
}

// A law for some matters is never added for all letters, and a form comes back as typed.
func TestAProfileIsForWhomItIsMeant(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		for name, c := range map[string]struct {
			form url.Values
			want string
		}{
			"all letters":         {url.Values{"from": {"2026-11-23"}, "channel": {"web"}}, "请选择类别。"},
			"the past":            {url.Values{"from": {"2026-11-01"}, "channel": {"web"}, "category": {"0101"}}, "请选今天或以后的日期。"},
			"no such category":    {url.Values{"from": {"2026-11-23"}, "channel": {"web"}, "category": {"9999"}}, "没有这个分类。"},
			"the category has it": {url.Values{"from": {"2026-11-23"}, "channel": {"web"}, "category": {"1608"}}, "确认，加入"}, // on the web: other ids
		} {
			for _, path := range []string{"/admin/profiles/petition/preview"} {
				a := b.Post(path, c.form)
				a.Want(t, a.Status, c.want, `<option value="web" selected>`)
				if c.want != "确认，加入" && a.Status != 400 {
					t.Errorf("%s: %d", name, a.Status)
				}
			}
		}
		b.Post("/admin/profiles/petition", url.Values{"from": {"2026-11-24"}, "category": {"0106"}}).Want(t, 303)
		h.Now = h.Now.AddDate(0, 0, 1)
		must(t, h.readRules(t.Context()))
		p, _ := h.City.Clocks.PolicyOf(&letter.Letter{Category: "0106", Kind: letter.Complaint, Received: h.Now})
		if p.Starts[letter.SenderClock] != letter.Admission || !strings.HasSuffix(p.ID, "-0106") {
			t.Errorf("%+v", p)
		}
		b.Get("/admin/profiles/none").Want(t, 404)
		h.member = &staff.Member{Login: "luoming", Unit: "zfb", Roles: []staff.Role{staff.Supervisor, staff.Security, staff.Audit}}
		b.Get("/admin/profiles/petition").Want(t, 403)
		b.Post("/admin/profiles/petition", url.Values{}).Want(t, 403)
		b.Post("/admin/profiles/petition/preview", url.Values{}).Want(t, 403)
	})
}
