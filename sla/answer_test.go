package sla

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestAnswerCSVFollowsTheContract(t *testing.T) {
	in := "\ufeffstart,amount,unit\r\n" +
		"2026-02-13,3,working_day\r\n" +
		"2026-02-13 10:30:00,24,hour\n" +
		"2026-02-13T02:30:00Z,1,working_day\n" +
		"2026-02-13T20:30:00Z,1,working_day\n" + // already the 14th in the city
		"\n" +
		"\"2026-11-23 16:00:00\", 2 ,working_hour\n" +
		"2026-12-17,60,calendar_day\n" +
		"2026-01-31,1,month"
	want := `start,amount,unit,due,provisional
2026-02-13,3,working_day,2026-02-25,false
2026-02-13 10:30:00,24,hour,2026-02-14T10:30:00+08:00,false
2026-02-13T02:30:00Z,1,working_day,2026-02-14,false
2026-02-13T20:30:00Z,1,working_day,2026-02-24,false
2026-11-23 16:00:00,2,working_hour,2026-11-24T10:00:00+08:00,false
2026-12-17,60,calendar_day,2027-02-15,true
2026-01-31,1,month,2026-02-28,false
`
	var out, errs strings.Builder
	bad, err := AnswerCSV(strings.NewReader(in), &out, &errs, city(t))
	if bad != 0 || err != nil || errs.String() != "" {
		t.Errorf("bad %d, err %v, errs %q", bad, err, errs.String())
	}
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}

func TestBadLinesHaveNoDueAndAReason(t *testing.T) {
	for line, reason := range map[string]string{
		"2026-02-30,3,working_day":             "起始时间",
		"2026-02-13T10:00:00,3,working_day":    "起始时间",
		"２０２６-02-13,3,working_day":             "全角",
		"2026-02-13,３,working_day":             "全角",
		"2026-02-13,0,working_day":             "1 以上",
		"2026-02-13,-2,hour":                   "1 以上",
		"2026-02-13,2.5,hour":                  "不是整数",
		"2026-02-13,,hour":                     "不是整数",
		"2026-02-13,99999999999999999999,hour": "不是整数",
		"2026-02-13,999999,hour":               "太长",
		"2026-02-13,3,days":                    "单位",
		"2026-02-13,3":                         "三项",
		"2026-02-13,3,hour,x,y":                "三项",
		"0001-01-01,3,hour":                    "年份",
		`"2026-02-13,3,hour`:                   "引号",
		",,":                                   "起始时间",
	} {
		var out, errs strings.Builder
		bad, err := AnswerCSV(strings.NewReader("2026-02-13,3,working_day\n"+line+"\n2026-02-13,1,hour\n"), &out, &errs, city(t))
		rows := strings.Split(out.String(), "\n")
		if bad != 1 || err != nil || len(rows) != 4 || !strings.HasSuffix(rows[1], ",,false") {
			t.Errorf("%s: bad %d, err %v, out %q", line, bad, err, out.String())
		}
		if !strings.HasPrefix(errs.String(), "第 2 行：") || !strings.Contains(errs.String(), reason) {
			t.Errorf("%s: reason %q", line, errs.String())
		}
	}
}

// The file of the issue: 400 rows of all units, each compared with counting day by
// day or minute by minute.
func TestFourHundredMixedRowsAreWhatCountingGives(t *testing.T) {
	c := book{Calendar: city(t), years: city(t).Years()}
	var in strings.Builder
	var want []string
	for i := range 400 {
		start := at(t, "2025-01-06 08:07").Add(time.Duration(i*2477) * time.Minute)
		limit := Limit{i%23 + 1, units[i%len(units)]}
		if limit.Unit == Month {
			limit.Amount = i%6 + 1
		}
		row := fmt.Sprintf("%s,%d,%s", start.Format(time.DateTime), limit.Amount, limit.Unit)
		fmt.Fprintln(&in, row)
		due := ""
		if limit.Unit.InDays() {
			due = c.naive(start, limit, nil).Format(time.DateOnly)
		} else {
			due = c.naiveHours(start, limit, nil).In(c.zone).Format(time.RFC3339)
		}
		want = append(want, fmt.Sprintf("%s,%s,%v", row, due, due >= "2027"))
	}
	var out, errs strings.Builder
	if bad, err := AnswerCSV(strings.NewReader(in.String()), &out, &errs, c.Calendar); bad != 0 || err != nil {
		t.Fatal(bad, err, errs.String())
	}
	for i, got := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		if got != want[i] {
			t.Errorf("line %d: got %s, want %s", i+1, got, want[i])
		}
	}
}

func TestManyLinesAreAnsweredQuickly(t *testing.T) {
	c := city(t)
	var in strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&in, "2026-%02d-%02d,%d,working_day\n", i%12+1, i%28+1, i%60+1)
	}
	var out, errs strings.Builder
	start := time.Now()
	if bad, err := AnswerCSV(strings.NewReader(in.String()), &out, &errs, c); bad != 0 || err != nil {
		t.Fatal(bad, err)
	}
	if took := time.Since(start); took > 5*time.Second { // aim: well under a second
		t.Errorf("100,000 lines took %s", took)
	}
}
