package casework

import (
	"context"
	"slices"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// AskPart asks another unit for its part of a letter: 会办. The unit that asks stays
// responsible for the answer (北京市接诉即办工作条例第十四条: 首接负责), and no clock of
// its own stands still meanwhile.
func (s *Service) AskPart(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Part, by, in, allowed(letter.Part, s.Now(), func(l *letter.Letter, city City, in Input) (pub, priv letter.Facts, err error) {
		if err := city.mayHelp(l, in.Unit); err != nil {
			return pub, priv, err
		}
		return letter.Facts{Unit: in.Unit}, letter.Facts{Text: in.Text}, nil
	}))
}

// DeliverPart gives the unit that asked what it asked for: 会办反馈. A member of a
// bureau delivers for the offices under it too; the input names which, unless only
// one of them was asked.
func (s *Service) DeliverPart(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.PartDelivery, by, in, func(l *letter.Letter, _ City, in Input) (pub, priv letter.Facts, err error) {
		unit, err := owes(l, by, in.Unit)
		return letter.Facts{Unit: unit}, letter.Facts{Text: in.Text, Note: in.Note}, err
	})
}

// mayAskParts refuses it where the other unit could not do its part.
func (c City) mayAskParts(l *letter.Letter) error {
	if l.Guard != "" {
		return letter.Refuse("这封信保密办理，别的单位看不到，不能请它会办。")
	}
	if c.Clocks.Limits(l)[letter.PartClock].IsZero() {
		return letter.Refuse("时限规则没有规定会办的时限，不能请别的单位会办。请系统管理员补上。")
	}
	return nil
}

// mayHelp refuses a unit that cannot take part: none, the one that asks, and what the
// letter accuses.
func (c City) mayHelp(l *letter.Letter, unit string) error {
	why := ""
	switch _, known := c.Router.Unit(unit); {
	case !known:
		why = "请选择会办单位。"
	case unit == l.Unit:
		why = "这个单位就是承办单位，请选择别的单位。"
	case slices.ContainsFunc(l.Accused, func(accused string) bool { return slices.Contains(c.Router.Under(accused), unit) }):
		why = "这封信反映的就是这个单位，不能请它会办。"
	case l.AwaitsPart(unit):
		why = "已经请这个单位会办，正在等它反馈。"
	default:
		return nil
	}
	return letter.Invalid(why, map[string]string{"unit": why})
}

// owes is the unit of the member for which he delivers.
func owes(l *letter.Letter, by staff.Member, wish string) (string, error) {
	for _, p := range l.Parts() {
		if p.Open && by.InUnit(p.Unit) && (wish == "" || wish == p.Unit) {
			return p.Unit, nil
		}
	}
	return "", letter.Refuse("贵单位没有等待反馈的会办。")
}
