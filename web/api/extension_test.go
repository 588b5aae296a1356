package api_test

import (
	"strings"
	"testing"
	"time"

	"huiyin/internal/staff"
)

// A unit's system asks for more time, a supervisor's finds the request and grants
// it, and the answer holds the new date.
func TestMoreTimeIsAskedForAndGrantedByToken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, lamp)
		handler := h.token(t, "lina", f.Department.ID, staff.Handler)
		supervisor := h.token(t, "luoming", "zfb", staff.Supervisor)
		step := func(who, name, body string, status int) standing {
			t.Helper()
			a := h.call(t, "POST", "/api/v1/desk/letters/"+f.Number+"/"+name, body, "Authorization", who)
			var got standing
			if a.Status != status {
				t.Fatalf("%s: %d %s", name, a.Status, a.Text)
			}
			if status == 200 {
				a.Into(t, &got)
			}
			return got
		}
		step(handler, "acceptance", "", 200)
		step(handler, "first-contact", `{"text":"已电话联系。"}`, 200)
		step(handler, "interim-reply", `{"text":"配件已订。"}`, 200)
		step(handler, "admission", "", 422) // nothing counts from it
		step(supervisor, "suspension", `{"reason":"testing","text":"送检。"}`, 200)
		step(handler, "extension-request", `{"reason":"works","text":"施工","until":"2026-03-12"}`, 422)
		step(handler, "resumption", `{"text":"检测已完成。"}`, 200)
		step(handler, "extension-request", `{"reason":"works","text":"施工","until":"yesterday"}`, 400)
		step(handler, "extension-request", `{"reason":"works","text":"施工","until":"2026-03-12"}`, 200)
		var queue queuePage
		h.call(t, "GET", "/api/v1/desk/letters?queue=extensions", "", "Authorization", supervisor).Into(t, &queue)
		if queue.Total != 1 || queue.Letters[0].Number != f.Number {
			t.Errorf("%+v", queue)
		}
		got := step(supervisor, "extension-approval", `{"text":"需要施工。"}`, 200)
		last := got.Timeline[len(got.Timeline)-1]
		if got.Due.Date != "2026-03-12" || last.Text != "需要施工。" || last.Due == nil || !strings.HasPrefix(last.Due.Format(time.RFC3339), "2026-03-12") {
			t.Errorf("%+v %+v", got.Due, last)
		}
	})
}
