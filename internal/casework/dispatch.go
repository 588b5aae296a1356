package casework

import (
	"context"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// Assign sends a letter to a unit: 派单. Kind and category may be corrected with
// it. A guarded letter that the duty officer assigns loses its guard unless it
// accuses the unit itself.
func (s *Service) Assign(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Assignment, by, in, func(l *letter.Letter, city City) (pub, priv letter.Facts, err error) {
		if _, ok := city.Router.Unit(in.Unit); !ok {
			return pub, priv, letter.Invalid("请选择承办单位。", map[string]string{"unit": "请选择承办单位。"})
		}
		for _, accused := range l.Accused {
			if accused == in.Unit {
				return pub, priv, letter.Refuse("这封信反映的就是这个单位，不能派给它。")
			}
		}
		guard := l.Guard
		if guard == letter.GuardDuty {
			guard = ""
		}
		return letter.Facts{Unit: in.Unit, Guard: guard, Kind: in.Kind, Category: in.Category}, letter.Facts{Note: in.Note}, nil
	})
}

// AnswerDirectly answers at the desk without an order: 直接答复.
func (s *Service) AnswerDirectly(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.DirectAnswer, by, in, written(in))
}

// RefuseLetter proposes not to accept: 不予受理, with a reason code, the route
// told and the words to the sender. Another dispatcher must agree.
func (s *Service) RefuseLetter(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	if err := known(RefusalReasons, in.Reason); err != nil {
		return nil, err
	}
	return s.take(ctx, number, letter.Refusal, by, in, written(in))
}

// ApproveRefusal is the second dispatcher's agreement; the sender is told the
// reason and the words of the first.
func (s *Service) ApproveRefusal(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.RefusalApproval, by, in, func(l *letter.Letter, _ City) (pub, priv letter.Facts, err error) {
		for i := len(l.Events) - 1; i >= 0; i-- {
			if l.Events[i].Step != letter.Refusal {
				continue
			}
			if pub, err = l.Events[i].PublicFacts(); err == nil {
				priv, err = l.Events[i].PrivateFacts()
			}
			break
		}
		return pub, letter.Facts{Text: priv.Text, Note: in.Note}, err
	})
}

// Rule decides that the unit which returned the letter keeps it: 裁定. To agree
// with the unit, assign the letter to another one.
func (s *Service) Rule(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Ruling, by, in, written(in))
}

// AskSupplement asks the sender for more: 待补充. Every clock pauses until he answers.
func (s *Service) AskSupplement(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.SupplementRequest, by, in, written(in))
}
