package desk

import (
	"context"

	"huiyin/intake"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/routing"
)

// mostAlike is how many letters of each group stand on the card.
const mostAlike = 5

// matter is what else was written on the matter of a letter: only suggestions, for a person to judge.
type matter struct{ Own, Others []matched }

// matched is one such letter.
type matched struct {
	letter.Alike
	UnitName string
	How      string // how like it is, in words
	Link     string
	Lead     string // address of the form that merges the letter with this one, "" where it cannot be
}

// matter finds the letters of the half year around the letter that the member may read.
func (s *Server) matter(ctx context.Context, m staff.Member, l *letter.Letter, merges bool) (matter, error) {
	words := s.Intake.Words
	sketch := intake.Sketch(words, words.Letter(l.Title, l.Body), l.Place)
	found, err := s.Store.AlikeFor(ctx, store.ReaderOf(m), routing.Asks(sketch), l.Received.Add(-intake.Window), l.Received.Add(intake.Window))
	if err != nil {
		return matter{}, err
	}
	var both matter
	for _, x := range intake.Matches(sketch, found) {
		group := &both.Others
		if l.Sender != "" && x.Sender == l.Sender {
			group = &both.Own
		}
		if x.Number != l.Number && len(*group) < mostAlike {
			y := s.matched(x)
			if merges && x.State.Open() && x.Merged == "" {
				y.Lead = "/desk/letters/" + l.Number + "?lead=" + x.Number + "#merge"
			}
			*group = append(*group, y)
		}
	}
	return both, nil
}

func (s *Server) matched(x intake.Match) matched {
	a := matched{Alike: x.Alike, How: howLike(x.Likeness), Link: "/desk/letters/" + x.Number}
	if x.Unit != "" {
		a.UnitName = s.City().Router.Name(x.Unit)
	}
	return a
}

func howLike(likeness float64) string {
	switch {
	case likeness >= intake.NearlySame:
		return "几乎相同"
	case likeness >= intake.VerySimilar:
		return "很相似"
	}
	return "相似"
}
