// Package intake is the front door: a draft becomes a numbered, placed letter whose clock runs, in one transaction.
package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/internal/vault"
	"huiyin/routing"
	"huiyin/sla"
)

// Service takes drafts in. All fields must be set.
type Service struct {
	Letters Letters
	Words   *segment.Segmenter
	Vault   *vault.Vault
	City    func() City
	Limits  Limits
	Now     func() time.Time

	// Unhelped is told why no earlier letters were found for a new one, which was
	// taken without them; nil: nobody is.
	Unhelped func(ctx context.Context, number string, err error)
}

// Letters is what intake needs of the store.
type Letters interface {
	// Insert keeps letter, events, clocks and deliveries in one transaction. It
	// returns *letter.Repeated when the request or the source was taken before.
	Insert(ctx context.Context, l *letter.Letter, once *letter.Once) error
	// DrawSerial gives a serial number that no other process gets for that day.
	DrawSerial(ctx context.Context, day string) (int, error)
	Letter(ctx context.Context, number string) (*letter.Letter, error)
	// Teachers finds letters received from one moment to another that are kept under
	// one of the first six keys, whose unit people agreed to and that no guard keeps: the eight
	// that share most keys, the newest among equals.
	Teachers(ctx context.Context, keys []int64, from, to time.Time) ([]letter.Alike, error)
	// Alike finds such letters whoever placed them, twenty of them.
	Alike(ctx context.Context, keys []int64, from, to time.Time) ([]letter.Alike, error)
	// Unsketched are letters of which nothing was sketched yet, longest received first.
	Unsketched(ctx context.Context, most int) ([]letter.Reported, error)
	// KeepSketches keeps what was sketched of letters, by number.
	KeepSketches(ctx context.Context, sketches map[string][]byte) error
}

// City is the snapshot of the city's rules that one submission is placed with.
type City struct {
	Router *routing.Router
	Clocks *sla.Rules
}

// Receipt is what the sender gets. It is the same for a repeated request,
// whatever happened to the letter since.
type Receipt struct {
	Number    string
	QueryCode string
	State     letter.State
	Unit      string // "" when a person decides first, or when the letter is guarded
	Guarded   bool
	Due       letter.Clock // the sender's clock
	Placement letter.Placement
	Received  time.Time
	Slip      string // signed proof of what was filed
	Repeated  bool   // the same request was answered before
}

// Submit checks, cleans and cuts the draft, places it, and answers only after
// one transaction holds letter, events, clocks and deliveries. Errors for
// people are *letter.Error; a faulty draft names each faulty field.
func (s *Service) Submit(ctx context.Context, d letter.Draft) (Receipt, error) {
	city := s.City()
	if err := s.Limits.check(&d, city.Router, s.Now()); err != nil {
		return Receipt{}, err
	}
	now := s.Now()
	l, err := s.compose(ctx, d, city, now)
	if err != nil {
		return Receipt{}, err
	}
	if err := s.submission(l, d, city, now, actorOf(d)); err != nil {
		return Receipt{}, err
	}
	return s.insert(ctx, l, d.Once, city)
}

func actorOf(d letter.Draft) letter.Actor {
	if d.Operator != "" {
		return letter.Actor{Party: letter.ByOperator, Member: d.Operator}
	}
	return letter.SenderActor
}

// submission records the first events and starts the clocks.
func (s *Service) submission(l *letter.Letter, d letter.Draft, city City, now time.Time, by letter.Actor) error {
	facts := letter.Facts{
		Guard: l.Placement.Guard, Kind: l.Kind, Category: l.Category, Urgency: l.Urgency, Flags: l.Flags, Digest: l.Digest(), Until: until(d),
	}
	promised := *l // by clocks that do not know that the sender is told of them
	if err := file(&promised, by, now, facts); err != nil {
		return err
	}
	promised.Clocks = city.Clocks.Clocks(&promised)
	facts.Promise = promise(&promised)
	if err := file(l, by, now, facts); err != nil {
		return err
	}
	l.Clocks = promised.Clocks
	return nil
}

// file records that the letter came, and where it went.
func file(l *letter.Letter, by letter.Actor, now time.Time, facts letter.Facts) error {
	if err := l.Record(letter.Submission, by, now, facts, letter.Facts{}); err != nil || l.Placement.Unit == "" {
		return err
	}
	return l.Record(letter.Assignment, letter.RouterActor, now, letter.Facts{Unit: l.Placement.Unit, Guard: l.Placement.Guard}, letter.Facts{})
}

func (s *Service) insert(ctx context.Context, l *letter.Letter, once *letter.Once, city City) (Receipt, error) {
	err := s.Letters.Insert(ctx, l, once)
	var repeated *letter.Repeated
	if errors.As(err, &repeated) {
		before, err := s.Letters.Letter(ctx, repeated.Number)
		if err != nil {
			return Receipt{}, fmt.Errorf("receipt of %s again: %w", repeated.Number, err)
		}
		r, err := s.receiptAgain(before, city)
		r.Repeated = true
		return r, err
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("insert %s: %w", l.Number, err)
	}
	r := s.receipt(l)
	if c, ok := l.Clock(letter.SenderClock); ok {
		r.Due = c
	}
	return r, nil
}

