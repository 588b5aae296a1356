package casework

import (
	"context"
	"errors"
	"fmt"

	"huiyin/internal/letter"
	"huiyin/internal/privacy"
	"huiyin/internal/staff"
)

// andMembers takes the step that a lead has taken on the letters merged with it
// too, when the input asks for that. Each goes its own way with its own events:
// one that cannot go along (another unit's, one that waits for its sender) stays
// where it is, and the page of the lead shows that it does.
func (s *Service) andMembers(ctx context.Context, lead *letter.Letter, step letter.Step, by staff.Member, in Input) error {
	numbers, err := s.Letters.OpenMembers(ctx, lead.Number)
	if err != nil {
		return err
	}
	for _, number := range numbers {
		err := s.follow(ctx, number, lead, step, by, in)
		if err != nil && !staysBehind(err) {
			return fmt.Errorf("%s of %s with its lead: %w", step, number, err)
		}
	}
	return nil
}

// errOwnWay says that a member has left its lead, or answers something else.
var errOwnWay = errors.New("goes its own way")

func staysBehind(err error) bool {
	return errors.Is(err, errOwnWay) || letter.IsRefused(err) || letter.IsKind(err, letter.KindForbidden) || letter.IsKind(err, letter.KindNotFound)
}

func (s *Service) follow(ctx context.Context, number string, lead *letter.Letter, step letter.Step, by staff.Member, in Input) error {
	city, now := s.City(), s.Now()
	_, err := s.Letters.Update(ctx, number, func(l *letter.Letter) error {
		if l.Merged != lead.Number || step != letter.Review && l.Reply.Text != lead.Reply.Text {
			return errOwnWay // a reviewer signs and returns only what he has read
		}
		if _, err := playAll(l, city, now); err != nil {
			return err
		}
		for _, w := range wayOf(l, lead, step, in) {
			if err := by.May(w.step, l); err != nil {
				return err
			}
			if err := l.Record(w.step, by.Actor(w.step), now, letter.Facts{}, w.private); err != nil {
				return err
			}
		}
		settle(l, city)
		return nil
	})
	return err
}

type stretch struct {
	step    letter.Step
	private letter.Facts
}

// wayOf are the steps that bring a member where its lead is.
func wayOf(l, lead *letter.Letter, step letter.Step, in Input) []stretch {
	switch step {
	case letter.Approval:
		return []stretch{{step, letter.Facts{Text: l.Reply.Text}}}
	case letter.ReturnDraft:
		return []stretch{{step, letter.Facts{Text: in.Text, Note: in.Note}}}
	}
	way := []stretch{{letter.DraftReply, letter.Facts{Text: lead.Reply.Text}}, {letter.Review, letter.Facts{}}}
	if l.State == letter.Assigned {
		way = append([]stretch{{letter.Acceptance, letter.Facts{}}}, way...)
	}
	return way
}

// shareable refuses an answer that tells other senders whose letter it was written for.
func shareable(answer string) error {
	if masked, _ := privacy.MaskKinds(answer, privacy.Landline); masked != answer {
		why := "答复里有个人信息（姓名、电话、住址等），不能同样发给别人。请改写，或者不勾选并案的来信。"
		return letter.Invalid(why, map[string]string{"text": why})
	}
	return nil
}
