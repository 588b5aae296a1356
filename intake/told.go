package intake

import (
	"context"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// Told is what a sender may know of other letters on the matter of his own: no number, no words, no unit of them.
type Told struct {
	Before bool // he wrote of it before
	Others int  // so many other people did before him; 0 when they are fewer than fewOthers
}

// fewOthers is how many people it takes that a receipt speaks of them: of one or two, a stranger who writes a letter to
// find out could learn that somebody wrote, and guess who.
const fewOthers = 3

// Told looks back from a letter for others on the same matter. It is asked when the receipt is shown and not when the
// letter is taken, because every letter would wait for what few people read.
func (s *Service) Told(ctx context.Context, l *letter.Letter) (Told, error) {
	if l.Guard != "" || len(l.Accused) > 0 {
		return Told{}, nil
	}
	sketch := Sketch(s.Words, s.Words.Letter(l.Title, l.Body), l.Place)
	found, err := s.Letters.Alike(ctx, routing.Asks(sketch), l.Received.Add(-Window), l.Received)
	if err != nil {
		return Told{}, err
	}
	var told Told
	others := map[string]bool{}
	for _, m := range Matches(sketch, found) {
		switch {
		case m.Likeness < VerySimilar || m.Sender == "" || !m.before(l):
		case m.Sender == l.Sender:
			told.Before = true
		default:
			others[m.Sender] = true
		}
	}
	if len(others) >= fewOthers {
		told.Others = len(others)
	}
	return told, nil
}

// before says that the letter was taken earlier than l; numbers settle ties.
func (m Match) before(l *letter.Letter) bool {
	return m.Received.Before(l.Received) || m.Received.Equal(l.Received) && m.Number < l.Number
}
