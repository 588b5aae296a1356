package portal

import (
	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/page"
)

// answerPage is one published letter with its answer.
type answerPage struct {
	page.Head
	Letter   letter.Public
	Unit     string
	Column   string
	Category string
	Days     float64 // working days from submission to answer, 0 when not measured
	Line     page.Line
	Similar  []found
}

func (s *Server) answer(c *fiber.Ctx) error {
	number, err := letter.ParseNumber(c.Params("number"))
	if err != nil {
		return letter.ErrNotFound
	}
	p, err := s.Store.Published(c.UserContext(), number)
	if err != nil {
		return err
	}
	n := names{s.City(), page.Lang(c)}
	return s.set.Render(c, "answer", &answerPage{
		Head: page.Head{Title: p.Title, Column: "问答"}, Letter: p, Unit: n.unit(p.Unit), Column: n.column(p.Column),
		Category: n.category(p.Category), Days: workingDays(n.city, p.WorkingMinutes), Line: page.LineOfPublic(p),
		Similar: s.similar(c, alike{Text: p.Title, Except: p.Number, Most: 4, Near: func(h search.Hit) bool {
			return h.Unit == p.Unit || h.Category != "" && h.Category == p.Category
		}}),
	})
}
