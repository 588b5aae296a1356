// Package interview holds online interviews (在线访谈): their notice, the questions put to them, and what was said.
package interview

import (
	"strings"
	"time"

	"huiyin/internal/letter"
)

// Interview is one talk of a guest with the residents.
type Interview struct {
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Topic       string     `json:"topic"`
	Guest       string     `json:"guest"`
	Unit        string     `json:"unit"`        // unit the guest speaks for
	Responsible string     `json:"responsible"` // login of the member who answers for it
	Notice      string     `json:"notice"`
	Opens       time.Time  `json:"opens"` // questions are taken from then on
	Starts      time.Time  `json:"starts"`
	Ends        time.Time  `json:"ends"`                 // and until then
	Questions   []Question `json:"questions,omitempty"`  // those chosen to be shown
	Transcript  []Exchange `json:"transcript,omitempty"` // written after the talk
}

// Question is one question shown on the page. A question that was just asked is
// a letter, and is shown only when a member has chosen it.
type Question struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"` // as the asker wants to be called
	Text  string    `json:"text"`
	At    time.Time `json:"at"`
	Votes int       `json:"votes"`
}

// Exchange is a question and its answer in the transcript.
type Exchange struct {
	Asker    string `json:"asker"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// Standing is where an interview stands in time.
type Standing string

// The standings.
const (
	Announced Standing = "announced"
	Collects  Standing = "collects" // questions can be asked beforehand
	Live      Standing = "live"
	Finished  Standing = "finished"
)

var standingWords = map[Standing]string{Announced: "预告", Collects: "正在征集问题", Live: "正在进行", Finished: "已结束"}

// Word is the Chinese word pages show.
func (s Standing) Word() string { return standingWords[s] }

// Standing says where the interview stands at that moment.
func (i Interview) Standing(now time.Time) Standing {
	switch {
	case !now.Before(i.Ends):
		return Finished
	case !now.Before(i.Starts):
		return Live
	case !now.Before(i.Opens):
		return Collects
	}
	return Announced
}

// Check says what is wrong with an interview before it is kept.
func (i Interview) Check() error {
	switch {
	case i.ID == "" || strings.TrimSpace(i.Title) == "" || strings.TrimSpace(i.Guest) == "" || i.Unit == "":
		return letter.Refuse("访谈须有编号、标题、嘉宾和单位。")
	case i.Starts.Before(i.Opens) || !i.Ends.After(i.Starts):
		return letter.Refuse("访谈的时间有误：先征集问题，再开始，再结束。")
	}
	return nil
}
