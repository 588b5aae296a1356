package intake

import (
	"strconv"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// ParseDeadline reads the deadline that a higher level set with its order: a date,
// which ends at 24:00 in the city's zone, or a moment as RFC 3339. No text is no
// deadline. The error names the field "deadline".
func ParseDeadline(text string, zone *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Millisecond), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, letter.Invalid("有内容需要修改，请看标出的地方。",
			map[string]string{"deadline": "期限应是日期，例如 2026-12-01，或带时区的时间。"})
	}
	return at.Truncate(time.Millisecond), nil
}

// deadline checks the deadline of a draft. It wins over every rule of the city,
// so somebody must answer for it by name: residents set none.
func (m Limits) deadline(d *letter.Draft, now time.Time, fields map[string]string) {
	switch {
	case d.Deadline.IsZero():
	case d.Operator == "":
		fields["deadline"] = "上级指定的期限只能由话务员登记。"
	case !d.Deadline.After(now):
		fields["deadline"] = "上级指定的期限已经过去，请核对。"
	case d.Deadline.After(now.AddDate(0, 0, m.Deadline+1)):
		fields["deadline"] = strings.ReplaceAll("上级指定的期限太远，最多 %d 天，请核对。", "%d", strconv.Itoa(m.Deadline))
	}
}

// until is the deadline as a fact, 0 without one.
func until(d letter.Draft) int64 {
	if d.Deadline.IsZero() {
		return 0
	}
	return d.Deadline.UnixMilli()
}
