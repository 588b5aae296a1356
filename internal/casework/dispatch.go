package casework

import (
	"context"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// Assign sends a letter to a unit: 派单. Kind, category and urgency may be corrected with it.
func (s *Service) Assign(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Assignment, by, in, func(l *letter.Letter, city City, in Input) (pub, priv letter.Facts, err error) {
		if _, ok := city.Router.Unit(in.Unit); !ok {
			return pub, priv, letter.Invalid("请选择承办单位。", map[string]string{"unit": "请选择承办单位。"})
		}
		if in.Category != "" && !city.Router.HasCategory(in.Category) {
			return pub, priv, letter.Invalid("没有这个分类。", map[string]string{"category": "没有这个分类。"})
		}
		guard, err := guardAt(l, city.Router, in.Unit)
		return letter.Facts{Unit: in.Unit, Guard: guard, Kind: in.Kind, Category: in.Category, Urgency: in.Urgency}, letter.Facts{Note: in.Note}, err
	})
}

// AnswerDirectly answers at the desk without an order: 直接答复.
func (s *Service) AnswerDirectly(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.DirectAnswer, by, in, written)
}

// RefuseLetter proposes not to accept: 不予受理, with a reason code, the route
// told and the words to the sender. Another dispatcher must agree.
func (s *Service) RefuseLetter(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Refusal, by, in, reasoned(RefusalReasons))
}

// ApproveRefusal is the second dispatcher's agreement; the sender is told the
// reason and the words of the first.
func (s *Service) ApproveRefusal(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.RefusalApproval, by, in, func(l *letter.Letter, _ City, in Input) (pub, priv letter.Facts, err error) {
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
	return s.take(ctx, number, letter.Ruling, by, in, func(l *letter.Letter, city City, in Input) (pub, priv letter.Facts, err error) {
		_, priv, err = written(l, city, in)
		if l.Guard != "" {
			pub.Guard = letter.GuardUnit(l.Unit) // back to those who handle it
		}
		return pub, priv, err
	})
}

// AskSupplement asks the sender for more: 待补充. Every clock pauses until he answers.
func (s *Service) AskSupplement(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.SupplementRequest, by, in, written)
}
