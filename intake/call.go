package intake

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
)

// SubmitAnswered takes in a call that its operator answered at once: 直接答复.
// Letter and answer are one transaction and no unit is asked. What a flag keeps
// from the ordinary way cannot be answered like this: the error has kind refused.
func (s *Service) SubmitAnswered(ctx context.Context, d letter.Draft, answer string) (Receipt, error) {
	city := s.City()
	answer = strings.TrimSpace(strings.ReplaceAll(answer, "\r\n", "\n"))
	if err := s.checkAnswer(answer); err != nil {
		return Receipt{}, err
	}
	if err := s.Limits.check(&d, city.Router, s.Now()); err != nil {
		return Receipt{}, err
	}
	now := s.Now()
	l, err := s.compose(ctx, d, city, now)
	if err != nil {
		return Receipt{}, err
	}
	if l.Placement.Guard != "" {
		return Receipt{}, letter.Refuse("这件事须由专人处理，不能在电话里直接答复。请提交。")
	}
	l.Placement.Unit, l.Placement.Queue = "", letter.DispatchQueue
	if err := s.answered(l, d, city, now, answer); err != nil {
		return Receipt{}, err
	}
	return s.insert(ctx, l, d.Once, city)
}

func (s *Service) checkAnswer(answer string) error {
	wrong := ""
	switch {
	case answer == "":
		wrong = "请写下您在电话里的答复。"
	case segment.Check(answer) != nil:
		wrong = "这里有无法识别的字符（编码错误或控制字符），请重新输入。"
	case utf8.RuneCountInString(answer) > s.Limits.Body:
		wrong = "文字太长，请缩短到 20000 字以内。"
	default:
		return nil
	}
	return letter.Invalid("有内容需要修改，请看标出的地方。", map[string]string{"answer": wrong})
}

// answered records submission and answer and writes down the figures.
func (s *Service) answered(l *letter.Letter, d letter.Draft, city City, now time.Time, answer string) error {
	if err := s.submission(l, d, city, now, actorOf(d)); err != nil {
		return err
	}
	if err := l.Record(letter.DirectAnswer, actorOf(d), now, letter.Facts{}, letter.Facts{Text: answer}); err != nil {
		return err
	}
	l.Clocks, l.Figures = city.Clocks.Clocks(l), city.Clocks.Figures(l)
	return nil
}
