// Package casework holds every step on a letter after its submission: right first, then the table, then one transaction.
package casework

import (
	"context"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/routing"
	"huiyin/sla"
)

// Service takes steps. All fields must be set.
type Service struct {
	Letters Letters
	City    func() City
	Now     func() time.Time
}

// Letters is what casework needs of the store: Update locks the letter, loads
// it, calls change and saves what it did, or saves nothing when it returns an error.
// UpdateMany does so for many at once and returns the errors by number.
type Letters interface {
	Update(ctx context.Context, number string, change func(*letter.Letter) error) (*letter.Letter, error)
	UpdateBeside(ctx context.Context, number, beside string, change func(l, beside *letter.Letter, members int) error) (*letter.Letter, error)
	OpenMembers(ctx context.Context, lead string) ([]string, error)
	UpdateMany(ctx context.Context, numbers []string, change func(*letter.Letter) error) map[string]error
	DueRungs(ctx context.Context, now time.Time, after letter.DueRung, limit int) ([]letter.DueRung, error)
}

// City is the snapshot of the city's rules that a step is taken with.
type City struct {
	Router  *routing.Router
	Clocks  *sla.Rules
	Version string // of the rows it was read from; a newer one sorts after an older one
}

// Input is what the person taking a step filled in; each step reads its own fields.
type Input struct {
	Unit      string           `json:"unit,omitempty"`
	Kind      letter.Kind      `json:"kind,omitempty"`
	Category  string           `json:"category,omitempty"`
	Urgency   letter.Urgency   `json:"urgency,omitempty"`
	Reason    string           `json:"reason,omitempty"` // code, see Reasons
	Route     string           `json:"route,omitempty"`
	Basis     string           `json:"basis,omitempty"`
	Text      string           `json:"text,omitempty"`
	Until     string           `json:"until,omitempty"` // new due moment: a date, or RFC 3339
	Note      string           `json:"note,omitempty"`
	Solved    *bool            `json:"solved,omitempty"`
	Satisfied int              `json:"satisfied,omitempty"`
	Open      *letter.OpenText `json:"open,omitempty"`
	Lead      string           `json:"lead,omitempty"`    // number of the lead letter, as typed
	Members   bool             `json:"members,omitempty"` // the same for the letters merged with this one
}

// record is one step inside the transaction: what the step says of the letter,
// from the input as it was checked and brought into form.
type record func(l *letter.Letter, city City, in Input) (public, private letter.Facts, err error)

// take is the way of every step by a member: his right, the step, the clocks.
func (s *Service) take(ctx context.Context, number string, step letter.Step, by staff.Member, in Input, what record) (*letter.Letter, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	return s.update(ctx, number, step, in, what, func(l *letter.Letter) (letter.Actor, error) {
		return by.Actor(step), by.May(step, l)
	})
}

// takeAsSender is the way of every step by the sender, whose code the caller checked.
func (s *Service) takeAsSender(ctx context.Context, number string, step letter.Step, in Input, what record) (*letter.Letter, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	return s.update(ctx, number, step, in, what, func(*letter.Letter) (letter.Actor, error) {
		return letter.SenderActor, nil
	})
}

func (s *Service) update(ctx context.Context, number string, step letter.Step, in Input, what record, right func(*letter.Letter) (letter.Actor, error)) (*letter.Letter, error) {
	city, now := s.City(), s.Now()
	return s.Letters.Update(ctx, number, func(l *letter.Letter) error {
		by, err := right(l)
		if err != nil {
			return err
		}
		if _, err := playAll(l, city, now); err != nil {
			return err
		}
		public, private, err := what(l, city, in)
		if err != nil {
			return err
		}
		if err := l.Record(step, by, now, public, private); err != nil {
			return err
		}
		if step == letter.Assignment {
			// Kind and urgency may be others now, with other limits: the sender's date moves in the open too.
			if _, err := current(l, city, now); err != nil {
				return err
			}
		}
		settle(l, city)
		return nil
	})
}

// settle recomputes what follows from the events: the clocks, and the figures
// in the step that answers. Before the step time has done what was due.
func settle(l *letter.Letter, city City) {
	l.Clocks = city.Clocks.Keep(l)
	newest := l.Events[len(l.Events)-1].Step
	if newest == letter.Approval || newest == letter.DirectAnswer {
		l.Figures = city.Clocks.Figures(l)
	}
}

// written is the record of a step that only carries what was written.
func written(_ *letter.Letter, _ City, in Input) (public, private letter.Facts, err error) {
	return public, letter.Facts{Text: in.Text, Note: in.Note, Basis: in.Basis}, nil
}

// reasoned adds the code of a reason, one of those given, and of the route told.
// They are public facts, which are never erased: free text must not get there.
func reasoned(reasons []Reason) record {
	return func(l *letter.Letter, city City, in Input) (public, private letter.Facts, err error) {
		if err := known(reasons, in.Reason); err != nil {
			return public, private, err
		}
		_, private, err = written(l, city, in)
		return letter.Facts{Reason: in.Reason, Route: in.Route}, private, err
	}
}
