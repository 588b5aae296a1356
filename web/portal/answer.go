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
	Writing  bool // read by somebody who is writing a letter
}

func (s *Server) answer(c *fiber.Ctx) error {
	p, err := s.publicLetter(c)
	if err != nil {
		return err
	}
	n := names{s.City(), page.Lang(c)}
	return s.set.Render(c, "answer", &answerPage{
		Head: page.Head{Title: p.Title, Column: "问答"}, Letter: p, Unit: n.unit(p.Unit), Column: n.column(p.Column),
		Category: n.category(p.Category), Days: workingDays(n.city, p.WorkingMinutes), Line: page.LineOfPublic(p),
		Writing: c.Query("writing") != "",
		Similar: s.similar(c, alike{Like: search.Like{Number: p.Number, Text: p.Title, Most: search.DefaultSimilar}, Near: func(h search.Hit) bool {
			return h.Unit == p.Unit || h.Category != "" && h.Category == p.Category
		}}),
	})
}
