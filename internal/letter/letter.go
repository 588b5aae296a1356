// Package letter holds the nouns of the house: a letter, its draft, its events, states, placement and clocks; nothing here does I/O or reads the clock.
package letter

import "time"

// Draft is what a channel hands to intake: a letter as its sender wrote it,
// before it has a number. Texts are as they came; intake checks and cleans them.
type Draft struct {
	Channel   Channel
	Column    Column
	Kind      Kind // empty: the router guesses
	Title     string
	Body      string
	Name      string
	Phone     string
	Email     string
	OpenID    string // WeChat identity, personal data like the phone
	Anonymous bool
	Publish   bool   // the sender agrees that the masked text may be published
	Place     string // where the matter is, in words
	Addressee string // leader's id for the leaders' mailbox, otherwise empty
	Unit      string // unit the sender chose himself, otherwise empty
	Category  string // category the sender chose himself, otherwise empty

	Received time.Time // zero: now
	Source   string    // name of the system or file it came from, otherwise empty
	SourceID string    // its id there (call id, message id, line id)
	Operator string    // login of the hotline operator who typed it, otherwise empty

	Once *Once // Idempotency-Key of the request, nil when there was none
}

// Once makes a repeated request answer the same: the key the caller chose and
// the SHA-256 of the body it came with (contracts.md, Idempotency-Key).
type Once struct {
	Key  string
	Body [32]byte
}

// Letter is one matter a resident brought, with everything that happened to it.
// It changes only by Record.
type Letter struct {
	Number   string
	Key      []byte // per-letter key of the private payloads; nil once the person was erased
	Channel  Channel
	Column   Column
	Kind     Kind
	Category string // code of the category tree, otherwise empty
	Urgency  Urgency
	Flags    []Flag
	Accused  []string // units that must never read a sealed letter

	Title     string
	Body      string
	Place     string
	Addressee string
	Anonymous bool
	Consent   bool   // masked publication allowed by the sender
	Sender    string // keyed hash of phone or openid, "" when unknown
	Contact   []byte // name, phone, e-mail, openid as JSON, sealed by the vault

	Source   string
	SourceID string
	Operator string

	Placement Placement
	Received  time.Time
	Sketch    []byte // of its matter, only written when the letter is new; nil: not made, empty: it says too little
	Status           // what the events lead to
	Reply     Reply
	Open      OpenText // the published version, empty until publication
	Figures   Figures

	Events []Event
	Clocks []Clock

	stored int // events that the store already has
}

// Reply is the answer being written or given. Note is the internal report of
// the handling and never leaves the desk (domain.md 0.9).
type Reply struct {
	Text string
	Note string
}

// OpenText is the masked version that the public reads.
type OpenText struct {
	Title string
	Body  string
	Reply string
}

// Figures are written by the step that answers a letter and never change after,
// so that reports need no events: late means AnsweredAt after DueAt.
type Figures struct {
	DueAt          time.Time
	WorkingMinutes int // from submission to answer, in office hours
	Late           bool
}

// Contact is the sender's data; it exists in clear only while a member with the
// right looks at it.
type Contact struct {
	Name   string `json:"name,omitempty"`
	Phone  string `json:"phone,omitempty"`
	Email  string `json:"email,omitempty"`
	OpenID string `json:"openid,omitempty"`
}

// Flagged says that a letter carries any flag, which asks for one more person
// at publication (product.md, second person).
func (l *Letter) Flagged() bool { return len(l.Flags) > 0 }

// Has says whether the letter carries the flag.
func (l *Letter) Has(f Flag) bool {
	for _, x := range l.Flags {
		if x == f {
			return true
		}
	}
	return false
}

// Fresh lists the events that the store does not have yet.
func (l *Letter) Fresh() []Event { return l.Events[l.stored:] }

// Stored tells the letter that the store holds all its events.
func (l *Letter) Stored() { l.stored = len(l.Events) }

// Head is the hash of the newest event, nil for a letter without events.
func (l *Letter) Head() []byte {
	if len(l.Events) == 0 {
		return nil
	}
	return l.Events[len(l.Events)-1].Hash
}

// Clock returns the newest clock of that name, running or stopped.
func (l *Letter) Clock(name string) (Clock, bool) {
	for i := len(l.Clocks) - 1; i >= 0; i-- {
		if l.Clocks[i].Name == name {
			return l.Clocks[i], true
		}
	}
	return Clock{}, false
}
