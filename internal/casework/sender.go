package casework

import (
	"context"

	"huiyin/internal/letter"
)

// Rate keeps the sender's two answers apart: solved or not, and how satisfied
// from 1 to 5. It closes the letter.
func (s *Service) Rate(ctx context.Context, number string, in Input) (*letter.Letter, error) {
	return s.takeAsSender(ctx, number, letter.Rating, in, func(_ *letter.Letter, _ City, in Input) (pub, priv letter.Facts, err error) {
		if in.Solved == nil || in.Satisfied < 1 || in.Satisfied > 5 {
			return pub, priv, letter.Invalid("请回答两个问题：是否解决，是否满意。", map[string]string{"solved": "请选择是否解决。", "satisfied": "请选择满意程度。"})
		}
		return letter.Facts{Solved: in.Solved, Satisfied: in.Satisfied}, letter.Facts{Text: in.Text}, nil
	})
}

// AddSupplement answers the unit's question; the clocks go on: 补充.
func (s *Service) AddSupplement(ctx context.Context, number string, in Input) (*letter.Letter, error) {
	return s.takeAsSender(ctx, number, letter.Supplement, in, written)
}

// Withdraw takes an open letter back: 撤回.
func (s *Service) Withdraw(ctx context.Context, number string, in Input) (*letter.Letter, error) {
	return s.takeAsSender(ctx, number, letter.Withdrawal, in, written)
}

// ObjectToRefusal asks once to look at a refusal again.
func (s *Service) ObjectToRefusal(ctx context.Context, number string, in Input) (*letter.Letter, error) {
	return s.takeAsSender(ctx, number, letter.RefusalObjection, in, written)
}
