package inbound

import (
	"context"
	"fmt"
	"time"

	"huiyin/channels/wechat"
	"huiyin/intake"
	"huiyin/internal/letter"
)

// progress tells how a letter stands to who knows its code; the chat is bound by the same limits of guessing as the
// pages, the person standing for the address.
func (s *Server) progress(ctx context.Context, sender string, a wechat.Action) (string, error) {
	right := s.Vault.CodeMatches(a.Number, intake.CodeVersion, a.Code)
	wait, err := s.Live.Guess(ctx, "wechat/"+sender, a.Number, right)
	if err != nil {
		return "", err
	}
	if wait > 0 {
		return fmt.Sprintf("查询码错的次数太多，请 %d 分钟后再试，或者拨打热线。", max(1, int((wait+time.Minute-1)/time.Minute))), nil
	}
	const wrong = "编号和查询码对不上，请核对后再发。"
	if !right {
		return wrong, nil
	}
	l, err := s.Store.Letter(ctx, a.Number)
	if letter.IsKind(err, letter.KindNotFound) {
		return wrong, nil
	}
	if err != nil {
		return "", err
	}
	unit, due := "", ""
	if l.Guard == "" && l.Unit != "" {
		unit = s.City().Router.Name(l.Unit)
	}
	if c, ok := l.Clock(letter.SenderClock); ok && c.Running() {
		due = s.day(c.Due)
	}
	return wechat.Stands(l.Number, l.State.Word(), unit, due), nil
}

// receipt is the answer to a confirmation once more.
func (s *Server) receipt(ctx context.Context, number string) (string, error) {
	l, err := s.Store.Letter(ctx, number)
	if err != nil {
		return "", err
	}
	clock, _ := l.Clock(letter.SenderClock)
	return wechat.Filed(number, s.Vault.QueryCode(number, intake.CodeVersion), s.day(clock.Due)), nil
}

// day is a date in words, "" for none.
func (s *Server) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.City().Zone()).Format("2006年1月2日")
}
