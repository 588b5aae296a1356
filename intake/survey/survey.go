// Package survey holds questionnaires (网上调查) and consultations (民意征集): what is asked, what was answered, and how the answers add up.
package survey

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// Survey is one questionnaire.
type Survey struct {
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Intro       string     `json:"intro"`
	Unit        string     `json:"unit"`               // unit that asks
	Responsible string     `json:"responsible"`        // login of the member who answers for it
	Opens       time.Time  `json:"opens"`              //
	Closes      time.Time  `json:"closes"`             // the first moment at which no answer is taken
	Analysis    string     `json:"analysis,omitempty"` // what became of it, written after the end
	Questions   []Question `json:"questions"`
}

// Question is one question of a survey.
type Question struct {
	ID       string   `json:"id"`
	Kind     Kind     `json:"kind"`
	Text     string   `json:"text"`
	Options  []Option `json:"options,omitempty"`
	Optional bool     `json:"optional,omitempty"` // a choice that may be left out; texts always may
	Personal bool     `json:"personal,omitempty"` // asks about the person (age, district): few answers are not shown
}

// Kind is how a question is answered.
type Kind string

// The kinds of questions.
const (
	Single Kind = "single" // one of the options
	Text   Kind = "text"   // in one's own words
)

// Option is one choice.
type Option struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Standing is where a survey stands in time.
type Standing string

// The standings.
const (
	Announced Standing = "announced"
	Open      Standing = "open"
	Closed    Standing = "closed"
)

var standingWords = map[Standing]string{Announced: "即将开始", Open: "进行中", Closed: "已结束"}

// Word is the Chinese word pages show.
func (s Standing) Word() string { return standingWords[s] }

// Standing says where the survey stands at that moment.
func (s Survey) Standing(now time.Time) Standing {
	switch {
	case now.Before(s.Opens):
		return Announced
	case now.Before(s.Closes):
		return Open
	}
	return Closed
}

// Check says what is wrong with a survey before it is kept.
func (s Survey) Check() error {
	switch {
	case s.ID == "" || strings.TrimSpace(s.Title) == "" || s.Unit == "":
		return letter.Refuse("问卷须有编号、标题和单位。")
	case !s.Closes.After(s.Opens):
		return letter.Refuse("问卷的结束时间须在开始时间之后。")
	case len(s.Questions) == 0:
		return letter.Refuse("问卷须至少有一道题。")
	}
	seen := map[string]bool{}
	for _, q := range s.Questions {
		if q.ID == "" || seen[q.ID] {
			return letter.Refuse("每道题须有不同的编号：“%s”。", q.ID)
		}
		seen[q.ID] = true
		if err := q.check(); err != nil {
			return err
		}
	}
	return nil
}

func (q Question) check() error {
	if q.Kind == Text {
		return nil
	}
	if q.Kind != Single || len(q.Options) < 2 {
		return letter.Refuse("题目“%s”须是单选（至少两个选项）或文字。", q.ID)
	}
	seen := map[string]bool{}
	for _, o := range q.Options {
		if o.ID == "" || seen[o.ID] {
			return letter.Refuse("题目“%s”的每个选项须有不同的编号。", q.ID)
		}
		seen[o.ID] = true
	}
	return nil
}

// maxText is how many characters an answer in words may have.
const maxText = 1000

// take checks one filled-in form and returns what is kept of it: the chosen
// options and the texts, trimmed. The error names each question in its own
// sentence.
func (s Survey) take(values map[string]string) (map[string]string, error) {
	kept, wrong := map[string]string{}, map[string]string{}
	asked := map[string]bool{}
	for _, q := range s.Questions {
		asked[q.ID] = true
		value := strings.TrimSpace(values[q.ID])
		if sentence := q.fault(value); sentence != "" {
			wrong[q.ID] = sentence
		} else if value != "" {
			kept[q.ID] = value
		}
	}
	for id := range values {
		if !asked[id] {
			wrong[strings.ToValidUTF8(id, "?")] = "这份问卷没有这道题。"
		}
	}
	if len(wrong) == 0 && len(kept) == 0 {
		return nil, letter.Refuse("您还没有回答任何一道题。")
	}
	if len(wrong) > 0 {
		return nil, letter.Invalid("有题目需要修改，请看标出的地方。", wrong)
	}
	return kept, nil
}

// fault says what is wrong with one answer, "" when nothing is.
func (q Question) fault(value string) string {
	switch {
	case !utf8.ValidString(value) || strings.ContainsRune(value, 0):
		return "这里有无法识别的字符，请重新输入。"
	case q.Kind == Text && utf8.RuneCountInString(value) > maxText:
		return fmt.Sprintf("最多 %d 字，请缩短。", maxText)
	case q.Kind == Text:
		return ""
	case value == "" && !q.Optional:
		return "请选择一项。"
	case value != "" && !q.has(value):
		return "没有这个选项，请重新选择。"
	}
	return ""
}

func (q Question) has(option string) bool {
	for _, o := range q.Options {
		if o.ID == option {
			return true
		}
	}
	return false
}
