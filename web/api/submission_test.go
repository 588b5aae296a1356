package api_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"huiyin/internal/letter"
	"huiyin/web/api"
	"huiyin/web/page/pagetest"
)

func TestASubmittedLetterIsNumberedPlacedAndDue(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, lamp)
		if len(f.Number) != 14 || len(f.QueryCode) != 6 || f.Status != "assigned" || f.Receipt == "" || h.poked != 1 {
			t.Errorf("%+v, poked %d", f, h.poked)
		}
		if f.Department == nil || f.Department.Name != h.City.Router.Name(f.Department.ID) {
			t.Errorf("department %+v", f.Department)
		}
		// Five working days from Monday 2 March 2026.
		if f.Due == nil || f.Due.At != "2026-03-09T23:59:59.999+08:00" || f.Due.Date != "2026-03-09" || f.Due.Limit.Amount != 5 ||
			f.Due.Limit.Unit != "working_day" || f.Due.Policy == "" || f.Due.Calendar == "" || f.Due.Provisional || f.Due.Days != nil {
			t.Errorf("due %+v", f.Due)
		}
		l, err := h.Store.Letter(t.Context(), f.Number)
		must(t, err)
		if l.Channel != letter.Web || !l.Consent || l.Place != "春晖路 18 号" || len(l.Contact) == 0 || bytes.Contains(l.Contact, []byte("138")) {
			t.Errorf("%+v", l)
		}
	})
}

func TestAnAccusationGetsANumberButNoUnitIsTold(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, `{"title":"举报受贿","body":"我实名举报市住建局副局长李某收受开发商贿赂二十万元，有转账记录，请纪委调查。"}`)
		l, err := h.Store.Letter(t.Context(), f.Number)
		must(t, err)
		if l.Guard == "" {
			t.Fatalf("not guarded: %+v", l.Placement)
		}
		if f.Department != nil {
			t.Errorf("the unit is told: %+v", f.Department)
		}
		a := h.call(t, "GET", "/api/v1/letters/"+f.Number+"?code="+f.QueryCode, "")
		var got standing
		a.Into(t, &got)
		if got.Department != nil || strings.Contains(a.Text, h.City.Router.Name(l.Unit)) {
			t.Errorf("the unit is told: %s", a.Text)
		}
	})
}

// Each kind of bad input of the issue: a clear 4xx in the reader's language and nothing stored.
func TestBadInputIsRefusedInTheReadersLanguageAndStoresNothing(t *testing.T) {
	cases := []struct {
		why, body     string
		status        int
		field, zh, en string
	}{
		{"nothing", "", 400, "", "没有内容", "empty"},
		{"white space", " \n ", 400, "", "没有内容", "empty"},
		{"an empty object", "{}", 400, "body", "写下", "write"},
		{"an empty text", `{"body":"  "}`, 400, "body", "写下", "write"},
		{"cut short", lamp[:len(lamp)/2], 400, "", "截断", "cut short"},
		{"cut before the end", lamp[:len(lamp)-1], 400, "", "截断", "cut short"},
		{"two objects", lamp + lamp, 400, "", "JSON", "JSON"},
		{"a list", `[1]`, 400, "", "JSON", "JSON"},
		{"a text", `"x"`, 400, "", "JSON", "JSON"},
		{"an unknown field", `{"body":"路灯不亮","color":"red"}`, 400, "color", "没有这个字段", "no such field"},
		{"another case", `{"Body":"路灯不亮"}`, 400, "Body", "没有这个字段", "no such field"},
		{"a field twice", `{"body":"路灯不亮","body":"别的"}`, 400, "body", "两次", "twice"},
		{"a number for a text", `{"body":12}`, 400, "body", "文字", "text"},
		{"an object for a text", `{"body":{"a":1}}`, 400, "body", "文字", "text"},
		{"a text for a truth", `{"body":"路灯不亮","publish":"yes"}`, 400, "publish", "true", "true"},
		{"an unknown kind", `{"body":"路灯不亮","kind":"rant"}`, 400, "kind", "类型", "kind"},
		{"no leader", `{"body":"路灯不亮","addressee":"nobody"}`, 400, "addressee", "领导", "leader"},
		{"bad e-mail", `{"body":"路灯不亮","email":"x"}`, 400, "email", "邮箱", "mail"},
		{"bad phone", `{"body":"路灯不亮","phone":"abc"}`, 400, "phone", "电话", "phone"},
		{"broken UTF-8", "{\"body\":\"路灯\xff不亮\"}", 400, "", "UTF-8", "UTF-8"},
		{"GBK", "{\"body\":\"\xc2\xb7\xb5\xc6\"}", 400, "", "UTF-8", "UTF-8"},
		{"half a character", `{"body":"路灯\ud83d不亮"}`, 400, "", "UTF-8", "UTF-8"},
		{"the other half", `{"body":"路灯\uDE00不亮"}`, 400, "", "UTF-8", "UTF-8"},
		{"NUL", "{\"body\":\"路灯\x00不亮\"}", 400, "", "NUL", "NUL"},
		{"NUL escaped", `{"body":"路灯\u0000不亮"}`, 400, "body", "无法识别", "cannot be read"},
		{"20,001 characters", `{"body":"` + strings.Repeat("灯", 20_001) + `"}`, 400, "body", "太长", "too long"},
		{"a long title", `{"body":"路灯不亮","title":"` + strings.Repeat("灯", 101) + `"}`, 400, "title", "太长", "too long"},
		{"1 MB of text", `{"body":"` + strings.Repeat("灯", 350_000) + `"}`, 413, "", "256 KB", "256 KB"},
	}
	each(t, func(t *testing.T, h *house) {
		for _, c := range cases {
			for lang, want := range map[string]string{"zh-CN": c.zh, "en-GB,en;q=0.8": c.en} {
				a := h.call(t, "POST", "/api/v1/letters", c.body, "Accept-Language", lang)
				r := a.Refusal(t)
				said := r.Message
				if c.field != "" {
					said = r.Fields[c.field]
				}
				if a.Status != c.status || !strings.Contains(strings.ToLower(said), strings.ToLower(want)) {
					t.Errorf("%s in %s: %d %s", c.why, lang, a.Status, a.Text)
				}
			}
		}
		totals, err := h.Store.Totals(t.Context())
		must(t, err)
		if totals.Letters != 0 || h.poked != 0 {
			t.Errorf("%d letters stored", totals.Letters)
		}
	})
}

