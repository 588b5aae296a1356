package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

type queuePage struct {
	Queue   string
	Page    int
	PerPage int `json:"per_page"`
	Total   int
	Letters []struct {
		Number, Title, Status, Kind, Category, Urgency, Channel string
		Flags                                                   []string
		Department                                              *named
		Received                                                time.Time
		Due                                                     *time.Time
		UnitDue                                                 *time.Time `json:"unit_due"`
		Overdue, Merged                                         bool
	}
}

// The whole way of a letter, as another system of the unit takes it.
func TestALetterIsWorkedOnByToken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, lamp)
		handler := h.token(t, "lina", f.Department.ID, staff.Handler)
		reviewer := h.token(t, "fangqi", "zfb", staff.Reviewer)
		var queue queuePage
		h.call(t, "GET", "/api/v1/desk/letters", "", "Authorization", handler).Into(t, &queue)
		if queue.Total != 1 || queue.Letters[0].Number != f.Number || queue.Letters[0].Status != "assigned" || queue.Letters[0].Overdue {
			t.Fatalf("%+v", queue)
		}
		for _, s := range []struct{ who, step, body, status string }{
			{handler, "acceptance", "", "handling"},
			{handler, "draft", `{"text":"您好，路灯已修复。","note":"已派工"}`, "handling"},
			{handler, "review", "{}", "in-review"},
			{reviewer, "return-draft", `{"text":"请写明时间"}`, "handling"},
			{handler, "draft", `{"text":"您好，路灯已于3月2日修复。"}`, "handling"},
			{handler, "review", "", "in-review"},
			{reviewer, "approval", "", "answered"},
			{reviewer, "publication", `{"open":{"title":"路灯不亮","body":"春晖路三盏路灯不亮。","reply":"已修复。"}}`, "answered"},
		} {
			a := h.call(t, "POST", "/api/v1/desk/letters/"+f.Number+"/"+s.step, s.body, "Authorization", s.who)
			var got standing
			a.Into(t, &got)
			if a.Status != 200 || got.Status != s.status || got.Number != f.Number || len(got.Timeline) == 0 {
				t.Fatalf("%s: %d %s", s.step, a.Status, a.Text)
			}
		}
		if a := h.call(t, "GET", "/api/v1/published/"+f.Number, ""); a.Status != 200 {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		if h.poked != 9 {
			t.Errorf("deliveries were woken %d times", h.poked)
		}
	})
}

func TestAStepThatIsNotOnesOwnIsRefused(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, lamp)
		handler := h.token(t, "lina", f.Department.ID, staff.Handler)
		stranger := h.token(t, "wu", "gaj", staff.Handler)
		supervisor := h.token(t, "luoming", "zfb", staff.Supervisor)
		admin := h.token(t, "weiran", "zwfw", staff.Admin)
		disabled := h.token(t, "gone", f.Department.ID, staff.Handler)
		must(t, h.Store.PutMember(t.Context(), staff.Member{Login: "gone", Unit: f.Department.ID, Roles: []staff.Role{staff.Handler}, Disabled: true}, h.Now))
		for _, c := range []struct {
			why, who, number, step, body string
			status                       int
		}{
			{"no token", "", f.Number, "acceptance", "", 401},
			{"an unknown token", "Bearer hy_x", f.Number, "acceptance", "", 401},
			{"a password", "Basic bGluYTpsaW5h", f.Number, "acceptance", "", 401},
			{"a disabled member", disabled, f.Number, "acceptance", "", 401},
			{"another unit", stranger, f.Number, "acceptance", "", 404},
			{"who runs the system", admin, f.Number, "acceptance", "", 404},
			{"another post", supervisor, f.Number, "acceptance", "", 403},
			{"another state", handler, f.Number, "review", "", 422},
			{"an unknown letter", handler, letter.NewNumber(h.Now, 77), "acceptance", "", 404},
			{"no number", handler, "12", "acceptance", "", 400},
			{"a step of nobody", handler, f.Number, "rung", "", 404},
			{"no step", handler, f.Number, "applause", "", 404},
			{"an unknown field", handler, f.Number, "draft", `{"texts":"a"}`, 400},
			{"a mistyped field", handler, f.Number, "draft", `{"open":"a"}`, 400},
			{"broken", handler, f.Number, "draft", `{"text":"`, 400},
			{"too long", handler, f.Number, "draft", `{"text":"` + strings.Repeat("灯", 20_001) + `"}`, 400},
		} {
			headers := []string{}
			if c.who != "" {
				headers = []string{"Authorization", c.who}
			}
			a := h.call(t, "POST", "/api/v1/desk/letters/"+c.number+"/"+c.step, c.body, headers...)
			if a.Status != c.status || a.Refusal(t).Message == "" {
				t.Errorf("%s: %d %s", c.why, a.Status, a.Text)
			}
			if c.status == 401 && a.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: not told how to sign in", c.why)
			}
		}
		l, err := h.Store.Letter(t.Context(), f.Number)
		must(t, err)
		if len(l.Events) != 2 {
			t.Errorf("%d events", len(l.Events))
		}
	})
}

func TestQueuesHoldWhatTheMemberMayRead(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, lamp)
		sealed := h.file(t, `{"title":"举报受贿","body":"我实名举报市住建局副局长李某收受开发商贿赂二十万元，有转账记录，请纪委调查。"}`)
		l, err := h.Store.Letter(t.Context(), sealed.Number)
		must(t, err)
		h.Now = h.Now.AddDate(0, 0, 30)
		rows := []struct {
			who, queue string
			want       []string
		}{
			{h.token(t, "a", f.Department.ID, staff.Handler), "overdue", []string{f.Number}},
			{h.token(t, "b", "gaj", staff.Handler), "overdue", nil},
			{h.token(t, "c", "zfb", staff.Supervisor), "overdue", []string{f.Number}},
			{h.token(t, "d", l.Unit, staff.Handler), "unit", []string{sealed.Number}},
			{h.token(t, "e", "zjj", staff.Handler, staff.Reviewer), "overdue", []string{f.Number}},
			{h.token(t, "f", "zwfw", staff.Dispatcher), "dispatch", nil},
			{h.token(t, "g", "zwfw", staff.Admin), "overdue", nil},
		}
		for _, r := range rows {
			var got queuePage
			h.call(t, "GET", "/api/v1/desk/letters?queue="+r.queue, "", "Authorization", r.who).Into(t, &got)
			numbers := []string{}
			for _, row := range got.Letters {
				numbers = append(numbers, row.Number)
			}
			if got.Total != len(r.want) || fmt.Sprint(numbers) != fmt.Sprint(append([]string{}, r.want...)) {
				t.Errorf("%s: %v of %d, want %v", r.queue, numbers, got.Total, r.want)
			}
		}
		token := rows[0].who
		for _, query := range []string{"queue=none", "page=0", "page=201"} {
			if a := h.call(t, "GET", "/api/v1/desk/letters?"+query, "", "Authorization", token); a.Status != 400 {
				t.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
		if a := h.call(t, "GET", "/api/v1/desk/letters", ""); a.Status != 401 {
			t.Errorf("without token: %d", a.Status)
		}
	})
}
