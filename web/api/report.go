package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/sla"
	"huiyin/web/page"
)

// responsiveness is how the city kept its time in a period. Guarded letters are in none of its numbers.
type responsiveness struct {
	From  string        `json:"from"`
	To    string        `json:"to"`
	AsOf  time.Time     `json:"as_of"` // moment at which overdue_now holds
	City  performance   `json:"city"`
	Units []performance `json:"units"`
}

// performance gives every rate as its two numbers, so that anybody can divide and add them.
type performance struct {
	Department        *named   `json:"department"` // null: the whole city, or the office that dispatches
	Received          int      `json:"received"`
	Answered          int      `json:"answered"`
	AnsweredOnTime    ratio    `json:"answered_on_time"`
	DueOnTime         ratio    `json:"due_on_time"`
	OverdueNow        int      `json:"overdue_now"`
	MedianWorkingDays *float64 `json:"median_working_days"` // null when none was answered
}

type ratio struct {
	Numerator   int `json:"numerator"`
	Denominator int `json:"denominator"`
}

// responsiveness reports a period, without dates the month so far; by=unit adds the table of units.
func (s *Server) responsiveness(c *fiber.Ctx) error {
	city, now, wrong := s.City(), s.Now(), map[string]string{}
	by := c.Query("by", "city")
	if by != "city" && by != "unit" {
		wrong["by"] = "可用：city、unit。"
	}
	span := days(c, city.Zone(), wrong).orMonthSoFar(now.In(city.Zone()))
	if span.from.After(span.to) {
		wrong["from"] = "开始日期不能晚于结束日期。"
	}
	if len(wrong) > 0 {
		return letter.Invalid("查询条件有误，请修改后再查。", wrong)
	}
	period := store.Period{From: span.from, To: span.after()}
	if end := now.Add(time.Millisecond); end.Before(period.To) {
		period.To = end // what is due later today is neither kept nor missed yet
	}
	whole, err := s.Store.City(c.UserContext(), period, now)
	if err != nil {
		return err
	}
	lang := page.Lang(c)
	answer := responsiveness{
		From: span.from.Format(time.DateOnly), To: span.to.Format(time.DateOnly), AsOf: now.In(city.Zone()).Truncate(time.Second),
		City: performanceOf(whole, city, lang), Units: []performance{},
	}
	if by == "unit" {
		units, err := s.Store.Units(c.UserContext(), store.Reader{All: true}, period, now)
		if err != nil {
			return err
		}
		for _, u := range units {
			answer.Units = append(answer.Units, performanceOf(u, city, lang))
		}
	}
	return c.JSON(answer)
}

// orMonthSoFar fills the ends that were left out: the first of the last day's month, and today.
func (s span) orMonthSoFar(today time.Time) span {
	if s.to.IsZero() {
		s.to = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, today.Location())
	}
	if s.from.IsZero() {
		s.from = time.Date(s.to.Year(), s.to.Month(), 1, 0, 0, 0, 0, today.Location())
	}
	return s
}

func performanceOf(p store.Performance, city *citypack.Snapshot, lang page.Language) performance {
	row := performance{
		Department: department(city, p.Unit, lang), Received: p.Received, Answered: p.Answered,
		AnsweredOnTime: ratio{p.OnTime, p.Answered}, DueOnTime: ratio{p.DueOnTime, p.Due}, OverdueNow: p.Overdue,
	}
	if p.Answered > 0 {
		days := officeDays(p.MedianMinutes, city.Clocks.Calendar)
		row.MedianWorkingDays = &days
	}
	return row
}

// officeDays is a duration in office hours as working days, to a tenth.
func officeDays(minutes int, calendar *sla.Calendar) float64 {
	tenths := (minutes*10 + calendar.OfficeMinutes()/2) / calendar.OfficeMinutes()
	return float64(tenths) / 10
}
