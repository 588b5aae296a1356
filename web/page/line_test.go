package page_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/web/page"
)

func TestTheLineShowsWhereALetterIs(t *testing.T) {
	at := func(day int) time.Time { return sent.AddDate(0, 0, day) }
	for _, row := range []struct {
		name   string
		status letter.Status
		want   string
	}{
		{"just received", letter.Status{State: letter.Received}, "收到:here 派单:ahead 签收:ahead 办理:ahead 答复:ahead 公开:ahead"},
		{"with the unit", letter.Status{State: letter.Assigned, AssignedAt: at(0)}, "收到:done 派单:here 签收:ahead 办理:ahead 答复:ahead 公开:ahead"},
		{"objected to", letter.Status{State: letter.Returned, AssignedAt: at(0)}, "收到:done 派单:here 签收:ahead 办理:ahead 答复:ahead 公开:ahead"},
		{"worked on", letter.Status{State: letter.Handling, AssignedAt: at(0), AcceptedAt: at(1)}, "收到:done 派单:done 签收:done 办理:here 答复:ahead 公开:ahead"},
		{"in review", letter.Status{State: letter.InReview, AssignedAt: at(0), AcceptedAt: at(1)}, "收到:done 派单:done 签收:done 办理:here 答复:ahead 公开:ahead"},
		{"ruled to stay before it was accepted", letter.Status{State: letter.Handling, AssignedAt: at(0)}, "收到:done 派单:done 签收:passed 办理:here 答复:ahead 公开:ahead"},
		{"answered at once", letter.Status{State: letter.Answered, AnsweredAt: at(0)}, "收到:done 派单:passed 签收:passed 办理:passed 答复:here 公开:ahead"},
		{"not to be published", letter.Status{State: letter.Closed, AnsweredAt: at(2), AssignedAt: at(0), AcceptedAt: at(1), Withheld: true}, "收到:done 派单:done 签收:done 办理:done 答复:here"},
		{"published", letter.Status{State: letter.Closed, AnsweredAt: at(2), AssignedAt: at(0), AcceptedAt: at(1), PublishedAt: at(3)}, "收到:done 派单:done 签收:done 办理:done 答复:done 公开:here"},
		{"refused", letter.Status{State: letter.Refused, ClosedAt: at(1)}, "收到:done 不予受理:ended"},
		{"withdrawn", letter.Status{State: letter.Withdrawn, AssignedAt: at(0), ClosedAt: at(1)}, "收到:done 派单:done 已撤回:ended"},
	} {
		l := &letter.Letter{Received: sent, Consent: true, Status: row.status}
		var got []string
		for _, s := range page.LineOf(l, at(3), nil).Stations {
			got = append(got, s.Word+":"+s.Mark)
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s:\n got %s\nwant %s", row.name, strings.Join(got, " "), row.want)
		}
	}
}

func TestDueMarkFollowsTheClock(t *testing.T) {
	due := time.Date(2026, 12, 7, 23, 59, 59, 999e6, beijing)
	for _, row := range []struct {
		name  string
		clock letter.Clock
		now   time.Time
		want  page.Mark
	}{
		{"far away", letter.Clock{Due: due}, due.AddDate(0, 0, -5), page.Running},
		{"near", letter.Clock{Due: due}, due.Add(-47 * time.Hour), page.Soon},
		{"on the last millisecond", letter.Clock{Due: due}, due, page.Soon},
		{"past", letter.Clock{Due: due}, due.Add(time.Millisecond), page.Overdue},
		{"paused", letter.Clock{Due: due, PausedSince: due.AddDate(0, 0, -1)}, due.AddDate(0, 0, 9), page.Paused},
		{"stopped in time", letter.Clock{Due: due, Stopped: due}, due.AddDate(1, 0, 0), page.OnTime},
		{"stopped late", letter.Clock{Due: due, Stopped: due.Add(time.Second)}, due.AddDate(1, 0, 0), page.Late},
	} {
		if got := page.DueMark(row.clock, row.now); got != row.want {
			t.Errorf("%s: got %s, want %s", row.name, got, row.want)
		}
	}
}

func TestTheLineTellsHowItsDueDateCameAbout(t *testing.T) {
	v := newSpecimen("写信")
	h := how()
	h.Days[6].Counted, h.Days[6].Why = true, "调休上班（国庆节）"
	h.Days[5].Why = "国庆节放假"
	v.Line = page.LineOf(handled(), sent, h)
	for lang, wants := range map[page.Language][]string{
		page.Chinese: {"2026年12月7日（周一）", "10 个工作日内答复", "第 5 天", "国庆节放假", "调休上班", "12月7日前", "收到当天不计"},
		page.English: {"Mon 7 December 2026", "within 10 working days", "Day 5", "National Day holiday", "make-up day", "by 7 Dec", "day of receipt"},
	} {
		var b bytes.Buffer
		if err := newSet(t, page.Resident).Write(&b, "letter", lang, v); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: the page lacks %q", lang, want)
			}
		}
	}
}

// What a calendar cannot say stands in words: pauses, both dates where another holds, local orders, the version.
func TestTheExplanationSaysWhatTheCalendarCannot(t *testing.T) {
	l, h := handled(), how()
	day := func(d int) time.Time { return time.Date(2026, 12, d, 23, 59, 59, 999e6, beijing) }
	h.Pauses = []letter.Pause{
		{From: day(1), Until: day(3), Why: "听证，暂停计算"},
		{From: day(4), Until: day(5).Add(time.Millisecond), Why: "等待写信人补充，暂停计算", Lasts: true}}
	h.Counted, h.Told = day(4), day(7)
	h.Days[3].Counted, h.Days[3].Why, h.Days[3].Source = false, "本地安排不上班（台风）", "防汛指挥部令第三号"
	h.Clock.Calendar = "2026-000000"
	v := newSpecimen("写信")
	v.Line = page.LineOf(l, sent, h)
	for lang, wants := range map[page.Language][]string{
		page.Chinese: {"听证，暂停计算", "最迟到2026年12月5日（周六）。", "按现在的安排算到2026年12月4日（周五）；此前告知的期限较晚，予以保留：2026年12月7日（周一）。",
			"2026年11月26日（周四）：本地安排不上班（台风）。依据：防汛指挥部令第三号。", "当时按日历 2026-000000 版算出；按现在的 2026-1a2b3c 版重算，结果相同。"},
		page.English: {"paused for a hearing", "Until Sat 5 December 2026 at the latest.", "the later date that was told before holds: Mon 7 December 2026", "closed by local order (台风)"},
	} {
		var b bytes.Buffer
		if err := newSet(t, page.Resident).Write(&b, "letter", lang, v); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: the page lacks %q in\n%s", lang, want, b.String())
			}
		}
	}
}

// A limit in hours says how much of it passed on each day.
func TestTheDaysOfALimitInHoursSayHowMuchPassed(t *testing.T) {
	l, h := handled(), how()
	l.Clocks[0].Measure, l.Clocks[0].Amount = "working_hour", 9
	h.Days = []page.Day{{Date: "2026-11-23", Counted: true, Why: "上班时间计入", Minutes: 90}, {Date: "2026-11-24", Counted: true, Why: "上班时间计入", Minutes: 420}, {Date: "2026-11-25", Counted: true, Why: "上班时间计入", Minutes: 30}}
	v := newSpecimen("写信")
	v.Line = page.LineOf(l, sent, h)
	var b bytes.Buffer
	if err := newSet(t, page.Resident).Write(&b, "letter", page.Chinese, v); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"算 1 小时 30 分", "算 7 小时", "算 30 分钟", "9 个工作小时内答复"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
