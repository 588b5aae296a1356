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
