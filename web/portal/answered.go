package portal

import (
	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/web/page"
)

// answeredPage thanks somebody who found the answer before he had to write.
type answeredPage struct {
	page.Head
	Letter letter.Public
	Unit   string
}

// choose ends the writing of a letter that a published answer made needless.
func (s *Server) choose(c *fiber.Ctx) error {
	p, err := s.publicLetter(c)
	if err != nil {
		return err
	}
	if err := s.spared(c, p.Number); err != nil {
		return err
	}
	return c.Redirect(page.PathWrite+"/answered/"+p.Number, fiber.StatusSeeOther)
}

func (s *Server) answered(c *fiber.Ctx) error {
	p, err := s.publicLetter(c)
	if err != nil {
		return err
	}
	n := names{s.City(), page.Lang(c)}
	return s.set.Render(c, "answered", &answeredPage{Head: page.Head{Title: "不用写信了", Column: "写信"}, Letter: p, Unit: n.unit(p.Unit)})
}

// publicLetter is the published letter that the address names.
func (s *Server) publicLetter(c *fiber.Ctx) (letter.Public, error) {
	number, err := letter.ParseNumber(c.Params("number"))
	if err != nil {
		return letter.Public{}, letter.ErrNotFound
	}
	return s.Store.Published(c.UserContext(), number)
}
