package intake

import (
	"context"
	"fmt"
)

// sketchedAtOnce is how many letters are kept in one transaction, for which senders wait.
const sketchedAtOnce = 50

// SketchOld sketches the matter of the letters that were stored without: those of an archive older than sketches, and
// those that were kept from readers at first and are not any more. New letters are stored with theirs. It does what there
// is to do, ends when ctx does and goes on from there the next time.
func (s *Service) SketchOld(ctx context.Context) (sketched int, err error) {
	for {
		list, err := s.Letters.Unsketched(ctx, sketchedAtOnce)
		if err != nil || len(list) == 0 {
			return sketched, err
		}
		sketches := make(map[string][]byte, len(list))
		for _, l := range list {
			sketches[l.Number] = Sketch(s.Words, s.Words.Letter(l.Title, l.Body), l.Place)
		}
		if err := s.Letters.KeepSketches(ctx, sketches); err != nil {
			return sketched, fmt.Errorf("sketch letters: %w", err)
		}
		sketched += len(list)
	}
}