func TestWholeCharactersOutsideTheBasicPlaneAreTaken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, `{"body":"\ud83d\ude00 𠮷 路灯不亮 \\ud83d"}`)
		l, err := h.Store.Letter(t.Context(), f.Number)
		must(t, err)
		if l.Body != `😀 𠮷 路灯不亮 \ud83d` {
			t.Errorf("%q", l.Body)
		}
		h.file(t, `{"body":"`+strings.Repeat("𠮷", 20_000)+`"}`)
		h.file(t, `{"body":"`+strings.Repeat(`\ud842\udfb7`, 20_000)+`"}`)
	})
}

func TestARepeatedRequestGetsTheSameBytes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		first := h.call(t, "POST", "/api/v1/letters", lamp, "Idempotency-Key", "key-1")
		var f filed
		first.Into(t, &f)
		handler := h.token(t, "handler", f.Department.ID, "handler")
		if a := h.call(t, "POST", "/api/v1/desk/letters/"+f.Number+"/acceptance", "", "Authorization", handler); a.Status != 200 {
			t.Fatalf("%d %s", a.Status, a.Text)
		}
		again := h.call(t, "POST", "/api/v1/letters", lamp, "Idempotency-Key", "key-1")
		if again.Status != 201 || again.Text != first.Text || again.Header.Get("Location") != first.Header.Get("Location") {
			t.Errorf("%d %s, first %s", again.Status, again.Text, first.Text)
		}
		other := h.call(t, "POST", "/api/v1/letters", lamp+" ", "Idempotency-Key", "key-1", "Accept-Language", "en")
		if other.Status != 422 || !strings.Contains(other.Refusal(t).Message, "Idempotency-Key") {
			t.Errorf("%d %s", other.Status, other.Text)
		}
		if a := h.call(t, "POST", "/api/v1/letters", lamp, "Idempotency-Key", "key-2"); a.Text == first.Text {
			t.Error("another key is another letter")
		}
		if a := h.call(t, "POST", "/api/v1/letters", lamp, "Idempotency-Key", strings.Repeat("k", 201)); a.Status != 400 {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		totals, err := h.Store.Totals(t.Context())
		must(t, err)
		if totals.Letters != 2 {
			t.Errorf("%d letters, want 2", totals.Letters)
		}
	})
}

func TestTheSameRequestAtOnceIsFiledOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var wait sync.WaitGroup
		bodies := make([]pagetest.Answer, 16)
		for i := range bodies {
			wait.Go(func() { bodies[i] = h.call(t, "POST", "/api/v1/letters", lamp, "Idempotency-Key", "at-once") })
		}
		wait.Wait()
		numbers := map[string]bool{}
		for _, a := range bodies {
			switch a.Status {
			case 201:
				numbers[a.Text] = true
			case 409:
			default:
				t.Errorf("%d %s", a.Status, a.Text)
			}
		}
		totals, err := h.Store.Totals(context.Background())
		must(t, err)
		if len(numbers) != 1 || totals.Letters != 1 {
			t.Errorf("%d different answers, %d letters", len(numbers), totals.Letters)
		}
	})
}

func TestAnAddressSendsNoMoreThanItsShareAnHour(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for i := range 3 {
			h.file(t, fmt.Sprintf(`{"body":"第 %d 盏路灯不亮"}`, i))
		}
		a := h.call(t, "POST", "/api/v1/letters", lamp, "Accept-Language", "en")
		if a.Status != 429 || a.Header.Get("Retry-After") == "" || !strings.Contains(a.Refusal(t).Message, "minutes") {
			t.Errorf("%d %s %s", a.Status, a.Header.Get("Retry-After"), a.Text)
		}
	}, func(s *api.Server) { s.PerHour = 3 })
}
