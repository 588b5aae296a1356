package supervise

import (
	"fmt"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/web/page"
)

// offered is how many months the picker goes back.
const offered = 13

// month is one that can be picked.
type month struct {
	Value  string // 2026-03
	Name   string // in the reader's language
	Chosen bool
	period store.Period
}

// monthOf reads the month picked, "" for the present one.
func monthOf(picked string, now time.Time, lang page.Language) (month, error) {
	first := firstOf(now)
	if picked != "" {
		t, err := time.ParseInLocation("2006-01", picked, now.Location())
		if err != nil || t.After(first) {
			return month{}, letter.Invalid("没有这个月份的数据。请从列表中选择。", map[string]string{"month": "没有这个月份的数据。请从列表中选择。"})
		}
		first = t
	}
	return monthFrom(first, lang), nil
}

func firstOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

func monthFrom(first time.Time, lang page.Language) month {
	name := fmt.Sprintf("%d年%d月", first.Year(), first.Month())
	if lang == page.English {
		name = first.Format("January 2006")
	}
	return month{Value: first.Format("2006-01"), Name: name, period: store.Period{From: first, To: first.AddDate(0, 1, 0)}}
}

// monthsUntil lists n months that end with the one of last, newest first.
func monthsUntil(last time.Time, n int, lang page.Language) []month {
	list := make([]month, n)
	for i := range list {
		list[i] = monthFrom(firstOf(last).AddDate(0, -i, 0), lang)
	}
	return list
}

// choice is the picker; a month picked from further back is added to it.
func choice(now time.Time, chosen month, lang page.Language) []month {
	list := monthsUntil(now, offered, lang)
	if chosen.period.From.Before(list[offered-1].period.From) {
		list = append(list, chosen)
	}
	for i := range list {
		list[i].Chosen = list[i].Value == chosen.Value
	}
	return list
}
