package casework

import (
	"context"
	"fmt"
	"strings"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/sla"
)

// ExtensionReasons are the codes of a request for more time. Internal circulation
// and waiting for a leader are none (domain.md 2.8 no. 5).
var ExtensionReasons = []Reason{
	{"complex", "情况复杂，需要进一步核实"}, {"works", "需要现场施工或者采购材料"}, {"several_units", "需要多个单位配合"},
	{"season", "受天气或者季节限制"}, {"procedure", "需要依法履行程序"},
}

// RequestExtension asks a supervisor for more time: 延期. Before expiry, as often
// and as long as the city's policies allow.
func (s *Service) RequestExtension(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	now := s.Now()
	return s.take(ctx, number, letter.ExtensionRequest, by, in, allowed(letter.ExtensionRequest, now,
		func(l *letter.Letter, city City, in Input) (pub, priv letter.Facts, err error) {
			if pub, priv, err = reasoned(ExtensionReasons)(l, city, in); err != nil {
				return pub, priv, err
			}
			until, err := city.until(l, now, now, in.Until)
			return letter.Facts{Reason: pub.Reason, Until: until.UnixMilli()}, priv, err
		}))
}

// ApproveExtension gives more time: the date asked for, unless the input names
// another. The sender reads the new date and the text.
func (s *Service) ApproveExtension(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	now := s.Now()
	return s.take(ctx, number, letter.ExtensionApproval, by, in, allowed(letter.ExtensionApproval, now,
		func(l *letter.Letter, city City, in Input) (pub, priv letter.Facts, err error) {
			ask, ok := l.WaitingExtension()
			if !ok {
				return pub, priv, nil // the letter refuses
			}
			if in.Until == "" {
				in.Until = ask.Until.Format(time.RFC3339Nano)
			}
			until, err := city.until(l, ask.At, now, in.Until)
			if err != nil {
				return pub, priv, err
			}
			_, priv, err = written(l, city, in)
			return letter.Facts{Until: until.UnixMilli()}, priv, err
		}))
}

// RefuseExtension leaves the date as it is; the unit reads why, the sender is not told.
func (s *Service) RefuseExtension(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.ExtensionRefusal, by, in, written)
}

// mayAskForTime refuses a request that nobody could decide: supervisors do not
// read guarded letters, and without a limit for the decision it might wait for ever.
func (c City) mayAskForTime(l *letter.Letter, now time.Time) error {
	if l.Suspended() {
		return letter.Refuse("这封信的时限已中止计算。请先恢复计时。")
	}
	if l.Guard != "" {
		return letter.Refuse("这封信保密办理，督办员看不到，不能申请延期。请在期限内办结。")
	}
	if c.Clocks.Limits(l)[letter.ExtensionClock].IsZero() {
		return letter.Refuse("时限规则没有规定延期审批的时限，不能申请延期。请系统管理员补上。")
	}
	return c.mayHaveTime(l, now)
}

// mayHaveTime asks the policies: in time, and not too often. A request made in time
// may be granted after the old limit has passed.
func (c City) mayHaveTime(l *letter.Letter, asked time.Time) error {
	_, err := c.Clocks.LatestExtension(l, asked)
	return err
}

// Extension is a moment to which a letter may be put off, and by how much.
type Extension struct {
	Until  time.Time
	Amount int // of Unit, from the present due moment
	Unit   sla.Unit
}

// Day says that the limit ends with a day.
func (e Extension) Day() bool { return e.Unit.InDays() }

// Value is how a form and the API name the moment.
func (e Extension) Value() string {
	if e.Day() {
		return e.Until.Format(time.DateOnly)
	}
	return e.Until.Format(time.RFC3339)
}

// mostDays and hours are what a form offers; the API takes any other moment.
const mostDays = 40

var hours = []int{1, 2, 4, 6, 12, 24, 36, 48, 72}

// Extensions are the moments that a form offers for a request made at asked, none
// when the policies allow no more time.
func (c City) Extensions(l *letter.Letter, asked, now time.Time) []Extension {
	latest, err := c.Clocks.LatestExtension(l, asked)
	if err != nil {
		return nil
	}
	clock, base := extended(l)
	calendar := c.Clocks.CalendarOf(clock.Unit)
	var list []Extension
	add := func(amount int, unit sla.Unit) {
		until := sla.Due(calendar, base, sla.Limit{Amount: amount, Unit: unit}, nil).At
		if until.After(now) && (latest.IsZero() || !until.After(latest)) {
			list = append(list, Extension{until, amount, unit})
		}
	}
	if !sla.Unit(clock.Measure).InDays() {
		for _, n := range hours {
			add(n, sla.Hour)
		}
		return list
	}
	for n := range mostDays {
		add(n+1, sla.WorkingDay)
	}
	return list
}

// extended is the clock that an extension is asked for, and the due moment that it
// must lie behind: the sender's too, or he would be told an earlier date.
func extended(l *letter.Letter) (letter.Clock, time.Time) {
	clock, _ := l.Clock(letter.UnitClock)
	base := clock.Due
	if c, ok := l.Clock(letter.SenderClock); ok && c.Running() && c.Due.After(base) {
		base = c.Due
	}
	return clock, base
}

// until reads the moment typed: a date, which ends with its day in the city's
// zone, or a moment with its zone.
func (c City) until(l *letter.Letter, asked, now time.Time, typed string) (time.Time, error) {
	clock, base := extended(l)
	calendar := c.Clocks.CalendarOf(clock.Unit)
	until, err := time.Parse(time.RFC3339, typed)
	if err != nil {
		until, err = time.ParseInLocation(time.DateOnly, strings.TrimSpace(typed), calendar.Zone())
		until = endOf(until)
	}
	days := sla.Unit(clock.Measure).InDays()
	if days {
		until = endOf(until.In(calendar.Zone()))
	}
	latest, _ := c.Clocks.LatestExtension(l, asked)
	latest = latest.In(calendar.Zone())
	switch {
	case err != nil:
		return until, wrongUntil("请选新的期限，写成 2026-11-23 的样子。")
	case !until.After(base) || !until.After(now):
		return until, wrongUntil("新的期限要晚于现在的期限，也要晚于现在。")
	case !latest.IsZero() && until.After(latest):
		return until, wrongUntil(fmt.Sprintf("最多延到 %d 年 %d 月 %d 日。", latest.Year(), latest.Month(), latest.Day()))
	case days && !calendar.Works(until):
		return until, wrongUntil("这一天不上班，请选一个工作日。")
	}
	return until, nil
}

// endOf is the last moment of a day.
func endOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, t.Location()).Add(-time.Millisecond)
}

func wrongUntil(why string) error { return letter.Invalid(why, map[string]string{"until": why}) }
