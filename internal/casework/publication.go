package casework

import (
	"context"

	"huiyin/internal/letter"
	"huiyin/internal/privacy"
	"huiyin/internal/staff"
)

// Masked is the version of an answered letter that a reviewer is offered for
// publication: personal data replaced. Landlines stay in the answer, where they
// are those of offices.
func Masked(l *letter.Letter) letter.OpenText {
	title, _ := privacy.Mask(l.Title)
	body, _ := privacy.Mask(l.Body)
	reply, _ := privacy.MaskKinds(l.Reply.Text, privacy.Landline)
	return letter.OpenText{Title: title, Body: body, Reply: reply}
}

// Publish makes the masked version public: 公开. Without a version of the
// reviewer's own, the masked one is taken. A version that still holds personal
// data is refused with the place named.
func (s *Service) Publish(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Publication, by, in, func(l *letter.Letter, _ City, in Input) (pub, priv letter.Facts, err error) {
		open := Masked(l)
		if in.Open != nil {
			open = *in.Open
		}
		return pub, letter.Facts{Open: &open}, clean(open)
	})
}

// clean refuses a version in which something to mask is left.
func clean(o letter.OpenText) error {
	fields := map[string]string{}
	for field, text := range map[string]string{"open_title": o.Title, "open_body": o.Body} {
		if masked, _ := privacy.Mask(text); masked != text {
			fields[field] = "这里还有个人信息，请隐去后再公开。"
		}
	}
	if masked, _ := privacy.MaskKinds(o.Reply, privacy.Landline); masked != o.Reply {
		fields["open_reply"] = "这里还有个人信息，请隐去后再公开。"
	}
	if len(fields) > 0 {
		return letter.Invalid("公开文本中还有个人信息。", fields)
	}
	return nil
}

// Withhold decides against publication: 不公开, with a reason that is counted.
func (s *Service) Withhold(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Withholding, by, in, reasoned(WithholdingReasons))
}

// TakeDown removes a published letter from pages and index: 撤下公开.
func (s *Service) TakeDown(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Takedown, by, in, reasoned(WithholdingReasons))
}
