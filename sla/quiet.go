package sla

import (
	"time"

	"huiyin/internal/letter"
)

// Notices says when members are told what came due, in the city's time. A city
// that says nothing has DefaultNotices; what it says is taken as it stands, so
// an empty field switches its part off.
type Notices struct {
	QuietFrom string `json:"quiet_from" yaml:"quiet_from"` // "20:00"
	QuietTo   string `json:"quiet_to" yaml:"quiet_to"`     // "08:00", of the next day when it is earlier
	RestDays  bool   `json:"rest_days" yaml:"rest_days"`   // days that are not worked are quiet as a whole
	Digest    string `json:"digest" yaml:"digest"`         // "08:30" of each working day
}

// DefaultNotices leave people their evenings and weekends. No regulation sets
// these times; products with such hours let the office choose (features.md 3.1).
var DefaultNotices = Notices{QuietFrom: "20:00", QuietTo: "08:00", RestDays: true, Digest: "08:30"}

// Check refuses times that are none, hours that never end and a digest that
// would be held back by them.
func (n Notices) Check() error {
	if (n.QuietFrom == "") != (n.QuietTo == "") {
		return letter.Refuse("免打扰时段须同时写明开始和结束，例如 20:00 到 08:00。")
	}
	for _, s := range []string{n.QuietFrom, n.QuietTo, n.Digest} {
		if _, err := clock(s); s != "" && err != nil {
			return letter.Refuse("提醒的时间“%s”不对：应写作 08:30。", s)
		}
	}
	if n.QuietFrom != "" && n.QuietFrom == n.QuietTo {
		return letter.Refuse("免打扰时段的开始和结束不能相同。")
	}
	if n.Digest != "" && n.asleep(minuteOf(n.Digest)) {
		return letter.Refuse("每日摘要的时间“%s”在免打扰时段里。", n.Digest)
	}
	return nil
}

// Shown is the moment from which somebody may be told of what happened at a
// moment: that moment itself, or the end of the quiet hours that it falls into.
func (n Notices) Shown(c *Calendar, at time.Time) time.Time {
	t := at.In(c.zone)
	for range 100 { // no calendar rests longer
		switch minute := int64(t.Hour()*60+t.Minute()) * 60_000; {
		case n.RestDays && !c.Works(t):
			t = midnightAfter(t)
		case !n.asleep(minute):
			return t
		case minute < minuteOf(n.QuietTo):
			t = timeOn(t, n.QuietTo)
		default:
			t = midnightAfter(t)
		}
	}
	return at
}

// asleep says whether that time of day, in milliseconds, is quiet.
func (n Notices) asleep(minute int64) bool {
	if n.QuietFrom == "" {
		return false
	}
	from, to := minuteOf(n.QuietFrom), minuteOf(n.QuietTo)
	if from < to {
		return minute >= from && minute < to
	}
	return minute >= from || minute < to
}

// DigestOf is the day's digest, if its time has come: what happened after since
// is new in it. False on days that are not worked, before its time, and once the
// quiet hours began again, for a program that was not running in the morning.
func (n Notices) DigestOf(c *Calendar, now time.Time) (day string, since time.Time, ok bool) {
	now = now.In(c.zone)
	if n.Digest == "" || !c.Works(now) || now.Before(timeOn(now, n.Digest)) || !n.Shown(c, now).Equal(now) {
		return "", time.Time{}, false
	}
	before := now.AddDate(0, 0, -1)
	for range 100 {
		if c.Works(before) {
			break
		}
		before = before.AddDate(0, 0, -1)
	}
	return now.Format(time.DateOnly), timeOn(before, n.Digest), true
}

// minuteOf reads a time of day that Check let through, in milliseconds.
func minuteOf(s string) int64 {
	ms, err := clock(s)
	if err != nil {
		return 0
	}
	return ms
}

func timeOn(t time.Time, s string) time.Time {
	ms := minuteOf(s)
	return time.Date(t.Year(), t.Month(), t.Day(), int(ms/3600_000), int(ms/60_000%60), 0, 0, t.Location())
}

func midnightAfter(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, t.Location())
}

// AnnouncedFrom is the day of November from which an administrator is asked for
// next year's notice: the State Council's comes out in October or November
// (domain.md 4.5).
const AnnouncedFrom = 1

// MissingYear is next year when its notice should be out and is not in, from 1
// November on.
func (c *Calendar) MissingYear(now time.Time) (year int, missing bool) {
	now = now.In(c.zone)
	year = now.Year() + 1
	late := now.Month() == time.December || now.Month() == time.November && now.Day() >= AnnouncedFrom
	return year, late && !c.Known(year)
}
