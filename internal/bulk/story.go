package bulk

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// Story is a letter of the demonstration city with what happened to it.
type Story struct {
	ID    string
	Draft letter.Draft
	Age   time.Duration // how long before the start it was received
	Unit  string        // where it belongs, used when the router asked a person
	Path  []Chapter

	// Received is when it was received where the story needs a day of the calendar,
	// such as one before a make-up Saturday. What had not happened by the start is
	// not told.
	Received time.Time
}

// Began is when the letter was received in a city that starts at that moment.
func (s Story) Began(start time.Time) time.Time {
	if s.Received.IsZero() {
		return start.Add(-s.Age)
	}
	return s.Received
}

// Chapter is one step of a story.
type Chapter struct {
	Step      letter.Step
	After     time.Duration // since the step before
	Unit      string
	Category  string // of an assignment that corrects it
	Reason    string
	Route     string
	Basis     string
	Text      string
	Note      string
	Solved    *bool
	Satisfied int
}

// Teller tells stories to an empty city, through the same intake and casework
// that residents and members use, at the moments the stories name.
type Teller struct {
	Start    time.Time
	Intake   *intake.Service
	Casework *casework.Service
	// Take takes a member's step as a member who may take it, and says who that was.
	Take func(ctx context.Context, s *casework.Service, l Standing, step letter.Step, in casework.Input) (login string, err error)
}

// Standing is where a letter of a story stands, as far as choosing a member needs it.
type Standing struct {
	Number string
	Unit   string // lead unit, or the one it belongs to when it has none
	Guard  string
	Avoid  string // login of the one whose step needs a second person
}

// atOnce is how many stories are told side by side; one story is told in order.
const atOnce = 8

// Tell seeds the stories; said is called after each with how many are told.
func (t *Teller) Tell(ctx context.Context, stories []Story, said func(told int)) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	done := make(chan struct{}, len(stories))
	for _, s := range stories {
		g.Go(func() error {
			if err := t.tell(ctx, s); err != nil {
				return fmt.Errorf("story %s: %w", s.ID, err)
			}
			done <- struct{}{}
			said(len(done))
			return nil
		})
	}
	return g.Wait()
}

func (t *Teller) tell(ctx context.Context, s Story) error {
	at := s.Began(t.Start)
	if at.After(t.Start) {
		return nil
	}
	in, work := *t.Intake, *t.Casework
	in.Now = func() time.Time { return at }
	work.Now = in.Now
	r, err := in.Submit(ctx, s.Draft)
	if err != nil {
		return err
	}
	l := Standing{Number: r.Number, Unit: r.Placement.Unit, Guard: r.Placement.Guard}
	if err := t.dispatch(ctx, &work, &l, &at, s, r); err != nil {
		return err
	}
	for _, c := range s.Path {
		at = at.Add(c.After)
		if at.After(t.Start) && !s.Received.IsZero() {
			return nil
		}
		if at.After(t.Start) {
			return fmt.Errorf("step %s would be in the future", c.Step)
		}
		if err := t.step(ctx, &work, &l, c); err != nil {
			return fmt.Errorf("step %s: %w", c.Step, err)
		}
	}
	return nil
}

// dispatch sends a letter on that the router kept for a person, when the story
// goes on at a unit.
func (t *Teller) dispatch(ctx context.Context, work *casework.Service, l *Standing, at *time.Time, s Story, r intake.Receipt) error {
	if r.Placement.Unit != "" || len(s.Path) == 0 || !atUnit(s.Path[0].Step) {
		return nil
	}
	*at = at.Add(min(10*time.Minute, s.Path[0].After/2))
	return t.step(ctx, work, l, Chapter{Step: letter.Assignment, Unit: s.Unit})
}

// atUnit says that a step can only follow an assignment.
func atUnit(step letter.Step) bool {
	row, _ := letter.Row(step)
	for _, from := range row.From {
		if from == letter.Received {
			return false
		}
	}
	return true
}

func (t *Teller) step(ctx context.Context, work *casework.Service, l *Standing, c Chapter) error {
	in := casework.Input{
		Unit: c.Unit, Category: c.Category, Reason: c.Reason, Route: c.Route, Basis: c.Basis,
		Text: c.Text, Note: c.Note, Solved: c.Solved, Satisfied: c.Satisfied,
	}
	if step, ok := work.SenderSteps()[c.Step]; ok {
		_, err := step(ctx, l.Number, in)
		return err
	}
	if c.Step == letter.Assignment && c.Unit == l.Unit && c.Category == "" {
		return nil // the router was sure already
	}
	if taken, err := t.byTime(ctx, work, l.Number, c.Step); taken || err != nil {
		return err
	}
	if err := t.moreTime(ctx, work, l.Number, c.Step, &in); err != nil {
		return err
	}
	login, err := t.Take(ctx, work, *l, c.Step, in)
	if err != nil {
		return err
	}
	if c.Step == letter.DraftReply || c.Step == letter.Refusal {
		l.Avoid = login
	}
	if c.Step == letter.Assignment {
		l.Unit = c.Unit
		if l.Guard == letter.GuardDuty {
			l.Guard = ""
		}
	}
	return nil
}

// byTime says that time has accepted the letter before the story comes to it: an
// urgent one after an hour, which on some days of the year lies before the chapter.
func (t *Teller) byTime(ctx context.Context, work *casework.Service, number string, step letter.Step) (bool, error) {
	if step != letter.Acceptance {
		return false, nil
	}
	_, l, err := t.Intake.Again(ctx, number)
	if err != nil {
		return false, err
	}
	c, ok := l.Clock(letter.AcceptanceClock)
	return ok && c.Running() && !c.NextRung.IsZero() && !c.NextRung.After(work.Now()), nil
}

// moreTime asks for as much as the city gives: which day that is depends on the
// start.
func (t *Teller) moreTime(ctx context.Context, work *casework.Service, number string, step letter.Step, in *casework.Input) error {
	if step != letter.ExtensionRequest {
		return nil
	}
	_, l, err := t.Intake.Again(ctx, number)
	if err != nil {
		return err
	}
	offered := work.City().Extensions(l, work.Now(), work.Now())
	if len(offered) == 0 {
		return fmt.Errorf("letter %s may not have more time", number)
	}
	in.Until = offered[len(offered)-1].Value()
	return nil
}
