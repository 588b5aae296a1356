package sla

import (
	"strconv"
	"strings"
	"testing"
)

func lines(days []Day) string {
	var b strings.Builder
	for _, d := range days {
		sign := " - "
		if d.Counted {
			sign = " + "
		}
		b.WriteString(d.Date[5:] + sign + d.Why)
		if d.Minutes > 0 {
			b.WriteString(" " + strconv.Itoa(d.Minutes))
		}
		if d.Source != "" {
			b.WriteString(" 依据" + d.Source)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestExplanationNamesEachDay(t *testing.T) {
	c := city(t)
	for _, row := range []struct {
		from   string
		limit  Limit
		breaks []Break
		want   string
	}{
		{"2026-02-13", Limit{3, WorkingDay}, nil, `
02-13 - 收到当天不计
02-14 + 调休上班（春节）
02-15 - 春节放假
02-16 - 春节放假
02-17 - 春节放假
02-18 - 春节放假
02-19 - 春节放假
02-20 - 春节放假
02-21 - 春节放假
02-22 - 春节放假
02-23 - 春节放假
02-24 + 工作日
02-25 + 工作日
`},
		{"2026-09-23", Limit{2, CalendarDay}, nil, `
09-23 - 收到当天不计
09-24 + 自然日
09-25 + 期满日不上班，顺延
09-26 - 中秋节放假
09-27 - 中秋节放假
09-28 - 顺延后的截止日
`},
		{"2026-11-26", Limit{2, WorkingDay}, []Break{{From: at(t, "2026-11-27"), Until: at(t, "2026-11-28")}}, `
11-26 - 收到当天不计
11-27 - 暂停计算
11-28 - 周末
11-29 - 周末
11-30 + 工作日
12-01 + 工作日
`},
		{"2026-12-31", Limit{2, WorkingDay}, nil, `
12-31 - 收到当天不计
01-01 + 工作日（当年放假安排尚未公布）
01-02 - 周末（当年放假安排尚未公布）
01-03 - 周末（当年放假安排尚未公布）
01-04 + 工作日（当年放假安排尚未公布）
`},
		{"2026-11-27 16:00", Limit{2, WorkingHour}, nil, `
11-27 + 上班时间计入 60
11-28 - 周末
11-29 - 周末
11-30 + 上班时间计入 60
`},
		{"2026-11-27 16:00", Limit{24, Hour}, nil, `
11-27 + 昼夜连续计算 480
11-28 + 昼夜连续计算 960
`},
		{"2026-11-27 16:00", Limit{8, Hour}, nil, `
11-27 + 昼夜连续计算 480
`},
		{"2026-11-27 18:00", Limit{3, WorkingHour}, []Break{{From: at(t, "2026-11-30 09:00"), Until: at(t, "2026-12-01 10:30"), Why: whyAwaiting}}, `
11-27 - 上班时间以外不计
11-28 - 周末
11-29 - 周末
11-30 - 等待写信人补充，暂停计算
12-01 + 上班时间计入 180
`},
		{"2026-02-13 16:00", Limit{9, WorkingHour}, nil, `
02-13 + 上班时间计入 60
02-14 + 调休上班（春节） 420
02-15 - 春节放假
02-16 - 春节放假
02-17 - 春节放假
02-18 - 春节放假
02-19 - 春节放假
02-20 - 春节放假
02-21 - 春节放假
02-22 - 春节放假
02-23 - 春节放假
02-24 + 上班时间计入 60
`},
	} {
		if got := lines(Explain(c, at(t, row.from), row.limit, row.breaks).Days); got != row.want[1:] {
			t.Errorf("%s + %s:\n%s", row.from, row.limit, got)
		}
	}
}

func TestDueGivesNoDaysUnlessAsked(t *testing.T) {
	if r := Due(city(t), at(t, "2026-02-13"), Limit{3, WorkingDay}, nil); r.Days != nil {
		t.Errorf("got %d days", len(r.Days))
	}
}

// Each unit names the articles it is counted by; a limit in working days, which
// ends on one, needs no rolling over.
func TestExplanationNamesTheArticles(t *testing.T) {
	c := city(t)
	for unit, want := range map[Unit]string{
		CalendarDay: "第二百零一条第一款 第二百零三条第一款 第二百零三条第二款",
		WorkingDay:  "第二百零一条第一款 国务院办公厅关于部分节假日安排的通知 第二百零三条第二款",
		Hour:        "第二百零一条第二款",
		WorkingHour: "第二百零一条第二款、第二百零三条第二款 国务院办公厅关于部分节假日安排的通知",
		Month:       "第二百零一条第一款 第二百零二条 第二百零三条第一款 第二百零三条第二款",
	} {
		r := Explain(c, at(t, "2026-11-23 10:00"), Limit{3, unit}, nil)
		var got []string
		for _, g := range r.Grounds {
			got = append(got, strings.TrimPrefix(g.Article, "民法典"))
			if g.Rule == "" {
				t.Errorf("%s: %s says nothing", unit, g.Article)
			}
		}
		if strings.Join(got, " ") != want || r.Calendar != "test" {
			t.Errorf("%s rests on %s by calendar %q", unit, got, r.Calendar)
		}
	}
}
