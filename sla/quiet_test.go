package sla

import (
	"strings"
	"testing"
	"time"
)

func TestQuietHoursHoldBackUntilTheyEnd(t *testing.T) {
	c := demoRules(t).Calendar
	day := Notices{QuietFrom: "12:00", QuietTo: "13:30"}
	never := Notices{RestDays: false}
	for _, row := range []struct {
		n         Notices
		at, shown string
	}{
		{DefaultNotices, "2026-11-25 15:00", "2026-11-25 15:00"},
		{DefaultNotices, "2026-11-25 19:59", "2026-11-25 19:59"},
		{DefaultNotices, "2026-11-25 20:00", "2026-11-26 08:00"}, // the first minute is quiet
		{DefaultNotices, "2026-11-25 23:59", "2026-11-26 08:00"}, // as every limit in days ends
		{DefaultNotices, "2026-11-26 07:59", "2026-11-26 08:00"},
		{DefaultNotices, "2026-11-26 08:00", "2026-11-26 08:00"}, // the last is over
		{DefaultNotices, "2026-11-27 23:59", "2026-11-30 08:00"}, // Friday night
		{DefaultNotices, "2026-11-28 10:00", "2026-11-30 08:00"}, // Saturday
		{DefaultNotices, "2026-09-20 10:00", "2026-09-20 10:00"}, // a Sunday that is worked
		{DefaultNotices, "2026-09-30 21:00", "2026-10-08 08:00"}, // the national holidays
		{day, "2026-11-25 12:30", "2026-11-25 13:30"},
		{day, "2026-11-28 12:30", "2026-11-28 13:30"},
		{day, "2026-11-28 23:00", "2026-11-28 23:00"},
		{never, "2026-11-28 03:00", "2026-11-28 03:00"},
	} {
		if got := row.n.Shown(c, at(t, row.at)); !got.Equal(at(t, row.shown)) {
			t.Errorf("%s is shown %s, want %s", row.at, got.In(c.Zone()).Format("2006-01-02 15:04"), row.shown)
		}
	}
}

// The digest comes on working days; what is new in it is what came since the last one.
func TestTheDigestOfADay(t *testing.T) {
	c := demoRules(t).Calendar
	for _, row := range []struct{ now, since string }{ // since "": none
		{"2026-11-25 08:29", ""}, {"2026-11-25 08:30", "2026-11-24 08:30"}, {"2026-11-25 15:00", "2026-11-24 08:30"},
		{"2026-11-25 20:00", ""}, // too late to be told today
		{"2026-11-28 09:00", ""}, {"2026-11-30 08:30", "2026-11-27 08:30"}, {"2026-10-08 08:30", "2026-09-30 08:30"},
	} {
		day, since, ok := DefaultNotices.DigestOf(c, at(t, row.now))
		if ok != (row.since != "") || ok && (!since.Equal(at(t, row.since)) || day != row.now[:10]) {
			t.Errorf("%s: %s %s %t", row.now, day, since.In(c.Zone()), ok)
		}
	}
	if _, _, ok := (Notices{}).DigestOf(c, at(t, "2026-11-25 15:00")); ok {
		t.Error("a digest that was switched off came")
	}
}

func TestWrongTimesOfNoticesAreRefused(t *testing.T) {
	for _, row := range []struct {
		n    Notices
		says string
	}{
		{DefaultNotices, ""}, {Notices{}, ""}, {Notices{QuietFrom: "12:00", QuietTo: "13:30", Digest: "13:30"}, ""},
		{Notices{QuietFrom: "20:00"}, "同时写明"}, {Notices{QuietFrom: "8pm", QuietTo: "08:00"}, "“8pm”不对"},
		{Notices{QuietFrom: "08:00", QuietTo: "08:00"}, "不能相同"}, {Notices{QuietFrom: "20:00", QuietTo: "09:00", Digest: "08:30"}, "免打扰时段里"},
	} {
		err := row.n.Check()
		if row.says == "" && err != nil || row.says != "" && (err == nil || !strings.Contains(err.Error(), row.says)) {
			t.Errorf("%+v: %v", row.n, err)
		}
	}
}

func TestNextYearIsMissedFromNovemberOn(t *testing.T) {
	c := demoRules(t).Calendar // 2025 and 2026
	for now, want := range map[string]bool{"2026-10-31 23:59": false, "2026-11-01 00:00": true, "2026-12-31 23:59": true, "2027-01-01 00:00": false, "2025-11-20 10:00": false} {
		if _, missing := c.MissingYear(at(t, now)); missing != want {
			t.Errorf("%s: %t", now, missing)
		}
	}
	if year, _ := c.MissingYear(time.Date(2026, 11, 30, 20, 0, 0, 0, time.UTC)); year != 2027 {
		t.Errorf("misses %d", year)
	}
}
