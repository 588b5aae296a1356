package intake

import (
	"cmp"
	"context"
	"slices"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/routing"
)

// How like two letters must be, found on letters of one city: from Similar on they were on a like matter, from
// VerySimilar on nearly all were on the same one, from NearlySame on in nearly the same words.
const (
	Similar     = 0.2
	VerySimilar = 0.35
	NearlySame  = 0.7
)

// Window is how long a letter is looked back for: the matter of an older one is another occasion.
const Window = 180 * 24 * time.Hour

const (
	mostPrecedents = 5
	patience       = time.Second // for the look back; a letter is taken without it
)

// Match is an earlier letter with how like it is, 0 to 1.
type Match struct {
	letter.Alike
	Likeness float64
}

// Sketch is the fingerprint of a letter by its cut words (segment.Letter) and its place.
func Sketch(s *segment.Segmenter, words []string, place string) []byte {
	return routing.Fingerprint(words, s.Words(place), s.Rarity)
}

// Matches are the letters found that are like enough, most like first, newest first among equals.
func Matches(sketch []byte, found []letter.Alike) []Match {
	var list []Match
	for _, a := range found {
		if like := routing.Likeness(sketch, a.Sketch); like >= Similar {
			list = append(list, Match{a, like})
		}
	}
	slices.SortFunc(list, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Likeness, a.Likeness), b.Received.Compare(a.Received), cmp.Compare(b.Number, a.Number))
	})
	return list
}

// decide places a letter. Earlier letters are asked only where a person would have to decide: who is sure needs no example,
// and looking back costs more than placing does.
func (s *Service) decide(ctx context.Context, d letter.Draft, l *letter.Letter, words []string, r *routing.Router) letter.Placement {
	p := r.Decide(d, words, nil)
	if p.Queue != letter.DispatchQueue {
		return p
	}
	if earlier := precedents(s.teachers(ctx, l)); len(earlier) > 0 {
		return r.Decide(d, words, earlier)
	}
	return p
}

// teachers looks back for settled letters on a like matter. They only suggest, so where they cannot be had the letter is
// taken without them.
func (s *Service) teachers(ctx context.Context, l *letter.Letter) []Match {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	found, err := s.Letters.Teachers(ctx, routing.Asks(l.Sketch), l.Received.Add(-Window), l.Received)
	if err != nil && s.Unhelped != nil {
		s.Unhelped(ctx, l.Number, err)
	}
	return Matches(l.Sketch, found)
}

// precedents are those that were neither returned nor ended without an answer.
func precedents(alike []Match) []routing.Precedent {
	var list []routing.Precedent
	for _, m := range alike {
		if len(list) < mostPrecedents && m.Unit != "" && mayTeach(m.State) {
			list = append(list, routing.Precedent{Number: m.Number, Unit: m.Unit, Likeness: m.Likeness})
		}
	}
	return list
}

func mayTeach(s letter.State) bool {
	switch s {
	case letter.Assigned, letter.Handling, letter.InReview, letter.AwaitingSender, letter.Answered, letter.Closed:
		return true
	}
	return false
}