// receipt describes a letter that has just been submitted, but for its due date.
func (s *Service) receipt(l *letter.Letter) Receipt {
	r := Receipt{
		Number: l.Number, QueryCode: s.Vault.QueryCode(l.Number, CodeVersion), State: l.State, Unit: l.Unit,
		Guarded: l.Guard != "", Placement: l.Placement, Received: l.Received.UTC(), Slip: s.slip(l),
	}
	if r.Guarded {
		r.Unit = ""
	}
	return r
}

// receiptAgain describes the letter as it stood when it had just been submitted.
func (s *Service) receiptAgain(l *letter.Letter, city City) (Receipt, error) {
	first := *l
	first.Events = firstEvents(l.Events)
	status, err := letter.Replay(first.Events)
	if err != nil {
		return Receipt{}, fmt.Errorf("receipt of %s: %w", l.Number, err)
	}
	first.Status = status
	// A dispatcher may have corrected kind and category since.
	submitted, err := first.Events[0].PublicFacts()
	if err != nil {
		return Receipt{}, fmt.Errorf("receipt of %s: %w", l.Number, err)
	}
	if first.Events[0].Step == letter.Submission {
		first.Kind, first.Category = submitted.Kind, submitted.Category
	}
	r := s.receipt(&first)
	r.Due = promised(&first, city, submitted.Promise)
	return r, nil
}

// firstEvents are the submission and the router's assignment that came with it.
func firstEvents(events []letter.Event) []letter.Event {
	n := 1
	if len(events) > 1 && events[1].Actor.Party == letter.ByRouter {
		n = 2
	}
	return events[:min(n, len(events))]
}

// CodeVersion is the version of query codes; a new one makes all old codes void.
const CodeVersion = 1

// slip proves what was filed: number, moment, fingerprint of the text, signature.
func (s *Service) slip(l *letter.Letter) string {
	claim := fmt.Sprintf("HY1.%s.%d.%s", l.Number, l.Received.UnixMilli(), l.Digest()[:16])
	return claim + "." + s.Vault.Sign("receipt", claim)[:32]
}

// compose makes the letter of a checked draft: cleaned, numbered, placed.
func (s *Service) compose(ctx context.Context, d letter.Draft, city City, now time.Time) (*letter.Letter, error) {
	serial, err := s.Letters.DrawSerial(ctx, now.In(city.Clocks.Calendar.Zone()).Format("2006-01-02"))
	if err != nil {
		return nil, fmt.Errorf("draw a number: %w", err)
	}
	key, err := s.Vault.NewLetterKey()
	if err != nil {
		return nil, err
	}
	l := &letter.Letter{
		Number: letter.NewNumber(now.In(city.Clocks.Calendar.Zone()), serial), Key: key,
		Channel: d.Channel, Column: d.Column, Title: d.Title, Body: d.Body, Place: d.Place, Addressee: d.Addressee,
		Anonymous: d.Anonymous, Consent: d.Publish, Source: d.Source, SourceID: d.SourceID, Operator: d.Operator,
		Received: now.UTC().Truncate(time.Millisecond),
	}
	if !d.Received.IsZero() {
		l.Received = d.Received.UTC().Truncate(time.Millisecond)
	}
	if err := s.person(l, d); err != nil {
		return nil, err
	}
	words := s.Words.Letter(d.Title, d.Body)
	l.Sketch = Sketch(s.Words, words, d.Place)
	place(l, d, s.decide(ctx, d, l, words, city.Router))
	return l, nil
}

// person keeps the sender's data sealed; an anonymous sender leaves none.
func (s *Service) person(l *letter.Letter, d letter.Draft) error {
	if d.Anonymous {
		return nil
	}
	c := letter.Contact{Name: d.Name, Phone: d.Phone, Email: d.Email, OpenID: d.OpenID}
	if c == (letter.Contact{}) {
		return nil
	}
	plain, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("contact: %w", err)
	}
	if l.Contact, err = s.Vault.Seal(plain); err != nil {
		return fmt.Errorf("seal contact: %w", err)
	}
	switch {
	case d.Phone != "":
		l.Sender = s.Vault.SenderKey(d.Phone)
	case d.OpenID != "":
		l.Sender = s.Vault.SenderKey(d.OpenID)
	}
	return nil
}

func place(l *letter.Letter, d letter.Draft, p letter.Placement) {
	if d.Kind != "" {
		p.Given = append(p.Given, letter.GivenKind)
	}
	if d.Category != "" {
		p.Given = append(p.Given, letter.GivenCategory)
	}
	l.Placement = p
	l.Kind, l.Category, l.Urgency = p.Kind, p.Category, p.Urgency
	l.Flags, l.Accused = p.Flags, p.Accused
}
