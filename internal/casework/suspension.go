package casework

import (
	"context"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// SuspensionReasons are the codes of what the law takes out of a limit.
var SuspensionReasons = func() []Reason {
	list := make([]Reason, len(letter.SuspensionReasons))
	for i, r := range letter.SuspensionReasons {
		list[i] = Reason{r.Code, r.Word}
	}
	return list
}()

// Suspend stops every clock of the letter for a legal reason: 中止计时. The sender
// reads the text. Where a policy caps the reason, time ends it.
func (s *Service) Suspend(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Suspension, by, in, reasoned(SuspensionReasons))
}

// Resume lets the clocks run again: 恢复计时.
func (s *Service) Resume(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Resumption, by, in, written)
}
