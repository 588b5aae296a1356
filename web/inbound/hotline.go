package inbound

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/channels/hotline"
	"huiyin/intake"
	"huiyin/internal/letter"
)

// nonceKept is how long a nonce is remembered: as long as its signature could be taken, five minutes before and after.
const nonceKept = 10 * time.Minute

// filed is the answer to an order, shaped as that of the API.
type filed struct {
	Number     string       `json:"number"`
	QueryCode  string       `json:"query_code"`
	Status     letter.State `json:"status"`
	Department *unit        `json:"department"` // null while no unit has it, or when its unit is not told
	Due        *due         `json:"due"`
	Receipt    string       `json:"receipt"`
}

type unit struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type due struct {
	At          time.Time `json:"at"`
	Date        string    `json:"date"`
	Provisional bool      `json:"provisional"`
}

// call takes in an order that an operator typed at the telephone system. The same call gets the same answer again;
// the same signature is taken once.
func (s *Server) call(c *fiber.Ctx) error {
	if s.Hotline == "" {
		return letter.Fail(letter.KindUnavailable, "没有设置 hotline.secret，暂不接收热线工单。")
	}
	body, now := c.Request().Body(), s.Now()
	h := hotline.Headers{Timestamp: c.Get("X-Timestamp"), Nonce: c.Get("X-Nonce"), Signature: c.Get("X-Signature")}
	if err := hotline.Verify(body, h, s.Hotline, now); err != nil {
		return err
	}
	fresh, err := s.Store.UseNonce(c.UserContext(), "hotline", h.Nonce, now.Add(nonceKept), now)
	if err != nil {
		return err
	}
	if !fresh {
		return letter.Fail(letter.KindUnauthorized, "这个 X-Nonce 已经用过。重新发送时请换一个并重新签名。")
	}
	order, err := hotline.ParseCall(body)
	if err != nil {
		return err
	}
	if err := s.operates(c.UserContext(), order.Operator); err != nil {
		return err
	}
	draft := order.Draft()
	if draft.Deadline, err = intake.ParseDeadline(order.Deadline, s.City().Zone()); err != nil {
		return err
	}
	receipt, err := s.Intake.Submit(c.UserContext(), draft)
	if err != nil {
		return err
	}
	s.Poke()
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(fiber.StatusCreated).JSON(s.filed(receipt))
}

// operates refuses an order in the name of somebody who is no operator: the event names him for ever.
func (s *Server) operates(ctx context.Context, login string) error {
	unknown := letter.Invalid("热线工单的内容有误。", map[string]string{"operator": "没有这位话务员，或者账号已停用。"})
	m, err := s.Store.Member(ctx, login)
	if letter.IsKind(err, letter.KindNotFound) {
		return unknown
	}
	if err != nil {
		return err
	}
	if m.May(letter.Submission, nil) != nil {
		return unknown
	}
	return nil
}

func (s *Server) filed(r intake.Receipt) filed {
	city := s.City()
	f := filed{Number: r.Number, QueryCode: r.QueryCode, Status: r.State, Receipt: r.Slip}
	if r.Unit != "" {
		f.Department = &unit{ID: r.Unit, Name: city.Router.Name(r.Unit)}
	}
	if !r.Due.Due.IsZero() {
		at := r.Due.Due.In(city.Zone())
		f.Due = &due{At: at, Date: at.Format(time.DateOnly), Provisional: r.Due.Provisional}
	}
	return f
}
