package supervise_test

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
)

func TestOnlySupervisorsAndLeadersSupervise(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, path := range []string{"/supervise", "/supervise/letters?figure=overdue"} {
			for _, m := range []*staff.Member{supervisor, leader} {
				h.member = m
				if res, _ := h.get(t, path); res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-store" {
					t.Errorf("%s: %s gets %d", m.Login, path, res.StatusCode)
				}
			}
			h.member = &staff.Member{Login: "lina", Unit: "cgj", Roles: []staff.Role{staff.Handler, staff.Reviewer, staff.Admin}}
			if res, text := h.get(t, path); res.StatusCode != 403 || !strings.Contains(text, "督办页面由督办员和领导查看") {
				t.Errorf("a handler gets %d", res.StatusCode)
			}
			h.member = nil
			res, _ := h.get(t, path)
			if res.StatusCode != 303 || !strings.HasPrefix(res.Header.Get("Location"), "/sign-in?next=%2Fsupervise") {
				t.Errorf("nobody gets %d %s", res.StatusCode, res.Header.Get("Location"))
			}
		}
	})
}

// The five days of a letter received on Monday 2 March 2026 are over on Monday the 9th at midnight.
func TestLettersMoveFromDueSoonToOverdue(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.file(t, "春晖路三盏路灯不亮")
		for _, c := range []struct {
			at            time.Duration
			soon, overdue bool
			says          string
		}{
			{3 * 24 * time.Hour, false, false, "没有即将到期的信"},
			{4 * 24 * time.Hour, true, false, "还有 1 个工作日"},
			{7 * 24 * time.Hour, true, false, "今天到期"},
			{7*24*time.Hour + 14*time.Hour + 59*time.Minute + 59*time.Second + 999*time.Millisecond, true, false, "今天到期"},
			{7*24*time.Hour + 15*time.Hour, false, true, "超期 1 个工作日"},
			{10 * 24 * time.Hour, false, true, "超期 3 个工作日"},
		} {
			h.now = time.Date(2026, 3, 2, 9, 0, 0, 0, h.city.Zone()).Add(c.at)
			_, text := h.get(t, "/supervise")
			_, late, _ := strings.Cut(text, `id="overdue"`)
			late, near, _ := strings.Cut(late, `id="soon"`)
			near, _, _ = strings.Cut(near, `id="units"`)
			if strings.Contains(late, number) != c.overdue || strings.Contains(near, number) != c.soon || !strings.Contains(text, c.says) {
				t.Errorf("at %s: overdue %t, soon %t, want %q", h.now, strings.Contains(late, number), strings.Contains(near, number), c.says)
			}
		}
	})
}

func TestWhoWaitsForTheSenderIsNotLate(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.file(t, "春晖路三盏路灯不亮")
		handler := staff.Member{Login: "lina", Unit: h.unitOf(t, number), Roles: []staff.Role{staff.Handler}}
		_, err := h.work.Accept(t.Context(), number, handler, casework.Input{})
		must(t, err)
		_, err = h.work.AskSupplement(t.Context(), number, handler, casework.Input{Text: "请问是哪几盏？"})
		must(t, err)
		h.now = h.now.AddDate(0, 0, 8)
		for _, path := range []string{"/supervise/letters?figure=overdue", "/supervise/letters?figure=soon"} {
			if _, text := h.get(t, path); strings.Contains(text, number) {
				t.Errorf("%s lists it", path)
			}
		}
	})
}

var numberLink = regexp.MustCompile(`<a href="(/supervise/letters\?[^"]+)">([\d,]+)</a>`)
var letterLink = regexp.MustCompile(`<a href="/desk/letters/(\d{14})">`)

// Each number of the table opens exactly as many letters as it counts.
func TestEachNumberOpensItsLetters(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var early, late []string
		for i := range 4 {
			early = append(early, h.file(t, fmt.Sprintf("春晖路第 %d 盏路灯不亮", i)))
			late = append(late, h.file(t, fmt.Sprintf("公交 %d 路晚点", i)))
		}
		unassigned := h.file(t, "有件事想请教")
		h.now = h.now.AddDate(0, 0, 2)
		for _, n := range early[:3] {
			h.answer(t, n)
		}
		h.now = h.now.AddDate(0, 0, 14)
		h.answer(t, late[0])
		h.file(t, "春晖路又有路灯不亮")
		_, text := h.get(t, "/supervise")
		links := numberLink.FindAllStringSubmatch(text, -1)
		if len(links) < 15 {
			t.Fatalf("%d numbers", len(links))
		}
		for _, l := range links {
			res, list := h.get(t, html.UnescapeString(l[1]))
			if got := len(letterLink.FindAllString(list, -1)); res.StatusCode != 200 || fmt.Sprint(got) != l[2] {
				t.Errorf("%s counts %s and opens %d (%d)", l[1], l[2], got, res.StatusCode)
			}
		}
		_, list := h.get(t, "/supervise/letters?figure=received&unit=none&from=2026-03-01&to=2026-03-31")
		has(t, list, unassigned, "还没有派单")
		_, list = h.get(t, "/supervise/letters?figure=answered&unit="+h.unitOf(t, late[0])+"&from=2026-03-01&to=2026-03-31")
		has(t, list, late[0], "超期答复", "超期 7 个工作日")
		_, list = h.get(t, "/supervise/letters?figure=on-time&unit="+h.unitOf(t, early[0])+"&from=2026-03-01&to=2026-03-31")
		has(t, list, early[0], early[1], early[2], "按时答复")
	})
}

