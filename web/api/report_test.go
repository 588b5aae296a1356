package api_test

import (
	"testing"
	"time"
)

type ratio struct{ Numerator, Denominator int }

type performance struct {
	Department        *named
	Received          int
	Answered          int
	AnsweredOnTime    ratio    `json:"answered_on_time"`
	DueOnTime         ratio    `json:"due_on_time"`
	OverdueNow        int      `json:"overdue_now"`
	MedianWorkingDays *float64 `json:"median_working_days"`
}

type report struct {
	From, To string
	AsOf     time.Time `json:"as_of"`
	City     performance
	Units    []performance
}

func TestRatesComeAsTheirTwoNumbersAndGuardedLettersInNone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.publish(t, lamp)
		h.file(t, `{"title":"另一处路灯","body":"东湖路路灯不亮，请安排城市照明维修。"}`)
		h.file(t, `{"title":"举报受贿","body":"我实名举报市住建局副局长李某收受开发商贿赂二十万元，有转账记录，请纪委调查。"}`)
		h.Now = h.Now.AddDate(0, 0, 14)
		var got report
		h.call(t, "GET", "/api/v1/reports/responsiveness?by=unit", "").Into(t, &got)
		if got.From != "2026-03-01" || got.To != "2026-03-16" || !got.AsOf.Equal(h.Now) {
			t.Errorf("the month so far: %+v", got)
		}
		c := got.City
		if c.Received != 2 || c.Answered != 1 || c.AnsweredOnTime != (ratio{1, 1}) || c.DueOnTime != (ratio{1, 2}) || c.OverdueNow != 1 ||
			c.MedianWorkingDays == nil || *c.MedianWorkingDays != 0 {
			t.Errorf("%+v", c)
		}
		sum := 0
		for _, u := range got.Units {
			sum += u.Received
			if u.Department != nil && u.Department.ID == "jwjw" {
				t.Errorf("a guarded letter is counted: %+v", u)
			}
		}
		if sum != 2 || len(got.Units) == 0 || got.Units[0].Department == nil || got.Units[0].Department.ID != f.Department.ID {
			t.Errorf("%+v", got.Units)
		}
		var earlier report
		h.call(t, "GET", "/api/v1/reports/responsiveness?from=2026-02-01&to=2026-02-28", "").Into(t, &earlier)
		if earlier.City.Received != 0 || earlier.City.MedianWorkingDays != nil || earlier.City.OverdueNow != 1 || len(earlier.Units) != 0 {
			t.Errorf("%+v", earlier)
		}
		for _, query := range []string{"by=mood", "from=x", "from=2027-01-01", "from=2026-03-02&to=2026-03-01"} {
			if a := h.call(t, "GET", "/api/v1/reports/responsiveness?"+query, ""); a.Status != 400 {
				t.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
	})
}
