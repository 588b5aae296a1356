package letter

import "slices"

// Placement is the router's decision on one letter with its reasons, stored
// with the letter and shown at the desk in plain language.
type Placement struct {
	Unit     string      `json:"unit,omitempty"` // lead unit; "" when a person must decide
	Queue    Queue       `json:"queue"`
	Guard    string      `json:"guard,omitempty"`
	Kind     Kind        `json:"kind,omitempty"`
	Category string      `json:"category,omitempty"`
	Urgency  Urgency     `json:"urgency,omitempty"`
	Flags    []Flag      `json:"flags,omitempty"`
	Accused  []string    `json:"accused,omitempty"`
	Top      []Candidate `json:"top,omitempty"`  // best first, at most three
	With     []string    `json:"with,omitempty"` // units that may have to take part (会办)
	Reasons  []Reason    `json:"reasons,omitempty"`
	Copy     bool        `json:"copy,omitempty"`    // the dispatcher sees a copy (urgent supply failure)
	Leader   string      `json:"leader,omitempty"`  // leader whose office sees it
	Version  string      `json:"version,omitempty"` // of the rules
	Model    string      `json:"model,omitempty"`   // version of the model that took part
}

// Has says whether the router set the flag.
func (p Placement) Has(f Flag) bool { return slices.Contains(p.Flags, f) }

// Queue is where a letter waits first.
type Queue string

// The queues.
const (
	UnitQueue       Queue = "unit"
	DispatchQueue   Queue = "dispatch"
	DutyQueue       Queue = "duty"
	DisciplineQueue Queue = "discipline"
)

// Candidate is a unit the letter could go to.
type Candidate struct {
	Unit  string  `json:"unit"`
	Score float64 `json:"score"`       // points of the rules
	Share float64 `json:"share"`       // part of all points, 0 to 1
	P     float64 `json:"p,omitempty"` // probability by rules and model together, 0 to 1; 0 without a model
	Words []Word  `json:"words,omitempty"`
}

// Sure is how sure the router is of the unit, 0 to 1: the probability, or without a model the share of points.
func (c Candidate) Sure() float64 {
	if c.P > 0 {
		return c.P
	}
	return c.Share
}

// Word is a word of the letter that spoke for a unit, with its points.
type Word struct {
	Text   string  `json:"text"`
	Points float64 `json:"points"`
}

// Reason is one rule that took part in the decision.
type Reason struct {
	Rule  string   `json:"rule"`            // id of the rule
	Text  string   `json:"text"`            // Chinese sentence for the desk
	Words []string `json:"words,omitempty"` // what in the letter it saw
}
