package casework

import (
	"context"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// Steps are the steps that a member can take, by their slug; pages and API
// dispatch through it.
func (s *Service) Steps() map[letter.Step]func(context.Context, string, staff.Member, Input) (*letter.Letter, error) {
	return map[letter.Step]func(context.Context, string, staff.Member, Input) (*letter.Letter, error){
		letter.Assignment: s.Assign, letter.DirectAnswer: s.AnswerDirectly,
		letter.Refusal: s.RefuseLetter, letter.RefusalApproval: s.ApproveRefusal, letter.Ruling: s.Rule,
		letter.SupplementRequest: s.AskSupplement, letter.Acceptance: s.Accept, letter.Objection: s.Object,
		letter.DraftReply: s.Draft, letter.Review: s.SendToReview, letter.ReturnDraft: s.ReturnDraft,
		letter.Approval: s.Approve, letter.Publication: s.Publish, letter.Withholding: s.Withhold, letter.Takedown: s.TakeDown,
		letter.ExtensionRequest: s.RequestExtension, letter.ExtensionApproval: s.ApproveExtension, letter.ExtensionRefusal: s.RefuseExtension,
		letter.Admission: s.Admit, letter.FirstContact: s.RecordContact, letter.InterimReply: s.ReplyInterim,
		letter.Part: s.AskPart, letter.PartDelivery: s.DeliverPart,
		letter.Suspension: s.Suspend, letter.Resumption: s.Resume,
		letter.Merge: s.Merge, letter.Unmerge: s.Unmerge,
	}
}

// SenderSteps are the steps that the sender can take on his follow page.
func (s *Service) SenderSteps() map[letter.Step]func(context.Context, string, Input) (*letter.Letter, error) {
	return map[letter.Step]func(context.Context, string, Input) (*letter.Letter, error){
		letter.Rating: s.Rate, letter.Supplement: s.AddSupplement,
		letter.Withdrawal: s.Withdraw, letter.RefusalObjection: s.ObjectToRefusal,
	}
}

// Take takes a step by its slug.
func (s *Service) Take(ctx context.Context, number string, step letter.Step, by staff.Member, in Input) (*letter.Letter, error) {
	method, ok := s.Steps()[step]
	if !ok {
		return nil, letter.Fail(letter.KindNotFound, "没有“%s”这个步骤。", string(step))
	}
	return method(ctx, number, by, in)
}
