package supervise_test

import (
	"fmt"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/web/portal"
)

// What is asked often is shown by month, what is asked seldom to nobody; what was not found leads administrators to a
// synonym.
func TestSupervisorsSeeWhatResidentsSearchFor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.get(t, "/supervise/searches").Want(t, 200, "这个月还没有常查的词", "满 3 次", "这个月还没有</h3>")
		h.get(t, "/supervise").Want(t, 200, "/supervise/searches")
		q := portal.NewQuestions(h.Store, h.City.Zone(), h.Clock)
		ask := func(times int, text string, exact int) {
			for i := range times {
				q.Asked(t.Context(), portal.Asking{Visitor: fmt.Sprintf("192.0.2.%d", i+1), Text: text, Exact: exact})
			}
		}
		ask(4, "路灯", 12)
		h.Now = h.Now.AddDate(0, 0, 1) // and some of them on the next day
		ask(3, " 路燈 ", 12)             // the same, in Traditional
		ask(3, "巴士站", 0)
		ask(2, "张小明欠款", 0)
		for range 9 { // one of them again and again
			ask(1, "张小明欠款", 0)
		}
		ask(9, "我的电话 13812345678", 1)
		number := h.file("春晖路路灯不亮")
		q.Answered(t.Context(), number)
		must(t, q.Keep(t.Context()))
		must(t, q.Keep(t.Context())) // nothing is counted twice
		a := h.get(t, "/supervise/searches")
		a.Want(t, 200, ">路灯</a></th><td class=\"num\" data-label=\"次数\">7<", ">巴士站</a>", "<dd class=\"value\">12 次<", "回到督办", "请系统管理员加同义词").
			Lacks(t, "张小明", "1381", "/admin/words/new", "260302 0000") // nobody may read the letter

		h.member = admin
		h.get(t, "/supervise/searches").Want(t, 200, "/admin/words/new?word=%E5%B7%B4%E5%A3%AB%E7%AB%99", "回到检索用词").Lacks(t, "回到督办") // which is not for administrators
		h.member = &staff.Member{Login: "lina", Unit: "cgj", Roles: []staff.Role{staff.Handler}}
		h.get(t, "/supervise/searches").Want(t, 403)
		h.member = supervisor
		h.Now = h.Now.AddDate(0, 1, 0)
		h.get(t, "/supervise/searches").Want(t, 200, "这个月还没有常查的词")
		h.get(t, "/supervise/searches?month=2026-03").Want(t, 200, "巴士站")
		must(t, h.Store.Forget(t.Context(), store.Expiry{Searches: h.Now}))
		h.get(t, "/supervise/searches?month=2026-03").Want(t, 200, "这个月还没有常查的词", "这个月还没有</h3>")
	})
}

// The answer that is counted is named as the public reads it, and only while it may.
func TestAnAnswerThatSparesALetterIsCounted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.Submit(letter.Draft{Kind: letter.Help, Title: "春晖路路灯不亮", Body: "春晖路路灯不亮，请尽快处理。", Publish: true})
		h.Answer(number, "您好，已修好。", "")
		h.Publish(number)
		q := portal.NewQuestions(h.Store, h.City.Zone(), h.Clock)
		q.Answered(t.Context(), number)
		q.Answered(t.Context(), number)
		must(t, q.Keep(t.Context()))
		h.get(t, "/supervise/searches").Want(t, 200, "/published/"+number, "2 次")
	})
}
