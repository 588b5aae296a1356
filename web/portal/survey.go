package portal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/intake/survey"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// surveyPage is the form of a survey.
type surveyPage struct {
	page.Head
	Survey survey.Survey
	Open   bool
	Unit   string
	Asked  string // name of the member who answers for it
	Once   string
	Values map[string]string // what was chosen or written, by question
	Action survey.Action     // what the sender wants to have done
}

func (s *Server) survey(c *fiber.Ctx) error {
	v, err := s.surveyPage(c)
	if err != nil {
		return err
	}
	v.Once = s.voter(c)
	return s.set.Render(c, "survey", v)
}

func (s *Server) surveyPage(c *fiber.Ctx) (*surveyPage, error) {
	x, err := s.Surveys.Get(c.UserContext(), c.Params("id"))
	if err != nil {
		return nil, err
	}
	people, err := s.people(c)
	if err != nil {
		return nil, err
	}
	n := names{s.City(), page.Lang(c)}
	return &surveyPage{
		Head: page.Head{Title: x.Title, Column: letter.SurveyColumn.Word()}, Survey: x, Open: x.Standing(s.Now()) == survey.Open,
		Unit: n.unit(x.Unit), Asked: people[x.Responsible].name,
	}, nil
}

const voterCookie = "voter"

// voter is the mark by which a browser answers once. It is sent back to this
// survey only, and says nothing about who answers.
func (s *Server) voter(c *fiber.Ctx) string {
	if kept := c.Cookies(voterCookie); kept != "" {
		return kept
	}
	mark := rand.Text()
	c.Cookie(&fiber.Cookie{
		Name: voterCookie, Value: mark, Path: "/surveys/" + c.Params("id"), MaxAge: int((400 * 24 * time.Hour).Seconds()),
		HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Secure: c.Protocol() == "https",
	})
	return mark
}

// answerSurvey takes a filled-in form. What asks for action becomes a letter
// with its own receipt.
func (s *Server) answerSurvey(c *fiber.Ctx) error {
	v, err := s.surveyPage(c)
	if err != nil {
		return err
	}
	v.Values = map[string]string{}
	for _, q := range v.Survey.Questions {
		v.Values[q.ID] = lines(c.FormValue("answer-" + q.ID))
	}
	v.Action = survey.Action{Body: lines(c.FormValue("body")), Place: c.FormValue("place"), Name: c.FormValue("name"), Phone: c.FormValue("phone")}
	v.Once = c.Cookies(voterCookie, c.FormValue("once"))
	taken, err := s.takeAnswer(c, v)
	var refused *letter.Error
	if errors.As(err, &refused) {
		v.Refused(refused)
		return s.set.Render(c, "survey", v)
	}
	if err != nil {
		return err
	}
	s.Poke()
	if taken.Number != "" {
		s.pass(c, taken.Number)
		return c.Redirect(passPath(taken.Number)+"/receipt", fiber.StatusSeeOther)
	}
	page.Flash(c, "谢谢，您的回答已收到。")
	return c.Redirect("/surveys/"+v.Survey.ID+"/result", fiber.StatusSeeOther)
}

// formsAnHour bounds the forms of one address: a household or an office, not a machine.
const formsAnHour = 60

func (s *Server) takeAnswer(c *fiber.Ctx, v *surveyPage) (survey.Taken, error) {
	if v.Once == "" || len(v.Once) > 100 {
		return survey.Taken{}, letter.Invalid("这份表单已经失效。请重新打开问卷。", nil)
	}
	if s.PerHour > 0 {
		n, _, err := s.Live.Count(c.UserContext(), "survey-forms:"+v.Survey.ID+":"+c.IP(), time.Hour)
		if err != nil {
			return survey.Taken{}, fmt.Errorf("count forms: %w", err)
		}
		if n > formsAnHour {
			return survey.Taken{}, letter.Fail(letter.KindTooMany, "这个地址提交得太多了。请过一小时再试。")
		}
	}
	answer := survey.Answer{Values: v.Values, Once: s.Vault.Sign("survey", v.Survey.ID+"."+v.Once)[:32]}
	if strings.TrimSpace(v.Action.Body) != "" {
		if err := s.within(c); err != nil {
			return survey.Taken{}, err
		}
		answer.Action = &v.Action
	}
	return s.Surveys.Answer(c.UserContext(), v.Survey.ID, answer, s.Now())
}

// surveyResultPage is how the answers add up.
type surveyResultPage struct {
	page.Head
	Result survey.Result
	Open   bool
	Unit   string
}

func (s *Server) surveyResult(c *fiber.Ctx) error {
	r, err := s.Surveys.Results(c.UserContext(), c.Params("id"), s.Now())
	if err != nil {
		return err
	}
	n := names{s.City(), page.Lang(c)}
	return s.set.Render(c, "survey_result", &surveyResultPage{
		Head: page.Head{Title: r.Survey.Title, Column: letter.SurveyColumn.Word()}, Result: r,
		Open: r.Survey.Standing(s.Now()) == survey.Open, Unit: n.unit(r.Survey.Unit),
	})
}

// Percent is a share as people say it.
func (surveyResultPage) Percent(share float64) int { return int(math.Round(share * 100)) }
