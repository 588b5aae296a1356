package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/web/page"
)

type takePartPage struct {
	page.Head
	Surveys    []surveyCard
	Interviews []interviewCard
}

// surveyCard is a survey in a list.
type surveyCard struct {
	ID, Title     string
	Open, Closed  bool
	Opens, Closes time.Time
	Answers       int
}

// interviewCard is an interview in a list.
type interviewCard struct {
	ID, Title, Guest string
	Starts           time.Time
	Asking, Finished bool
}

func (s *Server) takePart(c *fiber.Ctx) error {
	v := &takePartPage{Head: page.Head{Title: "参与"}}
	var err error
	if v.Surveys, err = s.surveyCards(c); err != nil {
		return err
	}
	if v.Interviews, err = s.interviewCards(c); err != nil {
		return err
	}
	return s.set.Render(c, "take_part", v)
}

func (s *Server) surveyCards(c *fiber.Ctx) ([]surveyCard, error) {
	surveys, err := s.Surveys.List(c.UserContext())
	if err != nil {
		return nil, err
	}
	var list []surveyCard
	for _, x := range surveys {
		answers, err := s.Store.CountSurveyAnswers(c.UserContext(), x.ID)
		if err != nil {
			return nil, err
		}
		standing := x.Standing(s.Now())
		list = append(list, surveyCard{
			ID: x.ID, Title: x.Title, Open: standing == survey.Open, Closed: standing == survey.Closed,
			Opens: x.Opens, Closes: x.Closes, Answers: answers,
		})
	}
	return list, nil
}

func (s *Server) interviewCards(c *fiber.Ctx) ([]interviewCard, error) {
	interviews, err := s.Interviews.List(c.UserContext(), s.Now())
	if err != nil {
		return nil, err
	}
	var list []interviewCard
	for _, x := range interviews {
		standing := x.Standing(s.Now())
		list = append(list, interviewCard{
			ID: x.ID, Title: x.Title, Guest: x.Guest, Starts: x.Starts,
			Asking: takesQuestions(standing), Finished: standing == interview.Finished,
		})
	}
	return list, nil
}

// openSurveys are those that can be answered now.
func (s *Server) openSurveys(c *fiber.Ctx) ([]surveyCard, error) {
	all, err := s.surveyCards(c)
	var list []surveyCard
	for _, x := range all {
		if x.Open {
			list = append(list, x)
		}
	}
	return list, err
}

// comingInterviews are those that are not over.
func (s *Server) comingInterviews(c *fiber.Ctx) ([]interviewCard, error) {
	all, err := s.interviewCards(c)
	var list []interviewCard
	for _, x := range all {
		if !x.Finished {
			list = append(list, x)
		}
	}
	return list, err
}

func takesQuestions(s interview.Standing) bool { return s == interview.Collects || s == interview.Live }
