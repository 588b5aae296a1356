package page

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// functions are what templates call; those that write words are bound to one language.
func (s *Set) functions(lang Language) template.FuncMap {
	w := words{lang: lang, zone: s.site.zone(), chrome: s.chrome}
	return template.FuncMap{
		"t":           func(text string, args ...any) string { return T(lang, text, args...) },
		"date":        w.date,
		"shortdate":   w.shortDate,
		"moment":      w.moment,
		"day":         w.day,
		"span":        w.span,
		"number":      Number,
		"count":       Count,
		"workingdays": w.workingDays,
		"word":        w.word,
		"badge":       w.badge,
		"shape":       func(name string) template.HTML { return shapes[name] },
		"calendar":    w.calendar,
		"why":         w.why,
		"asset":       Asset,
		"stamp":       func(t time.Time) string { return t.In(w.zone).Format(time.RFC3339) },
	}
}

type words struct {
	lang   Language
	zone   *time.Location
	chrome Chrome
}

var weekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// date is 2026年11月23日（周一）, nothing for the zero time.
func (w words) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(w.zone)
	if w.lang == English {
		return t.Format("Mon 2 January 2006")
	}
	return fmt.Sprintf("%d年%d月%d日（%s）", t.Year(), t.Month(), t.Day(), weekdays[t.Weekday()])
}

// shortDate leaves out the year, for narrow places where it is clear.
func (w words) shortDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(w.zone)
	if w.lang == English {
		return t.Format("2 Jan")
	}
	return fmt.Sprintf("%d月%d日", t.Month(), t.Day())
}

// moment is the date with the time of day.
func (w words) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.date(t) + " " + t.In(w.zone).Format("15:04")
}

// span is a moment of a limit: the day of one that ends with a day, else with its time.
func (w words) span(d *Due, t time.Time) string {
	if d.Daily() {
		return w.date(t)
	}
	return w.moment(t)
}

// day shows a date written as 2026-11-23; anything else stays as it is.
func (w words) day(iso string) string {
	t, err := time.ParseInLocation(time.DateOnly, iso, w.zone)
	if err != nil {
		return iso
	}
	return w.date(t)
}

// DayIn shows a date written as 2026-11-23 as the reader writes dates; anything else stays as it is.
func DayIn(lang Language, iso string) string { return words{lang: lang, zone: time.UTC}.day(iso) }

// Number shows the number of a letter in groups that can be read out on the phone: date, serial and check digit.
func Number(n string) string {
	if len(n) != 14 {
		return n
	}
	return n[:6] + " " + n[6:10] + " " + n[10:]
}

// Count shows a number with separators between thousands.
func Count(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// workingDays says a duration in working days, with one decimal at most.
func (w words) workingDays(n any) string {
	days, err := strconv.ParseFloat(fmt.Sprint(n), 64)
	if err != nil {
		return ""
	}
	days = math.Round(days*10) / 10
	text := strconv.FormatFloat(days, 'f', -1, 64)
	if w.lang == English && text == "1" {
		return T(w.lang, "一个工作日")
	}
	return T(w.lang, "%s 个工作日", text)
}

// word is what pages call a state, step, kind, column, channel, urgency, flag or role.
func (w words) word(x interface{ Word() string }) string { return T(w.lang, w.plain(x)) }

// plain is the word in Chinese. Two states are named after what the sender must do; the desk reads them from its side.
func (w words) plain(x interface{ Word() string }) string {
	if x == letter.AwaitingSender && w.chrome == Desk {
		return "待来信人补充"
	}
	return x.Word()
}

// badge shows a state or mark as a word and a shape; colour only repeats what they say.
func (w words) badge(x interface{ Word() string }) template.HTML {
	look := looks[fmt.Sprint(x)]
	if look.shape == "" {
		look = badgeLook{tone: "plain", shape: "ring"}
	}
	var b strings.Builder
	b.WriteString(`<span class="badge ` + look.tone + `">`)
	b.WriteString(string(shapes[look.shape]))
	b.WriteString(template.HTMLEscapeString(w.word(x)))
	b.WriteString(`</span>`)
	return template.HTML(b.String())
}
