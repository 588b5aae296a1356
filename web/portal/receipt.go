package portal

import (
	"github.com/gofiber/fiber/v2"

	"huiyin/intake"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// receiptPage is the proof that a letter was taken, to be printed or read aloud.
type receiptPage struct {
	page.Head
	Receipt intake.Receipt
	Told    intake.Told // of other letters on the matter
	Where   guess
	Line    page.Line
	Public  bool // the sender agreed to publication
}

func (s *Server) receipt(c *fiber.Ctx) error {
	r, l, err := s.Intake.Again(c.UserContext(), own(c))
	if err != nil {
		return err
	}
	told, err := s.Intake.Told(c.UserContext(), l)
	if err != nil {
		return err
	}
	n := names{s.City(), page.Lang(c)}
	h := how(n.city, l)
	if h != nil {
		h.Open = true
	}
	return s.set.Render(c, "receipt", &receiptPage{
		Head: page.Head{Title: "回执"}, Receipt: r, Told: told, Where: n.reasons(r.Placement, r.Guarded || l.Guard != "", r.Unit, chosen(r.Placement)),
		Line: page.LineOf(l, s.Now(), h), Public: l.Consent,
	})
}

// chosen says that the sender named the unit himself.
func chosen(p letter.Placement) bool {
	for _, r := range p.Reasons {
		if r.Rule == "chosen" {
			return true
		}
	}
	return false
}
