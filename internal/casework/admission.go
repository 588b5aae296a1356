package casework

import (
	"context"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// Admit declares a matter admitted: 受理, from which the limit of a petition counts
// (信访工作条例第三十四条). The sender is told.
func (s *Service) Admit(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Admission, by, in, allowed(letter.Admission, s.Now(), written))
}

// mayBeAdmitted refuses it where nothing would follow: the sender must not be told
// of an admission that changes nothing for him.
func (c City) mayBeAdmitted(l *letter.Letter) error {
	if l.Taken(letter.Admission) {
		return letter.Refuse("这封信已经受理。")
	}
	if !c.Clocks.CountsFrom(l, letter.Admission) {
		return letter.Refuse("这封信的时限不从受理起算，不用登记受理。签收之后直接办理。")
	}
	return nil
}

// RecordContact notes when and how the unit spoke with the sender: 首次联系. What is
// written stays at the desk.
func (s *Service) RecordContact(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.FirstContact, by, in, allowed(letter.FirstContact, s.Now(), written))
}

// ReplyInterim tells the sender how the matter stands: 阶段答复. It stops no other
// clock than its own, which starts again for the next one.
func (s *Service) ReplyInterim(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.InterimReply, by, in, written)
}
