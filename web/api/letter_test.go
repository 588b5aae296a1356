package api_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/web/page/pagetest"
)

func TestTheSenderSeesWhereTheLetterStandsAndHowItsTimeIsCounted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, lamp)
		h.Now = h.Now.Add(3 * time.Hour)
		handler := staff.Member{Login: "lina", Unit: f.Department.ID, Roles: []staff.Role{staff.Handler}}
		_, err := h.Casework.Accept(t.Context(), f.Number, handler, casework.Input{})
		must(t, err)
		for _, a := range []pagetest.Answer{
			h.call(t, "GET", "/api/v1/letters/"+f.Number+"?code="+f.QueryCode, ""),
			h.call(t, "GET", "/api/v1/letters/"+f.Number, "", "X-Query-Code", f.QueryCode),
		} {
			var got standing
			a.Into(t, &got)
			if a.Status != 200 || got.Number != f.Number || got.Status != "handling" || *got.Department != *f.Department {
				t.Errorf("%d %s", a.Status, a.Text)
			}
			if got.Due.At != f.Due.At || len(got.Due.Days) != 8 || got.Due.Days[0].Counted || !got.Due.Days[1].Counted || got.Due.Days[5].Counted {
				t.Errorf("due %+v", got.Due)
			}
			if len(got.Timeline) != 3 || got.Timeline[0].By != "sender" || got.Timeline[0].Step != "submission" || got.Timeline[2].By != f.Department.Name {
				t.Errorf("timeline %+v", got.Timeline)
			}
			if !strings.Contains(a.Text, `"at":"2026-03-02T12:00:00+08:00"`) {
				t.Errorf("times lack the city's offset: %s", a.Text)
			}
			if strings.Contains(a.Text, "lina") || strings.Contains(a.Text, "138") || a.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s", a.Text)
			}
		}
		var en standing
		h.call(t, "GET", "/api/v1/letters/"+f.Number+"?lang=en", "", "X-Query-Code", f.QueryCode).Into(t, &en)
		if en.Timeline[1].Text != "Your letter has been passed to the responsible unit." || en.Department.Name == f.Department.Name {
			t.Errorf("%+v %+v", en.Department, en.Timeline)
		}
	})
}

// Nobody learns which numbers exist, and five tries close the number also for the right code.
func TestWrongCodesLockTheNumber(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, lamp)
		get := func(number, code string) pagetest.Answer {
			return h.call(t, "GET", "/api/v1/letters/"+number+"?code="+code, "")
		}
		wrong := "000000"
		if f.QueryCode == wrong {
			wrong = "000001"
		}
		unknown := get(letter.NewNumber(h.Now, 999_999), wrong)
		for i := range 5 {
			a := get(f.Number, wrong)
			if a.Status != 404 || a.Text != unknown.Text {
				t.Errorf("try %d: %d %s, an unknown number gets %s", i+1, a.Status, a.Text, unknown.Text)
			}
		}
		a := get(f.Number, f.QueryCode)
		seconds, err := strconv.Atoi(a.Header.Get("Retry-After"))
		if a.Status != 429 || err != nil || seconds < 14*60 || seconds > 15*60 || !strings.Contains(a.Refusal(t).Message, "15 分钟") {
			t.Errorf("%d %s %s", a.Status, a.Header.Get("Retry-After"), a.Text)
		}
		other := h.file(t, lamp)
		if a := get(other.Number, other.QueryCode); a.Status != 200 {
			t.Errorf("another letter is locked too: %d", a.Status)
		}
		for i := range 14 {
			get(letter.NewNumber(h.Now, 1000+i), "1")
		}
		if a := get(other.Number, other.QueryCode); a.Status != 429 {
			t.Errorf("after twenty wrong codes the address still reads: %d", a.Status)
		}
	})
}
