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
	perKey         = 6 // of each key of a fingerprint, the newest letters
	mostPrecedents = 5
	patience       = time.Second // for the look back; a letter is taken without it
)

// Match is an earlier letter with how like it is, 0 to 1.
type Match struct {
	letter.Alike
	Likeness float64
}

// Mark is the fingerprint of a letter by its cut words (segment.Letter) and its place.
func Mark(s *segment.Segmenter, words []string, place string) letter.Fingerprint {
	return routing.Fingerprint(words, s.Words(place), s.Rarity)
}

// Likely says how like the letters near are, of those that are like enough, and names them, most like first.
func Likely(sketch []byte, near []letter.Near) (likeness map[string]float64, numbers []string) {
	likeness = map[string]float64{}
	for _, n := range near {
		if like := routing.Likeness(sketch, n.Sketch); like >= Similar {
			likeness[n.Number] = like
			numbers = append(numbers, n.Number)
		}
	}
	slices.SortStableFunc(numbers, func(a, b string) int { return cmp.Compare(likeness[b], likeness[a]) })
	return likeness, numbers
}

// Matches joins what is known of letters with how like they are, most like first, newest first among equals.
func Matches(likeness map[string]float64, found []letter.Alike) []Match {
	list := make([]Match, len(found))
	for i, a := range found {
		list[i] = Match{a, likeness[a.Number]}
	}
	slices.SortFunc(list, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Likeness, a.Likeness), b.Received.Compare(a.Received), cmp.Compare(b.Number, a.Number))
	})
	return list
}

// alike looks back for letters on a like matter. They only suggest, so where they cannot be had the letter is taken
// without them.
func (s *Service) alike(ctx context.Context, l *letter.Letter) []Match {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	list, err := s.lookBack(ctx, l)
	if err != nil && s.Unhelped != nil {
		s.Unhelped(ctx, l.Number, err)
	}
	return list
}

func (s *Service) lookBack(ctx context.Context, l *letter.Letter) ([]Match, error) {
	near, err := s.Letters.Near(ctx, l.Mark.Keys, l.Received.Add(-Window), l.Received.Add(time.Millisecond), perKey)
	if err != nil {
		return nil, err
	}
	likeness, numbers := Likely(l.Mark.Sketch, near)
	found, err := s.Letters.Alike(ctx, numbers)
	return Matches(likeness, found), err
}

// precedents are the letters whose unit is sure: it signed for the letter, or a person found it, and the letter was
// neither returned nor ended without an answer. What the router alone guessed must not teach the router.
func precedents(alike []Match) []routing.Precedent {
	var list []routing.Precedent
	for _, m := range alike {
		if len(list) < mostPrecedents && m.Assigned && m.Unit != "" && mayTeach(m.State) {
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

// again says that the sender waits already for an answer on a very similar matter.
func again(l *letter.Letter, alike []Match) bool {
	return l.Sender != "" && slices.ContainsFunc(alike, func(m Match) bool {
		return m.Sender == l.Sender && m.State.Open() && m.Likeness >= VerySimilar
	})
}
