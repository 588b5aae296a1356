package page_test

import (
	"os"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/web/page"
)

var (
	beijing = time.FixedZone("Asia/Shanghai", 8*3600)
	sent    = time.Date(2026, 11, 23, 14, 32, 0, 0, beijing)
	site    = page.Site{City: "清河市", CityLatin: "Qinghe", Organizer: "清河市人民政府办公室", Operator: "清河市政务服务和数据管理局",
		Phone: "12345", IDCode: "0000000000", ICP: "待备案", Police: "待备案", Mistakes: "/mistakes", Demo: true, Zone: beijing}
	gallery = os.DirFS("testdata/gallery")
)

// specimen is a page struct with everything that the gallery shows.
type specimen struct {
	page.Head
	At                     time.Time
	State                  letter.State
	States                 []letter.State
	Soon, Overdue, Running page.Mark
	Line, Late, Ended      page.Line
	Pages                  page.Pages
}

func newSpecimen(title string) *specimen {
	return &specimen{
		Head: page.Head{Title: title, Here: "/desk"}, At: sent, State: letter.Answered, States: letter.States,
		Soon: page.Soon, Overdue: page.Overdue, Running: page.Running,
		Line: page.LineOf(handled(), sent.AddDate(0, 0, 2), how()), Late: page.LineOf(handled(), sent.AddDate(0, 0, 40), nil),
		Ended: page.LineOf(withdrawn(), sent.AddDate(0, 0, 2), nil),
		Pages: page.Pages{Page: 6, PerPage: 20, Total: 400, Address: "/published?q=路灯"},
	}
}

func handled() *letter.Letter {
	l := &letter.Letter{Number: "26112300001235", Received: sent, Consent: true}
	l.State, l.AssignedAt, l.AcceptedAt = letter.Handling, sent.Add(time.Minute), sent.AddDate(0, 0, 1)
	l.Clocks = []letter.Clock{{Name: letter.SenderClock, Started: sent, Due: time.Date(2026, 12, 7, 23, 59, 59, 999e6, beijing),
		Amount: 10, Measure: "working_day"}}
	return l
}

func withdrawn() *letter.Letter {
	l := handled()
	l.State, l.ClosedAt, l.AcceptedAt = letter.Withdrawn, sent.AddDate(0, 0, 2), time.Time{}
	return l
}

// how is ten working days from a Monday, with a make-up Saturday made up for the picture.
func how() *page.How {
	h := &page.How{Open: true}
	h.Clock.Name, h.Policy, h.Source, h.Calendar = letter.SenderClock, "一般来信", "《清河市来信办理办法》第十条", "2026-1a2b3c"
	h.Grounds = []letter.Ground{{Rule: "开始的当日不计入，从下一日起算", Article: "民法典第二百零一条第一款"}, {Rule: "最后一日的二十四时截止", Article: "民法典第二百零三条第二款"}}
	h.Days = append(h.Days, page.Day{Date: "2026-11-23", Why: "收到当天不计"})
	for d := sent.AddDate(0, 0, 1); d.Before(time.Date(2026, 12, 8, 0, 0, 0, 0, beijing)); d = d.AddDate(0, 0, 1) {
		day := page.Day{Date: d.Format(time.DateOnly), Counted: true, Why: "工作日"}
		if d.Weekday() == time.Sunday || d.Weekday() == time.Saturday {
			day.Counted, day.Why = false, "周末"
		}
		h.Days = append(h.Days, day)
	}
	return h
}

var lina = staff.Member{Login: "lina", Name: "李娜", Unit: "cgj", Roles: []staff.Role{staff.Handler, staff.Reviewer, staff.Supervisor}}
