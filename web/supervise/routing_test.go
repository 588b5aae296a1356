package supervise_test

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/web/page/pagetest"
)

// misplaced is a letter that the router sends to the unit of street lamps and a dispatcher to another.
func (h *house) misplaced(i int) string {
	h.T.Helper()
	number := h.file(fmt.Sprintf("春晖路路灯上挂的宣传横幅脱落，第 %d 次反映", i+1))
	h.Take(number, letter.Objection, casework.Input{Reason: "not_our_duty", Basis: "三定方案", Text: "不属于本单位职责"})
	h.Take(number, letter.Assignment, casework.Input{Unit: "wglj"})
	return number
}

func TestTheQualityOfTheRouterIsCounted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.get(t, "/supervise/routing").Want(t, 200, "这个月还没有来信", "只有规则，还没有学过", "没有派错的信")
		for range 3 {
			h.Answer(h.file("春晖路三盏路灯不亮"), "您好，已修好。", "")
		}
		asked := h.file("请帮帮我")
		if h.Read(asked).Unit != "" {
			t.Fatal("the router knows where a letter without matter belongs")
		}
		wrong := h.misplaced(0)
		h.Now = h.Now.Add(time.Hour)
		h.get(t, "/supervise/routing").Want(t, 200,
			"收到 5 封来信，系统自动派出 4 封，占 80%", "3/4", wrong, "宣传横幅脱落", "figure=sent-astray", "只有规则，还没有学过", "自动派出 80%（4 / 5 封）")
		h.get(t, "/supervise/letters?figure=sent-astray").Want(t, 200, wrong).Lacks(t, "春晖路三盏")
		h.get(t, "/supervise/letters?figure=sent-by-hand").Want(t, 200, asked).Lacks(t, wrong)
		h.get(t, "/supervise/letters?figure=sent-back").Want(t, 200, wrong).Lacks(t, asked)
		h.get(t, "/supervise/routing?lang=en").Want(t, 200, "Routing")
	})
}

func TestASealedLetterIsInNoFigureOfTheRouter(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		wrong := h.misplaced(0)
		h.file("春晖路三盏路灯不亮")
		h.seal(wrong, letter.GuardDuty)
		h.get(t, "/supervise/routing").Want(t, 200, "收到 1 封来信", "没有派错的信").Lacks(t, wrong, "横幅")
	})
}

func TestOnlyAnAdministratorChangesTheRouter(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		items, err := h.City.Pack.Items()
		must(t, err)
		must(t, h.Store.PutCityItems(t.Context(), items, h.Now))
		for range 12 {
			h.Answer(h.file("春晖路三盏路灯不亮"), "您好，已修好。", "")
			h.Answer(h.file("公交 12 路晚点"), "您好，已转告。", "")
		}
		for i := range 4 {
			h.misplaced(i)
		}
		posts := map[string]url.Values{"training": nil, "model": {"version": {""}}, "threshold": {"at_most": {"5"}}}
		for _, m := range []*staff.Member{supervisor, leader} {
			h.member = m
			h.get(t, "/supervise/routing").Want(t, 200).Lacks(t, "现在训练")
			for path, form := range posts {
				pagetest.Browse(t, h.app).Post("/supervise/routing/"+path, form).Want(t, 403)
			}
		}
		h.member = admin
		b := pagetest.Browse(t, h.app)
		b.Get("/supervise/routing").Want(t, 200, "现在训练").Lacks(t, "/desk/letters/") // may run the system, not read letters
		b.Get("/supervise/letters?figure=sent-astray").Want(t, 403)
		b.Post("/supervise/routing/training", nil).Want(t, 303)
		b.Get("/supervise/routing").Want(t, 200, "已请求训练")
		h.Now = h.Now.Add(time.Hour)
		if c := h.Learn(); !c.Adopted {
			t.Fatalf("%+v", c)
		}
		version := h.City.Router.Model().Card().Version
		b.Get("/supervise/routing").Want(t, 200, "规则和模型 "+version, "停用，只按规则", "至多错 5%")
		b.Post("/supervise/routing/threshold", url.Values{"at_most": {"3"}}).Want(t, 303)
		if got := h.City.Pack.Routing.AtMostWrong; got != 0.03 {
			t.Errorf("at most %v may go wrong", got)
		}
		b.Post("/supervise/routing/threshold", url.Values{"at_most": {"77"}}).Want(t, 400, "请从列出的比例中选择一个")
		b.Post("/supervise/routing/model", url.Values{"version": {""}}).Want(t, 303)
		b.Get("/supervise/routing").Want(t, 200, "只有规则", "启用模型 "+version)
		b.Post("/supervise/routing/model", url.Values{"version": {version}}).Want(t, 303)
		b.Get("/supervise/routing").Want(t, 200, "规则和模型 "+version)
		b.Post("/supervise/routing/model", url.Values{"version": {"never"}}).Want(t, 404, "这个模型已不再保留")
	})
}
