package portal

import (
	"crypto/rand"
	"errors"

	"github.com/gofiber/fiber/v2"

	"huiyin/intake/interview"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// interviewPage is an interview: its notice, the questions, and once it is over
// what was said.
type interviewPage struct {
	page.Head
	Interview interview.Interview
	Standing  interview.Standing
	Asking    bool
	Finished  bool
	Unit      string
	Asked     string // name of the member who answers for it
	Once      string
	Form      questionForm
}

type questionForm struct {
	Interview string
	Body      string
	Name      string
	Phone     string
	Publish   bool
}

func (s *Server) interview(c *fiber.Ctx) error {
	v, err := s.interviewPage(c, rand.Text())
	if err != nil {
		return err
	}
	return s.set.Render(c, "interview", v)
}

func (s *Server) interviewPage(c *fiber.Ctx, key string) (*interviewPage, error) {
	x, err := s.Interviews.Get(c.UserContext(), c.Params("id"))
	if err != nil {
		return nil, err
	}
	people, err := s.people(c)
	if err != nil {
		return nil, err
	}
	n, standing := names{s.City(), page.Lang(c)}, x.Standing(s.Now())
	return &interviewPage{
		Head: page.Head{Title: x.Title, Column: letter.InterviewColumn.Word()}, Interview: x, Standing: standing,
		Asking: takesQuestions(standing), Finished: standing == interview.Finished, Unit: n.unit(x.Unit),
		Asked: people[x.Responsible].name, Once: key,
	}, nil
}

// ask takes a question as a letter for the guest's unit, so that it is answered
// in writing if the talk has no time for it.
func (s *Server) ask(c *fiber.Ctx) error {
	key := c.FormValue("once")
	form := questionForm{
		Interview: c.Params("id"), Body: lines(c.FormValue("body")), Name: c.FormValue("name"), Phone: c.FormValue("phone"),
		Publish: c.FormValue("publish") != "",
	}
	number, err := s.takeQuestion(c, form, key)
	var refused *letter.Error
	if errors.As(err, &refused) && refused.Kind != letter.KindNotFound {
		v, err := s.interviewPage(c, freshKey(refused, key))
		if err != nil {
			return err
		}
		v.Form = form
		v.Refused(refused)
		return s.set.Render(c, "interview", v)
	}
	if err != nil {
		return err
	}
	s.Poke()
	s.pass(c, number)
	return c.Redirect(passPath(number)+"/receipt", fiber.StatusSeeOther)
}

func (s *Server) takeQuestion(c *fiber.Ctx, form questionForm, key string) (number string, err error) {
	if err := s.within(c); err != nil {
		return "", err
	}
	asked := interview.Asked{Body: form.Body, Name: form.Name, Phone: form.Phone, Publish: form.Publish}
	if asked.Once, err = once(key, form); err != nil {
		return "", err
	}
	number, _, err = s.Interviews.Ask(c.UserContext(), form.Interview, asked, s.Now())
	return number, err
}
