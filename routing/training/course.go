package training

import (
	"encoding/json"
	"fmt"
	"time"
)

// Where the store keeps how far learning is: a document.
const (
	courseKind = "routing"
	courseID   = "course"
)

// Course is how far learning is and what came of it last. Its times are UTC, zero for never.
type Course struct {
	Asked time.Time `json:"asked,omitzero"` // somebody pressed the button
	By    string    `json:"by,omitempty"`   // login of who did
	Began time.Time `json:"began,omitzero"`
	Ended time.Time `json:"ended,omitzero"`

	Wrong       string  `json:"wrong,omitempty"` // Chinese sentence: why nothing was learned
	Version     string  `json:"version,omitempty"`
	Adopted     bool    `json:"adopted,omitempty"`
	Why         string  `json:"why,omitempty"` // Chinese sentence: why it was adopted, or not
	Letters     int     `json:"letters,omitempty"`
	Corrections int     `json:"corrections,omitempty"`
	Rules       []Offer `json:"rules,omitempty"` // what rules alone would do with these letters
}

// stuck is after how long a run that has not ended counts as broken off.
const stuck = 2 * time.Hour

// Waiting says that somebody asked and nothing began yet.
func (c Course) Waiting() bool { return c.Asked.After(c.Began) }

// Running says that a run is under way.
func (c Course) Running(now time.Time) bool {
	return c.Began.After(c.Ended) && now.Sub(c.Began) < stuck
}

// broken says that a run began and never ended: the program was killed meanwhile.
func (c Course) broken(now time.Time) bool { return c.Began.After(c.Ended) && !c.Running(now) }

// Took is how long the last run that ended took.
func (c Course) Took() time.Duration {
	if c.Ended.Before(c.Began) || c.Began.IsZero() {
		return 0
	}
	return c.Ended.Sub(c.Began)
}

func readCourse(body []byte) (c Course, err error) {
	if len(body) == 0 {
		return c, nil
	}
	if err := json.Unmarshal(body, &c); err != nil {
		return c, fmt.Errorf("read course: %w", err)
	}
	return c, nil
}
