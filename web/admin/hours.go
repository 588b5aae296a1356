package admin

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/sla"
	"huiyin/web/page"
)

// mostPeriods is how many stretches of office hours a day may have.
const mostPeriods = 4

type hoursPage struct {
	page.Head
	Periods []period // as typed, the last ones empty
	Minutes int      // of a working day now
	Trial   *localPreview
}

// period is one stretch of office hours as typed.
type period struct {
	Number int
	sla.Period
}

// hours shows the office hours in a form.
func (s *Server) hours(c *fiber.Ctx) error {
	v := s.hoursNow()
	for i, p := range officeHours(s.City()) {
		if i < mostPeriods {
			v.Periods[i].Period = p
		}
	}
	return s.set.Render(c, "hours", v)
}

func (s *Server) hoursNow() *hoursPage {
	v := &hoursPage{Head: page.Head{Title: "上班时间", Under: page.PathAdmin}, Minutes: s.City().Clocks.Calendar.OfficeMinutes()}
	for i := range mostPeriods {
		v.Periods = append(v.Periods, period{Number: i + 1})
	}
	return v
}

// officeHours are those of the city, or those that hold where it names none.
func officeHours(city *citypack.Snapshot) []sla.Period {
	if hours := city.Pack.Time.Hours; len(hours) > 0 {
		return hours
	}
	return sla.DefaultHours
}

// tryHours shows what other hours would do; nothing is saved.
func (s *Server) tryHours(c *fiber.Ctx) error {
	return s.timed(c, func(v *hoursPage, _ []sla.Period) error { return s.set.Render(c, "hours", v) })
}

// keepHours puts the hours in force that were previewed.
func (s *Server) keepHours(c *fiber.Ctx) error {
	return s.timed(c, func(v *hoursPage, hours []sla.Period) error {
		if v.Trial.Changed {
			return s.set.Render(c, "hours", v)
		}
		by := member(c).Login
		if err := citypack.ChangeHours(c.UserContext(), s.Store, hours, by, s.Now()); err != nil {
			return err
		}
		s.Log.Info("office hours changed", "by", by)
		return s.kept(c, "已启用新的上班时间。办理中的来信随后重算期限，已经告知的日期不会提前。")
	})
}

// timed reads the form and tries it; a refused one comes back with what was typed.
func (s *Server) timed(c *fiber.Ctx, then func(*hoursPage, []sla.Period) error) error {
	v, hours, city := s.hoursNow(), []sla.Period(nil), s.City()
	for i := range v.Periods {
		n := strconv.Itoa(i + 1)
		p := sla.Period{From: strings.TrimSpace(c.FormValue("from-" + n)), To: strings.TrimSpace(c.FormValue("to-" + n))}
		if v.Periods[i].Period = p; p != (sla.Period{}) {
			hours = append(hours, p)
		}
	}
	trial, tried, err := s.tryLocal(c, city.Pack.WithHours(hours))
	switch {
	case len(hours) == 0: // a pack without hours has the usual ones
		err = letter.Invalid("请至少写一段上班时间。", map[string]string{"from-1": "请至少写一段上班时间。"})
	case err == nil && slices.Equal(hours, officeHours(city)):
		err = letter.Refuse("上班时间和现行的一样，没有什么要保存。")
	case err == nil:
		trial.Minutes = tried.Clocks.Calendar.OfficeMinutes()
		v.Trial = trial
		err = then(v, hours)
	}
	if !letter.IsRefused(err) {
		return err
	}
	v.Trial = nil
	v.Refused(err)
	return s.set.Render(c, "hours", v)
}
