package intake

import (
	"context"
	"fmt"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/privacy"
)

// Past is a letter that another system took, and answered if Reply is not empty.
type Past struct {
	Draft      letter.Draft
	Reply      string
	ReplyTime  time.Time // zero: the moment of the import
	Department string    // name, alias or id of the unit that answered, otherwise empty
	Sender     string    // key of who wrote it, where the file knows people by a mark of its own; a phone number goes before
}

// Import takes a letter of another system in as an open one: its clocks count
// from the day it was received there, no rung before the import is played and
// nobody is told.
func (s *Service) Import(ctx context.Context, p Past) (Receipt, error) {
	city, now := s.City(), s.Now()
	err := s.Limits.check(&p.Draft, city.Router, now)
	if err == nil {
		err = p.checkTimes(now)
	}
	if err != nil {
		return Receipt{}, err
	}
	l, err := s.composePast(ctx, p, city, now)
	if err != nil {
		return Receipt{}, err
	}
	if err := s.submission(l, p.Draft, city, now, letter.ImporterActor); err != nil {
		return Receipt{}, err
	}
	return s.insert(ctx, l, p.Draft.Once, city)
}

// ImportPublished takes an answered letter in as published: one event, masked
// automatically, without review, because it was public already. The unit is the
// one named, else the router's first guess, marked unconfirmed.
func (s *Service) ImportPublished(ctx context.Context, p Past) (Receipt, error) {
	city, now := s.City(), s.Now()
	err := s.Limits.check(&p.Draft, city.Router, now)
	if err == nil {
		err = p.checkTimes(now)
	}
	if err == nil {
		err = s.Limits.checkReply(p.Reply)
	}
	if err != nil {
		return Receipt{}, err
	}
	l, err := s.composePast(ctx, p, city, now)
	if err != nil {
		return Receipt{}, err
	}
	unit, confirmed, err := answering(p.Department, l.Placement, city)
	if err != nil {
		return Receipt{}, err
	}
	l.Consent, l.Placement.Guard = true, ""
	answered := now
	if !p.ReplyTime.IsZero() {
		answered = p.ReplyTime
	}
	text := Masked(l.Title, l.Body, p.Reply)
	err = l.Record(letter.Imported, letter.ImporterActor, now,
		letter.Facts{Unit: unit, Confirmed: confirmed, Until: answered.UnixMilli(), Digest: l.Digest()},
		letter.Facts{Text: p.Reply, Open: &text})
	if err != nil {
		return Receipt{}, err
	}
	return s.insert(ctx, l, p.Draft.Once, city)
}

func (s *Service) composePast(ctx context.Context, p Past, city City, now time.Time) (*letter.Letter, error) {
	l, err := s.compose(ctx, p.Draft, city, now)
	if err == nil && l.Sender == "" {
		l.Sender = p.Sender
	}
	return l, err
}

// earliest is the year before which no letter was received; a time before it, or
// after the import, is a slip that would put clocks and figures wrong.
const earliest = 1900

func (p Past) checkTimes(now time.Time) error {
	fields := map[string]string{}
	for field, at := range map[string]time.Time{"time": p.Draft.Received, "reply_time": p.ReplyTime} {
		switch {
		case at.IsZero():
		case at.After(now):
			fields[field] = "时间在将来，请核对。"
		case at.Year() < earliest:
			fields[field] = fmt.Sprintf("时间早于 %d 年，请核对。", earliest)
		}
	}
	if len(fields) > 0 {
		return letter.Invalid("有内容需要修改，请看标出的地方。", fields)
	}
	return nil
}

func (m Limits) checkReply(reply string) error {
	if reply == "" {
		return letter.Invalid("没有答复的信不能作为已公开导入。", map[string]string{"reply": "缺少答复。"})
	}
	d := letter.Draft{Channel: letter.Web, Body: reply}
	if err := m.check(&d, nil, time.Time{}); err != nil {
		return letter.Invalid("答复有误。", map[string]string{"reply": "答复太长，或有无法识别的字符。"})
	}
	return nil
}

// answering finds the unit that stands over an imported answer.
func answering(department string, p letter.Placement, city City) (unit string, confirmed bool, err error) {
	if department != "" {
		u, ok := city.Router.Find(department)
		if !ok {
			return "", false, letter.Invalid("没有找到这个单位。", map[string]string{"department": fmt.Sprintf("没有名为“%s”的单位。", department)})
		}
		return u.ID, true, nil
	}
	if p.Unit != "" {
		return p.Unit, false, nil
	}
	if len(p.Top) > 0 {
		return p.Top[0].Unit, false, nil
	}
	return city.Router.Fallback(), false, nil
}

// Masked is the version of a letter and its answer that may be published:
// personal data replaced, but landlines kept in the answer, where they are
// those of offices.
func Masked(title, body, reply string) letter.OpenText {
	t, _ := privacy.Mask(title)
	b, _ := privacy.Mask(body)
	r, _ := privacy.MaskKinds(reply, privacy.Landline)
	return letter.OpenText{Title: t, Body: b, Reply: r}
}
