package sla

import (
	"fmt"
	"time"

	"huiyin/internal/letter"
)

// Names of limits that are not names of clocks.
const (
	// RedoLimit is what the sender's and the unit's clock get after a redo;
	// without it they get half of their limit, rounded up.
	RedoLimit = "redo"
	// SupplementLimit caps a pause: after it the clocks run again by themselves.
	SupplementLimit = "supplement"
	// SuspensionLimit caps a pause for a legal reason in the same way.
	SuspensionLimit = "suspension"
	// MoreTimeLimit is by how much an extension may move the due moment at most.
	MoreTimeLimit = "more-time"
	// OpenForLimit is how long a consultation takes comments at least (重大行政决策程序暂行条例第十五条).
	OpenForLimit = "open-for"
)

// The rungs of domain.md 2.8 no. 9. RungDue is the only rung of a clock that no
// ladder names: at its due moment the automatic acceptance, the closure.
const (
	RungHalf        = "half"
	RungReminder    = "reminder"
	RungOverdue     = "overdue"
	RungSupervision = "supervision"
	RungLeaders     = "leaders"
	RungDue         = "due"
)

// Policy sets the limits of the letters it matches. An empty field matches
// every letter.
//
// A policy holds for the clocks that start from From up to Until: one that was
// changed leaves open letters as they are, and its versions share the id. From is
// zero for what always held, Until for what still holds; both are the city's to
// fill in from the rows.
type Policy struct {
	ID       string           `json:"id" yaml:"id"`
	Name     string           `json:"name" yaml:"name"`
	Source   string           `json:"source" yaml:"source"` // where the numbers come from, shown to the administrator
	Column   letter.Column    `json:"column,omitempty" yaml:"column"`
	Kind     letter.Kind      `json:"kind,omitempty" yaml:"kind"`
	Urgency  letter.Urgency   `json:"urgency,omitempty" yaml:"urgency"`
	Category string           `json:"category,omitempty" yaml:"category"`
	Channel  letter.Channel   `json:"channel,omitempty" yaml:"channel"`
	Unit     string           `json:"unit,omitempty" yaml:"unit"`
	Limits   map[string]Limit `json:"limits,omitempty" yaml:"limits"` // by clock name, RedoLimit, SupplementLimit, MoreTimeLimit
	Rungs    []Rung           `json:"rungs,omitempty" yaml:"rungs"`

	Sources    map[string]string      `json:"sources,omitempty" yaml:"sources,omitempty"`       // of single limits, by their name
	Starts     map[string]letter.Step `json:"starts,omitempty" yaml:"starts,omitempty"`         // legal starts by clock name, see legal.go
	Extensions int                    `json:"extensions,omitempty" yaml:"extensions,omitempty"` // how often a letter may be extended, 0 as what is less specific says

	From  time.Time `json:"-" yaml:"-"`
	Until time.Time `json:"-" yaml:"-"`
}

// SourceOf says where the limit of that name comes from.
func (p Policy) SourceOf(name string) string {
	if s := p.Sources[name]; s != "" {
		return s
	}
	return p.Source
}

// holds says whether the policy is the one for what starts at that moment.
func (p *Policy) holds(at time.Time) bool {
	return !at.Before(p.From) && (p.Until.IsZero() || at.Before(p.Until))
}

// Rung is one step of the ladder of reminders. Percent is the share of the
// limit that is used up; Before and After count from the due moment. With
// Percent and Before both given Before holds, unless it would come in the first
// half of the limit (a reminder one day before a limit of one day) or counts in
// days where the limit counts in hours: then Percent. With none given the rung
// is the due moment itself.
type Rung struct {
	Name    string   `json:"name" yaml:"name"`
	Clocks  []string `json:"clocks,omitempty" yaml:"clocks"` // names; none: the sender's and the unit's
	Percent int      `json:"percent,omitempty" yaml:"percent"`
	Before  Limit    `json:"before,omitzero" yaml:"before"`
	After   Limit    `json:"after,omitzero" yaml:"after"`

	To   []Recipient `json:"to,omitempty" yaml:"to,omitempty"`     // none: what its name says, see Told
	Text string      `json:"text,omitempty" yaml:"text,omitempty"` // what they read; none: what its name says
}

// Profile is how a city keeps hours and policies in its pack.
type Profile struct {
	Hours    []Period `json:"hours" yaml:"hours"`
	Policies []Policy `json:"policies" yaml:"policies"`
}

// Check refuses a policy that cannot be counted with.
func (p Policy) Check() error {
	if p.ID == "" || p.Source == "" {
		return letter.Refuse("时限规则“%s”须有标识和来源。", p.Name)
	}
	for _, limit := range p.Limits {
		if err := limit.Check(); err != nil {
			return fmt.Errorf("policy %s: %w", p.ID, err)
		}
	}
	for _, r := range p.Rungs {
		if err := r.check(); err != nil {
			return fmt.Errorf("policy %s: %w", p.ID, err)
		}
	}
	for name := range p.Sources {
		if _, ok := p.Limits[name]; !ok {
			return letter.Refuse("时限规则“%s”为“%s”写了来源，却没有写时限。", p.Name, name)
		}
	}
	if p.Extensions < 0 || !p.Until.IsZero() && !p.Until.After(p.From) {
		return letter.Refuse("时限规则“%s”的延期次数或有效期不对。", p.Name)
	}
	return p.checkStarts()
}

func (r Rung) check() error {
	if r.Name == "" || r.Percent < 0 || r.Percent > 100 || r.Before.Unit == Month {
		return letter.Refuse("提示级别“%s”不对：须有名称，百分比在 0 到 100 之间，提前量不能以月计。", r.Name)
	}
	for _, limit := range []Limit{r.Before, r.After} {
		if limit.IsZero() {
			continue
		}
		if err := limit.Check(); err != nil {
			return err
		}
	}
	return r.checkTold()
}

// On says whether the rung belongs to the clock of that name.
func (r Rung) On(clock string) bool {
	if len(r.Clocks) == 0 {
		return clock == letter.SenderClock || clock == letter.UnitClock
	}
	for _, name := range r.Clocks {
		if name == clock {
			return true
		}
	}
	return false
}

// matches says whether the policy speaks of the letter with that unit, and how
// specifically. Urgency weighs most, then unit, category, kind, column and
// channel, each more than all that follow it: an urgent letter keeps its hours whatever else
// it is.
func (p *Policy) matches(l *letter.Letter, unit string) (weight int, ok bool) {
	urgency := l.Urgency
	if urgency == "" {
		urgency = letter.Normal
	}
	if p.Urgency != "" && p.Urgency != urgency || p.Unit != "" && p.Unit != unit || p.Category != "" && p.Category != l.Category ||
		p.Kind != "" && p.Kind != l.Kind || p.Column != "" && p.Column != l.Column || p.Channel != "" && p.Channel != l.Channel {
		return 0, false
	}
	for i, named := range [...]bool{p.Channel != "", p.Column != "", p.Kind != "", p.Category != "", p.Unit != "", p.Urgency != ""} {
		if named {
			weight += 1 << i
		}
	}
	return weight, true
}
