package citypack

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Participation is what residents of the demonstration city can take part in,
// as the JSON documents that the services of surveys and interviews keep.
type Participation struct {
	Surveys    [][]byte
	Answers    []SurveyAnswer
	Interviews [][]byte
}

// SurveyAnswer is one form that somebody filled in before the start.
type SurveyAnswer struct {
	Survey string
	At     time.Time
	Values map[string]string // by question id
}

// DemoParticipation gives the demonstration's survey and interviews, their
// times counted from now and told in its zone.
func DemoParticipation(now time.Time) (Participation, error) {
	var p Participation
	var survey map[string]any
	if err := decode(demo, "demo/survey.yaml", &survey); err != nil {
		return p, err
	}
	if err := p.survey(survey, now); err != nil {
		return p, fmt.Errorf("survey.yaml: %w", err)
	}
	var interviews []map[string]any
	if err := decode(demo, "demo/interview.yaml", &interviews); err != nil {
		return p, err
	}
	for _, i := range interviews {
		if err := p.interview(i, now); err != nil {
			return p, fmt.Errorf("interview.yaml, %v: %w", i["id"], err)
		}
	}
	return p, nil
}

func (p *Participation) survey(s map[string]any, now time.Time) error {
	for _, field := range []string{"opens", "closes"} {
		at, err := from(now, fmt.Sprint(s[field]))
		if err != nil {
			return err
		}
		s[field] = at
	}
	answers, _ := s["answers"].([]any)
	delete(s, "answers")
	for _, a := range answers {
		answer := SurveyAnswer{Survey: fmt.Sprint(s["id"]), Values: map[string]string{}}
		fields, _ := a.(map[string]any)
		for question, value := range fields {
			answer.Values[question] = fmt.Sprint(value)
		}
		age, err := duration(answer.Values["age"])
		if err != nil {
			return err
		}
		delete(answer.Values, "age")
		answer.At = now.Add(-age)
		p.Answers = append(p.Answers, answer)
	}
	body, err := json.Marshal(s)
	p.Surveys = append(p.Surveys, body)
	return err
}

// collecting is how long before an interview its questions are taken.
const collecting = 10 * 24 * time.Hour

func (p *Participation) interview(i map[string]any, now time.Time) error {
	starts, err := from(now, fmt.Sprint(i["starts"]))
	if err != nil {
		return err
	}
	starts = afternoon(starts)
	lasts, err := duration(fmt.Sprint(i["lasts"]))
	if err != nil {
		return err
	}
	i["opens"], i["starts"], i["ends"] = starts.Add(-collecting), starts, starts.Add(lasts)
	questions, _ := i["questions"].([]any)
	for _, q := range questions {
		fields, _ := q.(map[string]any)
		age, err := duration(fmt.Sprint(fields["age"]))
		if err != nil {
			return err
		}
		fields["at"] = now.Add(-age)
	}
	body, err := json.Marshal(i)
	p.Interviews = append(p.Interviews, body)
	return err
}

// afternoon is three o'clock of that day, of the Friday before at a weekend: a guest of the government answers in office hours.
func afternoon(at time.Time) time.Time {
	for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		at = at.AddDate(0, 0, -1)
	}
	return time.Date(at.Year(), at.Month(), at.Day(), 15, 0, 0, 0, at.Location())
}

// from reads +20d or -10d as a moment before or after now.
func from(now time.Time, s string) (time.Time, error) {
	d, err := duration(strings.TrimLeft(s, "+-"))
	if err != nil {
		return now, err
	}
	if strings.HasPrefix(s, "-") {
		d = -d
	}
	return now.Add(d), nil
}
