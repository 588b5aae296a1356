package portal

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/sla"
	"huiyin/web/page"
)

// followPage asks for number and code.
type followPage struct {
	page.Head
	Number string
}

func (s *Server) follow(c *fiber.Ctx) error {
	return s.set.Render(c, "follow", &followPage{Head: page.Head{Title: "查进度"}})
}

// admit opens a letter to who shows its number and code. The code travels in
// the body of the form and is never sent back.
func (s *Server) admit(c *fiber.Ctx) error {
	typed := c.FormValue("number")
	number, err := letter.ParseNumber(typed)
	if err == nil {
		err = s.check(c.UserContext(), c.IP(), number, digits(c.FormValue("code")))
	}
	if err == nil {
		_, err = s.Store.Letter(c.UserContext(), number)
	}
	if letter.IsKind(err, letter.KindNotFound) {
		err = errWrongCode()
	}
	var refused *letter.Error
	if errors.As(err, &refused) {
		v := &followPage{Head: page.Head{Title: "查进度"}, Number: typed}
		v.Refused(refused)
		return s.set.Render(c, "follow", v)
	}
	if err != nil {
		return err
	}
	s.pass(c, number)
	return c.Redirect(passPath(number), fiber.StatusSeeOther)
}

// digits reads a code as people type it: with spaces or full-width digits.
func digits(typed string) string {
	return strings.Join(strings.Fields(segment.Clean(typed)), "")
}

// letterPage is a letter as its sender sees it.
type letterPage struct {
	page.Head
	Letter   *letter.Letter
	Unit     string // who has it now, "" when that is not told
	Sealed   bool
	Line     page.Line
	Timeline []entry
	Answer   *entry // the newest answer
	Steps    map[letter.Step]bool
	Step     letter.Step // the step whose form came back
	Form     stepForm
	Public   bool
}

// Can says whether the sender can take the step now.
func (v *letterPage) Can(step string) bool { return v.Steps[letter.Step(step)] }

// Hourly says that the answer is due at a moment, not at the end of a day.
func (v *letterPage) Hourly() bool {
	c, ok := v.Letter.Clock(letter.SenderClock)
	return ok && !sla.Unit(c.Measure).InDays()
}

// entry is one line of the timeline in words.
type entry struct {
	letter.Entry
	By    string // who did it
	Unit  string // the unit it names
	Above bool   // its text stands above the timeline, as the answer
}

// Answers says that the step gave the sender his answer; to him it is no signature.
func (e entry) Answers() bool { return e.Step == letter.Approval || e.Step == letter.DirectAnswer }

func (s *Server) letter(c *fiber.Ctx) error {
	v, err := s.letterPage(c)
	if err != nil {
		return err
	}
	return s.set.Render(c, "letter", v)
}

func (s *Server) letterPage(c *fiber.Ctx) (*letterPage, error) {
	l, err := s.Store.Letter(c.UserContext(), own(c))
	if err != nil {
		return nil, err
	}
	timeline, err := l.Timeline()
	if err != nil {
		return nil, err
	}
	n := names{s.City(), page.Lang(c)}
	_, public := l.Public()
	v := &letterPage{
		Head: page.Head{Title: "来信进度"}, Letter: l, Sealed: l.Guard != "", Line: page.LineOf(l, s.Now(), how(n.city, l)),
		Steps: possible(l), Public: public,
	}
	if !v.Sealed {
		v.Unit = n.unit(l.Unit)
	}
	for _, e := range timeline {
		v.Timeline = append(v.Timeline, n.entry(e))
	}
	v.Answer = answerOf(v.Timeline, l)
	if v.Answer != nil && v.Unit != "" {
		v.Answer.By = v.Unit // the unit answers, whoever signed
	}
	return v, nil
}

// entry names who acted.
func (n names) entry(e letter.Entry) entry {
	shown := entry{Entry: e, Unit: n.unit(e.Unit)}
	switch e.Step {
	case letter.Merge, letter.Admission, letter.FirstContact, letter.Redating: // the word alone says too little, or sounds as if the letter were gone
		row, _ := letter.Row(e.Step)
		shown.Text = page.T(n.lang, row.Tells)
	}
	switch e.By {
	case "sender":
		shown.By = page.T(n.lang, "您")
	case "":
	default:
		shown.By = n.unit(e.By)
	}
	return shown
}

// answerOf is the answer that holds now: none while the letter is open again.
func answerOf(timeline []entry, l *letter.Letter) *entry {
	if l.AnsweredAt.IsZero() {
		return nil
	}
	for i := len(timeline) - 1; i >= 0; i-- {
		if timeline[i].Answers() {
			timeline[i].Above = true
			answer := timeline[i]
			return &answer
		}
	}
	if l.Reply.Text == "" {
		return nil
	}
	return &entry{Entry: letter.Entry{Text: l.Reply.Text, At: l.AnsweredAt}}
}
