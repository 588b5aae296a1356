package sla

import (
	"time"

	"huiyin/internal/letter"
)

// Period is one stretch of office hours, "09:00" to "12:00" in the city's zone.
type Period struct {
	From string `json:"from" yaml:"from"`
	To   string `json:"to" yaml:"to"`
}

// DefaultHours hold where the city pack names none.
var DefaultHours = []Period{{"09:00", "12:00"}, {"13:00", "17:00"}}

// shift is a period in milliseconds since midnight.
type shift struct{ from, to int64 }

func (c *Calendar) open(hours []Period) error {
	before := int64(0)
	for _, p := range hours {
		from, errFrom := clock(p.From)
		to, errTo := clock(p.To)
		if errFrom != nil || errTo != nil || from < before || to <= from {
			return letter.Refuse("上班时间“%s–%s”不对：应写作 09:00，按先后排列，不能重叠。", p.From, p.To)
		}
		c.hours = append(c.hours, shift{from, to})
		c.daily += to - from
		before = to
	}
	if c.daily == 0 {
		return letter.Refuse("没有设置上班时间。")
	}
	return nil
}

func clock(s string) (int64, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, err
	}
	return int64(t.Hour()*60+t.Minute()) * 60_000, nil
}

// OfficeMinutes is how long a working day is, for durations told in working days.
func (c *Calendar) OfficeMinutes() int { return int(c.daily / 60_000) }

// WorkingMinutes counts the minutes in office hours between two moments, 0 when
// the second is not later.
func WorkingMinutes(c *Calendar, from, to time.Time) int {
	if !to.After(from) {
		return 0
	}
	return int((c.office(to) - c.office(from)) / 60_000)
}

// WorkingDays counts the working days after the day of from, up to and
// including the day of to; negative when to is earlier.
func WorkingDays(c *Calendar, from, to time.Time) int {
	return c.worked(c.day(to)) - c.worked(c.day(from))
}

// office is the office time in milliseconds from a fixed origin to the moment.
func (c *Calendar) office(t time.Time) int64 {
	local := t.In(c.zone)
	d := dayOf(local)
	sum := int64(c.worked(d-1)) * c.daily
	if !c.works(d) {
		return sum
	}
	h, m, s := local.Clock()
	now := int64(h*3600+m*60+s)*1000 + int64(local.Nanosecond()/1e6)
	for _, p := range c.hours {
		sum += max(0, min(now, p.to)-p.from)
	}
	return sum
}

// atOffice is the earliest moment at which office reaches sum: the end of a
// period, not the beginning of the next.
func (c *Calendar) atOffice(sum int64) time.Time {
	n := -floorDiv(-sum, c.daily)
	rest := sum - (n-1)*c.daily
	d := c.nth(int(n))
	for _, p := range c.hours {
		if length := p.to - p.from; rest > length {
			rest -= length
			continue
		}
		y, m, dd := d.date().Date()
		ms := p.from + rest
		return time.Date(y, m, dd, 0, 0, int(ms/1000), int(ms%1000)*1e6, c.zone)
	}
	return c.end(d)
}
