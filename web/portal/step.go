package portal

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// senderSteps are those offered to the sender; casework takes them.
var senderSteps = []letter.Step{letter.Rating, letter.Supplement, letter.RefusalObjection, letter.Withdrawal}

// done is what the sender is told after a step.
var done = map[letter.Step]string{
	letter.Rating: "评价已收到，谢谢您。", letter.Supplement: "补充的情况已转给承办单位，时限继续计算。",
	letter.RefusalObjection: "异议已收到，将重新审核。", letter.Withdrawal: "这封信已经撤回。",
}

// possible says which steps the sender can take now. The table and the letter
// decide when one is taken; this only keeps a page from offering what they would refuse.
func possible(l *letter.Letter) map[letter.Step]bool {
	steps := map[letter.Step]bool{}
	for _, step := range senderSteps {
		row, _ := letter.Row(step)
		steps[step] = row.Allows(letter.BySender, l.State)
	}
	steps[letter.Rating] = steps[letter.Rating] && l.Solved == nil
	steps[letter.RefusalObjection] = steps[letter.RefusalObjection] && l.RefusedBy == 0
	return steps
}

// stepForm is what was typed in the form of a step.
type stepForm struct {
	Solved    string // "yes", "no" or nothing chosen
	Satisfied string // "1" to "5"
	Text      string
}

// input reads the form for casework; what is not chosen is left to it to refuse.
func (f stepForm) input() casework.Input {
	in := casework.Input{Text: f.Text}
	if f.Solved == "yes" || f.Solved == "no" {
		solved := f.Solved == "yes"
		in.Solved = &solved
	}
	if n, err := strconv.Atoi(f.Satisfied); err == nil {
		in.Satisfied = n
	}
	return in
}

// step takes one of the sender's steps; a refused form comes back on the page of the letter.
func (s *Server) step(c *fiber.Ctx) error {
	step := letter.Step(c.Params("step"))
	take, ok := s.Casework.SenderSteps()[step]
	if !ok {
		return fiber.ErrNotFound
	}
	form := stepForm{Solved: c.FormValue("solved"), Satisfied: c.FormValue("satisfied"), Text: lines(c.FormValue("text"))}
	_, err := take(c.UserContext(), own(c), form.input())
	var refused *letter.Error
	if errors.As(err, &refused) && !letter.IsKind(err, letter.KindNotFound) {
		v, err := s.letterPage(c)
		if err != nil {
			return err
		}
		v.Step, v.Form = step, form
		v.Refused(refused)
		return s.set.Render(c, "letter", v)
	}
	if err != nil {
		return err
	}
	s.Poke()
	page.Flash(c, done[step])
	return c.Redirect(passPath(own(c)), fiber.StatusSeeOther)
}
