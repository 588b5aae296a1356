package casework

import (
	"context"
	"errors"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// Merge makes a letter the member of a lead letter on the same matter: 并案. Both
// are open and in the open, and the member of staff may merge either of them: a
// dispatcher any two, a unit only its own. There are no chains: a lead that is a
// member itself stands for its own lead, and a letter that has members is refused.
func (s *Service) Merge(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	lead, err := letter.ParseNumber(in.Lead)
	if err != nil {
		lead = in.Lead // no letter has it; who may not merge is still told that first
	}
	l, err := s.mergeWith(ctx, number, lead, by)
	var member *memberOf
	if !errors.As(err, &member) {
		return l, err
	}
	l, err = s.mergeWith(ctx, number, member.lead, by)
	if errors.Is(err, errNoLead) || errors.As(err, &member) {
		return nil, wrongLead("这封信已经并入另一封您不能办理的信，请由派单员并案。")
	}
	return l, err
}

func (s *Service) mergeWith(ctx context.Context, number, lead string, by staff.Member) (*letter.Letter, error) {
	city, now := s.City(), s.Now()
	return s.Letters.UpdateBeside(ctx, number, lead, func(l, beside *letter.Letter, members int) error {
		if err := by.May(letter.Merge, l); err != nil {
			return err
		}
		if err := mayLead(l, beside, by); err != nil {
			return err
		}
		if members > 0 {
			return letter.Refuse("已有 %d 封信并入这封信，它不能再并入别的信。请先取消那些并案。", members)
		}
		if beside.Merged != "" {
			return &memberOf{beside.Merged}
		}
		if _, err := playAll(l, city, now); err != nil {
			return err
		}
		if err := l.Record(letter.Merge, by.Actor(letter.Merge), now, letter.Facts{Lead: beside.Number}, letter.Facts{}); err != nil {
			return err
		}
		settle(l, city)
		return nil
	})
}

// mayLead says why a letter cannot be the lead of another one, nil when it can.
// One that the member may not read is answered like one that does not exist.
func mayLead(l, lead *letter.Letter, by staff.Member) error {
	switch {
	case !Mergeable(l):
		return letter.Refuse("这封信须单独办理，不能并案。")
	case lead == nil || !by.MayRead(lead):
		return errNoLead
	case lead.Number == l.Number:
		return wrongLead("这是这封信自己的编号。请填写主件的编号。")
	case !Mergeable(lead):
		return wrongLead("那封信须单独办理，不能并案。")
	case by.May(letter.Merge, lead) != nil:
		return wrongLead("那封信由别的单位办理，请由派单员并案。")
	case !lead.State.Open():
		return wrongLead("那封信已经办完，不能再并入。")
	}
	return nil
}

// Mergeable says whether a letter may be merged with others at all. One that is
// kept to some readers, may be again when its unit returns it, or accuses a unit
// stands alone: its number must be named on no other page.
func Mergeable(l *letter.Letter) bool {
	return l.Guard == "" && len(l.Accused) == 0 && !l.Has(letter.Accusation) && l.Placement.Queue != letter.DutyQueue
}

// memberOf says that the letter chosen as lead is a member of another one.
type memberOf struct{ lead string }

func (m *memberOf) Error() string { return "member of " + m.lead }

var errNoLead = wrongLead("没有找到这封信。请核对编号。")

func wrongLead(why string) *letter.Error { return letter.Invalid(why, map[string]string{"lead": why}) }

// Unmerge lets a member stand on its own again: 取消并案.
func (s *Service) Unmerge(ctx context.Context, number string, by staff.Member, in Input) (*letter.Letter, error) {
	return s.take(ctx, number, letter.Unmerge, by, in, written)
}