func TestAMonthCanBePicked(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.file(t, "春晖路三盏路灯不亮")
		h.now = h.now.AddDate(0, 1, 0)
		_, april := h.get(t, "/supervise")
		has(t, april, `<option value="2026-04" selected>2026年4月</option>`, `<option value="2025-04">`)
		_, march := h.get(t, "/supervise?month=2026-03&lang=en")
		has(t, march, `<option value="2026-03" selected>March 2026</option>`, "from=2026-03-01&amp;to=2026-03-31", "Supervision", "Overdue now")
		for _, month := range []string{"2026-05", "2026-13", "x"} {
			if res, _ := h.get(t, "/supervise?month="+month); res.StatusCode != 400 {
				t.Errorf("%s: %d", month, res.StatusCode)
			}
		}
	})
}

// A letter that is due later this month counts when its time has come, not before: else every month would begin badly.
func TestWhatIsNotDueYetIsNoFailure(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		done := h.file(t, "春晖路三盏路灯不亮")
		h.answer(t, done)
		h.now = h.now.AddDate(0, 0, 8)
		h.file(t, "东湖路一盏路灯不亮")
		_, text := h.get(t, "/supervise")
		has(t, text, `100<small>%</small>`, "3月 1/1")
	})
}

// An accusation is kept by its guard: not in a list, not in a number, for nobody.
func TestGuardedLettersAreInNoListAndNoNumber(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r, err := h.intake.Submit(context.Background(), letter.Draft{Channel: letter.Web, Title: "举报受贿",
			Body: "我实名举报市住建局副局长李某收受开发商贿赂二十万元，有转账记录，请纪委调查。"})
		must(t, err)
		l, err := h.store.Letter(t.Context(), r.Number)
		must(t, err)
		if l.Guard == "" {
			t.Fatal("not guarded")
		}
		h.file(t, "春晖路三盏路灯不亮")
		h.now = h.now.AddDate(0, 0, 20)
		// Also not for a leader of the very unit that handles it.
		for _, m := range []*staff.Member{supervisor, leader, {Login: "gaoyuan", Unit: l.Unit, Roles: []staff.Role{staff.Leader, staff.Handler}}} {
			h.member = m
			_, text := h.get(t, "/supervise")
			hasNot(t, text, r.Number, "受贿", h.city.Router.Name(l.Unit))
			has(t, text, `figure=overdue">1</a>`)
			for _, f := range append([]store.Figure{"soon"}, store.Figures...) {
				_, list := h.get(t, "/supervise/letters?figure="+string(f)+"&from=2026-03-01&to=2026-03-31")
				hasNot(t, list, r.Number, "受贿")
				if _, list := h.get(t, "/supervise/letters?figure="+string(f)+"&unit="+l.Unit+"&from=2026-03-01&to=2026-03-31"); len(letterLink.FindAllString(list, -1)) != 0 {
					t.Errorf("%s opens letters of the discipline unit", f)
				}
			}
		}
	})
}

func TestWrongAddressesAreToldApart(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, query := range []string{"figure=median", "figure=x", "figure=received&from=x", "figure=received&from=2026-03-02&to=2026-03-01",
			"figure=received&page=0", "figure=received&page=x", "figure=received&unit=" + strings.Repeat("x", 51)} {
			if res, _ := h.get(t, "/supervise/letters?"+query); res.StatusCode != 400 {
				t.Errorf("%s: %d", query, res.StatusCode)
			}
		}
		if res, text := h.get(t, "/supervise/letters?figure=received&unit=unknown"); res.StatusCode != 200 || !strings.Contains(text, "没有这样的信") {
			t.Errorf("an unknown unit: %d", res.StatusCode)
		}
	})
}
