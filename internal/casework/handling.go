package casework

import (
	"context"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// Accept signs for a letter: 签收. It starts no clock.
func (s *Service) Accept(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Acceptance, by, in, written)
}

// Object returns a letter that is not the unit's: 退单, with reason and basis, while
// the time for it runs.
func (s *Service) Object(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Objection, by, in, allowed(letter.Objection, s.Now(), func(l *letter.Letter, city City, in Input) (pub, priv letter.Facts, err error) {
		pub, priv, err = reasoned(ObjectionReasons)(l, city, in)
		pub.Guard = guardReturned(l, city.Router)
		return pub, priv, err
	}))
}

// Draft keeps the answer being written and the internal report: 拟稿.
func (s *Service) Draft(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.DraftReply, by, in, written)
}

// SendToReview gives the draft to a reviewer: 送审. With Members the same answer
// is drafted and sent for the letters merged with this one.
func (s *Service) SendToReview(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	l, err := s.take(ctx, number, letter.Review, by, in, func(l *letter.Letter, city City, in Input) (pub, priv letter.Facts, err error) {
		if in.Members {
			if err := shareable(l.Reply.Text); err != nil {
				return pub, priv, err
			}
		}
		return written(l, city, in)
	})
	if err != nil || !in.Members {
		return l, err
	}
	return l, s.andMembers(ctx, l, letter.Review, by, in)
}

// ReturnDraft gives the draft back with what to change: 退改. With Members those
// that the same answer is meant for go back too.
func (s *Service) ReturnDraft(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	l, err := s.take(ctx, number, letter.ReturnDraft, by, in, written)
	if err != nil || !in.Members {
		return l, err
	}
	return l, s.andMembers(ctx, l, letter.ReturnDraft, by, in)
}

// Approve signs the draft as it stands: 签发. The sender has his answer; with
// Members so has each sender of a merged letter whose draft is the same.
func (s *Service) Approve(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	l, err := s.take(ctx, number, letter.Approval, by, in, func(l *letter.Letter, _ City, in Input) (pub, priv letter.Facts, err error) {
		return pub, letter.Facts{Text: l.Reply.Text}, nil
	})
	if err != nil || !in.Members {
		return l, err
	}
	return l, s.andMembers(ctx, l, letter.Approval, by, in)
}
