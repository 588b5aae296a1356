package supervise_test

import (
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
				if page := h.get(t, path).Want(t, 200); page.Header.Get("Cache-Control") != "no-store" {
					t.Errorf("%s may stay in a cache", path)
				}
			}
			h.member = &staff.Member{Login: "lina", Unit: "cgj", Roles: []staff.Role{staff.Handler, staff.Reviewer, staff.Admin}}
			h.get(t, path).Want(t, 403, "督办页面由督办员和领导查看")
			h.member = nil
			if page := h.get(t, path).Want(t, 303); !strings.HasPrefix(page.Location, "/sign-in?next=%2Fsupervise") {
				t.Errorf("nobody is led to %s", page.Location)
			}
		}
	})
}

// The five days of a letter received on Monday 2 March 2026 are over on Monday the 9th at midnight.
func TestLettersMoveFromDueSoonToOverdue(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.file("春晖路三盏路灯不亮")
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
			h.Now = time.Date(2026, 3, 2, 9, 0, 0, 0, h.City.Zone()).Add(c.at)
			text := h.get(t, "/supervise").Text
			_, late, _ := strings.Cut(text, `id="overdue"`)
			late, near, _ := strings.Cut(late, `id="soon"`)
			near, _, _ = strings.Cut(near, `id="units"`)
			if strings.Contains(late, number) != c.overdue || strings.Contains(near, number) != c.soon || !strings.Contains(text, c.says) {
				t.Errorf("at %s: overdue %t, soon %t, want %q", h.Now, strings.Contains(late, number), strings.Contains(near, number), c.says)
			}
		}
	})
}

func TestWhoWaitsForTheSenderIsNotLate(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.file("春晖路三盏路灯不亮")
		h.Take(number, letter.Acceptance, casework.Input{})
		h.Take(number, letter.SupplementRequest, casework.Input{Text: "请问是哪几盏？"})
		h.Now = h.Now.AddDate(0, 0, 8)
		for _, path := range []string{"/supervise/letters?figure=overdue", "/supervise/letters?figure=soon"} {
			h.get(t, path).Want(t, 200).Lacks(t, number)
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
			early = append(early, h.file(fmt.Sprintf("春晖路第 %d 盏路灯不亮", i)))
			late = append(late, h.file(fmt.Sprintf("公交 %d 路晚点", i)))
		}
		unassigned := h.file("有件事想请教")
		h.Now = h.Now.AddDate(0, 0, 2)
		for _, n := range early[:3] {
			h.Answer(n, "您好，已处理。", "")
		}
		h.Now = h.Now.AddDate(0, 0, 14)
		h.Answer(late[0], "您好，已处理。", "")
		h.file("春晖路又有路灯不亮")
		links := numberLink.FindAllStringSubmatch(h.get(t, "/supervise").Text, -1)
		if len(links) < 15 {
			t.Fatalf("%d numbers", len(links))
		}
		for _, l := range links {
			list := h.get(t, html.UnescapeString(l[1])).Want(t, 200)
			if got := len(letterLink.FindAllString(list.Text, -1)); fmt.Sprint(got) != l[2] {
				t.Errorf("%s counts %s and opens %d", l[1], l[2], got)
			}
		}
		h.get(t, "/supervise/letters?figure=received&unit=none&from=2026-03-01&to=2026-03-31").Want(t, 200, unassigned, "还没有派单")
		h.get(t, "/supervise/letters?figure=answered&unit="+h.Read(late[0]).Unit+"&from=2026-03-01&to=2026-03-31").Want(t, 200, late[0], "超期答复", "超期 7 个工作日")
		h.get(t, "/supervise/letters?figure=on-time&unit="+h.Read(early[0]).Unit+"&from=2026-03-01&to=2026-03-31").Want(t, 200, early[0], early[1], early[2], "按时答复")
	})
}

func TestAMonthCanBePicked(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.file("春晖路三盏路灯不亮")
		h.Now = h.Now.AddDate(0, 1, 0)
		h.get(t, "/supervise").Want(t, 200, `<option value="2026-04" selected>2026年4月</option>`, `<option value="2025-04">`)
		h.get(t, "/supervise?month=2026-03&lang=en").Want(t, 200, `<option value="2026-03" selected>March 2026</option>`, "from=2026-03-01&amp;to=2026-03-31", "Supervision", "Overdue now")
		for _, month := range []string{"2026-05", "2026-13", "x"} {
			h.get(t, "/supervise?month="+month).Want(t, 400)
		}
	})
}

// A letter that is due later this month counts when its time has come, not before: else every month would begin badly.
func TestWhatIsNotDueYetIsNoFailure(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		done := h.file("春晖路三盏路灯不亮")
		h.Answer(done, "您好，已处理。", "")
		h.Now = h.Now.AddDate(0, 0, 8)
		h.file("东湖路一盏路灯不亮")
		h.get(t, "/supervise").Want(t, 200, `100<small>%</small>`, "3月 1/1")
	})
}

// An accusation is kept by its guard: not in a list, not in a number, for nobody.
func TestGuardedLettersAreInNoListAndNoNumber(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.Submit(letter.Draft{Title: "举报受贿", Body: "我实名举报市住建局副局长李某收受开发商贿赂二十万元，有转账记录，请纪委调查。"})
		l := h.Read(number)
		if l.Guard == "" {
			t.Fatal("not guarded")
		}
		h.file("春晖路三盏路灯不亮")
		h.Now = h.Now.AddDate(0, 0, 20)
		// Also not for a leader of the very unit that handles it.
		for _, m := range []*staff.Member{supervisor, leader, {Login: "gaoyuan", Unit: l.Unit, Roles: []staff.Role{staff.Leader, staff.Handler}}} {
			h.member = m
			h.get(t, "/supervise").Want(t, 200, `figure=overdue">1</a>`).Lacks(t, number, "受贿", h.City.Router.Name(l.Unit))
			for _, f := range append([]store.Figure{"soon"}, store.Figures...) {
				list := "/supervise/letters?figure=" + string(f) + "&from=2026-03-01&to=2026-03-31"
				h.get(t, list).Want(t, 200).Lacks(t, number, "受贿")
				if page := h.get(t, list+"&unit="+l.Unit); letterLink.MatchString(page.Text) {
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
			h.get(t, "/supervise/letters?"+query).Want(t, 400)
		}
		h.get(t, "/supervise/letters?figure=received&unit=unknown").Want(t, 200, "没有这样的信")
	})
}
