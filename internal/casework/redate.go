package casework

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"huiyin/internal/letter"
)

// Redater brings all open letters to the rules in force after calendar or
// policies changed, batch by batch, while the house goes on working. All fields
// must be set.
type Redater struct {
	Letters  OpenLetters
	Progress Progress
	City     func() City
	Now      func() time.Time
	Me       string // tells this process from its replicas
}

// OpenLetters is what re-dating needs of the store: the numbers of open letters
// in their order, and many letters changed at once.
type OpenLetters interface {
	OpenAfter(ctx context.Context, after string, limit int) ([]string, error)
	UpdateMany(ctx context.Context, numbers []string, change func(*letter.Letter) error) map[string]error
}

// Progress keeps how far it is, so that another process goes on from there.
type Progress interface {
	Document(ctx context.Context, kind, id string) ([]byte, error)
	UpdateDocument(ctx context.Context, kind, id string, now time.Time, change func([]byte) ([]byte, error)) error
}

// Redating is how far all open letters are brought to one state of the rules.
type Redating struct {
	Rules   string    `json:"rules"`  // sla.Rules.Version
	City    string    `json:"city"`   // City.Version they were read with
	After   string    `json:"after"`  // number of the last letter looked at
	Looked  int       `json:"looked"` // letters
	Moved   int       `json:"moved"`  // of them, how many have another due moment in their history now
	Failed  int       `json:"failed"` // could not be written; their next step moves them
	Tries   int       `json:"tries,omitempty"`
	Started time.Time `json:"started"`
	Done    time.Time `json:"done,omitzero"`

	Holder string    `json:"holder,omitempty"` // who is at work, and until when nobody else begins
	Lease  time.Time `json:"lease,omitzero"`
}

const (
	redateKind, redateID = "system", "redating"

	redateStretch = 8_192 // letters between two notes of the progress
	redateLease   = 20 * time.Second
	redateTries   = 3 // of a stretch of which nothing could be written, before it is passed over
)

// ReadRedating is how far the newest re-dating is; false when there was none.
func ReadRedating(ctx context.Context, from Progress) (p Redating, ok bool, err error) {
	body, err := from.Document(ctx, redateKind, redateID)
	if err == nil {
		err = json.Unmarshal(body, &p)
	}
	return p, p.Rules != "", err
}

// errIdle says that there is nothing to do here: all letters are up to date,
// somebody else is at work, or knows newer rules.
var errIdle = errors.New("nothing to re-date")

// Run goes on where re-dating stands, until all letters that were open then are looked at or the rules change once more.
// It gives how far it came; the zero Redating when there was nothing to do. A letter filed meanwhile by a process that
// knows the former rules alone, as an import that began before, is brought to these at its next step.
func (r *Redater) Run(ctx context.Context) (Redating, error) {
	city := r.City()
	p, err := r.claim(ctx, city)
	if errors.Is(err, errIdle) {
		return Redating{}, nil
	}
	for err == nil && p.Done.IsZero() && r.City().Clocks.Version() == p.Rules {
		err = r.stretch(ctx, city, &p)
		noted := r.note(context.WithoutCancel(ctx), p)
		if errors.Is(noted, errIdle) {
			return p, err // taken over
		}
		err = errors.Join(err, noted)
	}
	return p, err
}

// claim takes the work on, or says errIdle.
func (r *Redater) claim(ctx context.Context, city City) (p Redating, err error) {
	return p, r.change(ctx, &p, func(now time.Time) error {
		version := city.Clocks.Version()
		switch {
		case p.City > city.Version:
			return errIdle // this process has not read the newest rules yet
		case p.Rules != version:
			p = Redating{Rules: version, City: city.Version, Started: now}
		case !p.Done.IsZero(), p.Holder != r.Me && now.Before(p.Lease):
			return errIdle
		}
		p.Holder, p.Lease = r.Me, now.Add(redateLease)
		return nil
	})
}

// note writes down how far it is, unless somebody else has taken over meanwhile.
func (r *Redater) note(ctx context.Context, done Redating) error {
	var p Redating
	return r.change(ctx, &p, func(now time.Time) error {
		if p.Holder != r.Me || p.Rules != done.Rules {
			return errIdle
		}
		p = done
		p.Lease = now.Add(redateLease)
		return nil
	})
}

func (r *Redater) change(ctx context.Context, p *Redating, do func(now time.Time) error) error {
	now := r.Now()
	return r.Progress.UpdateDocument(ctx, redateKind, redateID, now, func(body []byte) ([]byte, error) {
		*p = Redating{}
		if err := json.Unmarshal(body, p); err != nil {
			return nil, fmt.Errorf("progress of re-dating: %w", err)
		}
		if err := do(now); err != nil {
			return nil, err
		}
		return json.Marshal(p)
	})
}

// stretch looks at the next letters. What it wrote and did not note down is found
// up to date the next time.
func (r *Redater) stretch(ctx context.Context, city City, p *Redating) error {
	numbers, err := r.Letters.OpenAfter(ctx, p.After, redateStretch)
	if err != nil {
		return err
	}
	if len(numbers) == 0 {
		p.Done = r.Now()
		return nil
	}
	done := newTally()
	done.byHands(ctx, numbers, redateBatch, func(batch []string) (int, map[string]error) { return r.batch(ctx, city, batch) })
	if len(done.failed) == len(numbers) && p.Tries < redateTries || ctx.Err() != nil {
		p.Tries++
		return errors.Join(ctx.Err(), done.failures("re-dating"))
	}
	p.After, p.Tries = numbers[len(numbers)-1], 0
	p.Looked += len(numbers)
	p.Moved += done.done
	p.Failed += len(done.failed)
	if len(numbers) < redateStretch {
		p.Done = r.Now() // who comes in now is counted by these rules: looking on would follow a busy intake without end
	}
	return nil
}

// batch brings some letters to the rules and says how many have another due moment now.
func (r *Redater) batch(ctx context.Context, city City, numbers []string) (n int, failed map[string]error) {
	now, moved := r.Now(), map[string]bool{}
	failed = r.Letters.UpdateMany(ctx, numbers, func(l *letter.Letter) (err error) {
		moved[l.Number], err = current(l, city, now)
		return err
	})
	for number, moves := range moved {
		if moves && failed[number] == nil {
			n++
		}
	}
	return n, failed
}
