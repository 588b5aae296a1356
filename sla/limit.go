package sla

import (
	"fmt"

	"huiyin/internal/letter"
)

// Unit is what a limit is counted in. It is stored with its source and never
// guessed from the character 日: some laws mean calendar days, some working
// days (domain.md 2.8 no. 1).
type Unit string

// The units of contracts.md.
const (
	CalendarDay Unit = "calendar_day" // ends on a working day: 民法典第二百零三条
	WorkingDay  Unit = "working_day"
	Hour        Unit = "hour" // day and night
	WorkingHour Unit = "working_hour"
	Month       Unit = "month"
)

var unitWords = map[Unit]string{
	CalendarDay: "日", WorkingDay: "个工作日", Hour: "小时", WorkingHour: "个工作小时", Month: "个月",
}

// Word is the Chinese measure word that follows the amount: 5 个工作日.
func (u Unit) Word() string { return unitWords[u] }

// InDays says that the limit ends with a day, not at an instant.
func (u Unit) InDays() bool { return u == CalendarDay || u == WorkingDay || u == Month }

// Limit is how long something may take.
type Limit struct {
	Amount int  `json:"amount" yaml:"amount"`
	Unit   Unit `json:"unit" yaml:"unit"`
}

// IsZero says that there is no limit.
func (l Limit) IsZero() bool { return l == Limit{} }

func (l Limit) String() string { return fmt.Sprintf("%d %s", l.Amount, l.Unit.Word()) }

// The largest amounts: more is a slip of the finger, and dates stay below the year 10000.
const (
	maxAmount = 100_000
	maxMonths = 1_200
)

// Check refuses a limit that cannot be counted: an unknown unit, or an amount
// below one or beyond any law.
func (l Limit) Check() error {
	most := maxAmount
	if l.Unit == Month {
		most = maxMonths
	}
	switch {
	case l.Unit.Word() == "":
		return letter.Refuse("没有“%s”这个时限单位。可用：calendar_day、working_day、hour、working_hour、month。", string(l.Unit))
	case l.Amount < 1:
		return letter.Refuse("时限须是 1 以上的整数，现在是 %d。", l.Amount)
	case l.Amount > most:
		return letter.Refuse("时限 %d 太长，最多 %d。", l.Amount, most)
	}
	return nil
}
