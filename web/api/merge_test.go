package api_test

import (
	"strings"
	"testing"

	"huiyin/internal/staff"
)

// Two letters on one matter are merged, answered together and told apart again.
func TestLettersAreMergedByToken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		lead, member := h.file(t, lamp), h.file(t, lamp)
		handler := h.token(t, "lina", lead.Department.ID, staff.Handler)
		reviewer := h.token(t, "fangqi", "zfb", staff.Reviewer)
		step := func(who, number, step, body string, status int) string {
			t.Helper()
			a := h.call(t, "POST", "/api/v1/desk/letters/"+number+"/"+step, body, "Authorization", who)
			if a.Status != status {
				t.Fatalf("%s: %d %s", step, a.Status, a.Text)
			}
			return a.Text
		}
		step(handler, member.Number, "merge", "", 400)
		step(handler, member.Number, "merge", `{"lead":"`+member.Number+`"}`, 400)
		step(handler, member.Number, "merge", `{"lead":12}`, 400)
		step(handler, member.Number, "unmerge", "", 422)
		step(reviewer, member.Number, "merge", `{"lead":"`+lead.Number+`"}`, 403)
		if text := step(handler, member.Number, "merge", `{"lead":"`+lead.Number+`"}`, 200); strings.Contains(text, lead.Number) || !strings.Contains(text, `"merge"`) {
			t.Errorf("the answer: %s", text)
		}
		var queue queuePage
		h.call(t, "GET", "/api/v1/desk/letters", "", "Authorization", handler).Into(t, &queue)
		for _, l := range queue.Letters {
			if l.Merged != (l.Number == member.Number) {
				t.Errorf("%s: merged %v", l.Number, l.Merged)
			}
		}
		timeline := h.call(t, "GET", "/api/v1/letters/"+member.Number+"?code="+member.QueryCode, "")
		if !strings.Contains(timeline.Text, "合并办理") || strings.Contains(timeline.Text, lead.Number) {
			t.Errorf("the sender reads %s", timeline.Text)
		}
		step(handler, lead.Number, "acceptance", "", 200)
		step(handler, lead.Number, "draft", `{"text":"路灯已修复。"}`, 200)
		step(handler, lead.Number, "review", `{"members":true}`, 200)
		step(reviewer, lead.Number, "approval", `{"members":true}`, 200)
		for _, f := range []filed{lead, member} {
			if a := h.call(t, "GET", "/api/v1/letters/"+f.Number+"?code="+f.QueryCode, ""); !strings.Contains(a.Text, `"answered"`) || !strings.Contains(a.Text, "路灯已修复。") {
				t.Errorf("%s", a.Text)
			}
		}
		step(handler, member.Number, "unmerge", "", 422) // it has ended
	})
}
