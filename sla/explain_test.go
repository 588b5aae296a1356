package sla

import (
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
		b.WriteString(d.Date[5:] + sign + d.Why + "\n")
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
11-27 + 上班时间计入
11-28 - 周末
11-29 - 周末
11-30 + 上班时间计入
`},
		{"2026-11-27 16:00", Limit{24, Hour}, nil, `
11-27 + 昼夜连续计算
11-28 + 昼夜连续计算
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
