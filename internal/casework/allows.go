package casework

import (
	"time"

	"huiyin/internal/letter"
)

// Allows refuses a step that the city's rules, or what the letter lacks, forbid
// whoever takes it and whatever he fills in; the table and the letter's past say
// the rest. Pages ask it too, so that they offer nothing that would be refused.
func (c City) Allows(step letter.Step, l *letter.Letter, now time.Time) error {
	switch step {
	case letter.ExtensionRequest:
		return c.mayAskForTime(l, now)
	case letter.ExtensionApproval:
		if ask, ok := l.WaitingExtension(); ok {
			return c.mayHaveTime(l, ask.At)
		}
	case letter.Part:
		return c.mayAskParts(l)
	case letter.Admission:
		return c.mayBeAdmitted(l)
	case letter.FirstContact:
		if len(l.Contact) == 0 {
			return letter.Refuse("来信人没有留下联系方式，不用登记首次联系。")
		}
	case letter.Objection:
		return c.inWindow(l, now)
	}
	return nil
}

// allowed asks Allows before a step's own record.
func allowed(step letter.Step, now time.Time, what record) record {
	return func(l *letter.Letter, city City, in Input) (public, private letter.Facts, err error) {
		if err := city.Allows(step, l, now); err != nil {
			return public, private, err
		}
		return what(l, city, in)
	}
}

// inWindow refuses to return a letter after the time for it, and says when that
// ended and what is left to do.
func (c City) inWindow(l *letter.Letter, now time.Time) error {
	w, ok := l.Clock(letter.WindowClock)
	if !ok || !w.Running() || !w.Overdue(now) {
		return nil
	}
	end := w.Due.In(c.Clocks.Calendar.Zone())
	return letter.Refuse("退单期限已于 %d 年 %d 月 %d 日 %02d:%02d 结束，不能再退单。请先办理；须由其他单位牵头的，请督办员协调；时间不够的，可以申请延期。",
		end.Year(), int(end.Month()), end.Day(), end.Hour(), end.Minute())
}
