package casework

import (
	"context"
	"fmt"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/sla"
)

// Ladder tells members what comes due: each rung when it is reached, a digest at
// the beginning of a working day, and administrators that a calendar is missing.
// All fields must be set. Whatever it does may be done twice and by two replicas.
type Ladder struct {
	Inbox Inbox
	City  func() City
	Rules func() sla.Notices // when members may be told
	Now   func() time.Time
}

// Inbox is what the ladder needs of the store.
type Inbox interface {
	Letter(ctx context.Context, number string) (*letter.Letter, error)
	Members(ctx context.Context) ([]staff.Member, error)
	PutRungs(ctx context.Context, number string, stands []sla.Reached, tell []staff.Entry, now time.Time) error
	Tell(ctx context.Context, tell []staff.Entry, now time.Time) error
	Work(ctx context.Context, m staff.Member, post staff.Role, ends, since, now time.Time) (staff.Workload, error)
}

// Climb is the handler of an event that put a letter on a rung or took it off one:
// it keeps where the letter stands and tells those whom the rung names. A rung
// from which the letter has gone meanwhile, by an answer or a new unit, is told
// nobody. shown says that somebody may see something new at once; what quiet hours
// hold back is found when they are over.
func (s *Ladder) Climb(ctx context.Context, d letter.Delivery) (shown bool, err error) {
	l, err := s.Inbox.Letter(ctx, d.Number)
	if err != nil {
		return false, fmt.Errorf("letter %s: %w", d.Number, err)
	}
	city := s.City()
	stands := city.Clocks.Reached(l)
	tell, err := s.rung(ctx, city, l, d, stands)
	if err != nil {
		return false, err
	}
	now := s.Now()
	return len(tell) > 0 && !tell[0].Shown.After(now), s.Inbox.PutRungs(ctx, d.Number, stands, tell, now)
}

// rung is what members are told of the event, nothing when it was no rung.
func (s *Ladder) rung(ctx context.Context, city City, l *letter.Letter, d letter.Delivery, stands []sla.Reached) ([]staff.Entry, error) {
	if d.Step != letter.Rung || d.Seq < 1 || d.Seq > len(l.Events) {
		return nil, nil
	}
	e := l.Events[d.Seq-1]
	f, err := e.PublicFacts()
	if err != nil {
		return nil, fmt.Errorf("event %d of %s: %w", d.Seq, d.Number, err)
	}
	if !standing(stands, f, e.At) {
		return nil, nil
	}
	members, err := s.Inbox.Members(ctx)
	if err != nil {
		return nil, err
	}
	rung := city.Clocks.RungOf(l, f)
	shown := s.shown(city, l, e.At)
	var tell []staff.Entry
	for _, m := range Told(city.Router, l, f.Unit, rung.Told(), members) {
		tell = append(tell, staff.Entry{
			Login: m.Login, Key: fmt.Sprintf("%s/%d", l.Number, d.Seq), Subject: l.Number, Matter: staff.RungMatter,
			Number: l.Number, Rung: rung.Name, Text: rung.Says(), At: e.At, Shown: shown,
		})
	}
	return tell, nil
}

func standing(stands []sla.Reached, f letter.Facts, at time.Time) bool {
	for _, r := range stands {
		if r.Rung == f.Rung && r.Clock == f.Clock && (f.Unit == "" || f.Unit == r.Unit) && r.At.Equal(at) {
			return true
		}
	}
	return false
}

// shown is from when on the rung is shown. Limits of urgent letters count in
// hours, day and night: for them nobody's hours are quiet.
func (s *Ladder) shown(city City, l *letter.Letter, at time.Time) time.Time {
	if l.Urgency == letter.Urgent || l.Urgency == letter.Critical {
		return at
	}
	return s.Rules().Shown(city.Clocks.Calendar, at)
}
