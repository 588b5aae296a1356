package admin_test

import (
	"net/url"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// A local order is tried, put in force and ended; the unit's date moves, the sender's
// goes by the city's calendar.
func TestALocalOrderIsTriedKeptAndEnded(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.file("春晖路路灯不亮，请派人维修") // of cgj-sz, due on Monday, 30 November
		b := h.browse(t)
		b.Get("/admin/calendar").Want(t, 200, "没有本地安排", "/admin/calendar/orders/new")
		b.Get("/admin/calendar/orders/new").Want(t, 200, `value="2026-11-23"`, "市政设施管理所").Lacks(t, "确认，启用")
		form := url.Values{"unit": {"cgj"}, "below": {"yes"}, "off": {"2026-11-25 防台风停工\n2026-11-26 防台风停工"}, "effective": {"2026-11-24"}, "source": {"城管局通知第 7 号"}}
		b.Post("/admin/calendar/orders/new/preview", form).Want(t, 200, "还没有保存", "和它下面的单位。", "2026年11月25日（周三）", "防台风停工",
			`<dt>期限推后</dt><dd>1`, "确认，启用这个安排")
		if rows, err := h.Store.CityHistory(t.Context(), "overlay"); err != nil || len(rows) != 0 {
			t.Fatalf("the preview saved something: %v", err)
		}
		form.Set("seen", h.City.Clocks.Version())
		b.Post("/admin/calendar/orders/new", form).Want(t, 303)
		b.Get("/admin/calendar").Want(t, 200, "已登记本地安排", "城管局通知第 7 号", "2026-11-24-1/end")
		l := h.Read(number)
		unit, ok := h.City.Clocks.Explain(l, letter.UnitClock)
		sender, _ := h.City.Clocks.Explain(l, letter.SenderClock)
		if !ok || unit.At.Format(time.DateOnly) != "2026-12-02" || sender.At.Format(time.DateOnly) != "2026-11-30" {
			t.Errorf("unit %v, sender %v", unit.At, sender.At)
		}
		form.Set("seen", "another")
		form.Set("effective", "2026-11-25")
		b.Post("/admin/calendar/orders/new", form).Want(t, 200, "预览之后日历已经变了")

		b.Get("/admin/calendar/orders/2026-11-24-1/end").Want(t, 200, "还没有停用", "城管局通知第 7 号", "2026年11月25日（周三）")
		h.Now = h.Now.Add(time.Minute)
		b.Post("/admin/calendar/orders/2026-11-24-1/end", url.Values{"seen": {h.City.Clocks.Version()}}).Want(t, 303)
		b.Get("/admin/calendar").Want(t, 200, "没有本地安排")
		if rows, err := h.Store.CityHistory(t.Context(), "overlay"); err != nil || len(rows) != 1 || rows[0].Ended.IsZero() {
			t.Errorf("%+v, %v", rows, err)
		}
		b.Get("/admin/calendar/orders/2026-11-24-1/end").Want(t, 404)
		for _, path := range []string{"/admin/calendar/orders/new", "/admin/calendar/hours"} {
			h.member = &staff.Member{Login: "luoming", Unit: "zfb", Roles: []staff.Role{staff.Supervisor, staff.Security, staff.Audit}}
			h.browse(t).Get(path).Want(t, 403)
			h.browse(t).Post(path, url.Values{}).Want(t, 403)
			h.browse(t).Post(path+"/preview", url.Values{}).Want(t, 403)
		}
	})
}

func TestARefusedOrderComesBackAsTyped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		for name, c := range map[string]struct{ field, value, want string }{
			"no day":        {"off", "", "至少一天"},
			"no date":       {"off", "2026-11-25 停工\n明天", "见第 2 行。"},
			"twice":         {"work", "2026-11-25", "出现了两次"},
			"before effect": {"effective", "2026-11-26", "不能改变此前的"},
			"no unit":       {"unit", "none", "没有这个单位。"},
			"no source":     {"source", "", "请写明依据哪个文件"},
		} {
			form := url.Values{"unit": {"cgj"}, "off": {"2026-11-25 停工"}, "effective": {"2026-11-24"}, "source": {"通知"}}
			form.Set(c.field, c.value)
			a := b.Post("/admin/calendar/orders/new/preview", form)
			if a.Status != 400 && a.Status != 422 {
				t.Errorf("%s: %d", name, a.Status)
			}
			a.Want(t, a.Status, c.want)
			if c.field != "source" {
				a.Want(t, a.Status, `value="通知"`)
			}
		}
	})
}

// Office hours are tried and kept; only limits in working hours feel it.
func TestOfficeHoursAreChangedInTheBrowser(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		b.Get("/admin/calendar/hours").Want(t, 200, `value="09:00"`, "一个工作日 420 分钟")
		form := url.Values{"from-1": {"08:30"}, "to-1": {"12:00"}, "from-2": {"14:00"}, "to-2": {"18:00"}}
		b.Post("/admin/calendar/hours/preview", form).Want(t, 200, "一个工作日从 420 分钟变为 450 分钟", "确认，启用新的上班时间")
		if h.City.Clocks.Calendar.OfficeMinutes() != 420 {
			t.Fatal("the preview saved something")
		}
		form.Set("seen", h.City.Clocks.Version())
		b.Post("/admin/calendar/hours", form).Want(t, 303)
		if h.City.Clocks.Calendar.OfficeMinutes() != 450 {
			t.Errorf("%d minutes", h.City.Clocks.Calendar.OfficeMinutes())
		}
		b.Get("/admin/calendar").Want(t, 200, "08:30–12:00 · 14:00–18:00")
		b.Post("/admin/calendar/hours/preview", form).Want(t, 422, "没有什么要保存")
		b.Post("/admin/calendar/hours/preview", url.Values{"from-1": {"12:00"}, "to-1": {"08:00"}}).Want(t, 422, "不能重叠", `value="12:00"`)
		b.Post("/admin/calendar/hours/preview", url.Values{}).Want(t, 400, "请至少写一段上班时间。")
	})
}
