package intake

import (
	"context"
	"fmt"

	"huiyin/internal/letter"
)

// Again gives the receipt of a letter once more, for a sender whose code the
// caller checked, together with the letter as it stands now.
func (s *Service) Again(ctx context.Context, number string) (Receipt, *letter.Letter, error) {
	l, err := s.Letters.Letter(ctx, number)
	if err != nil {
		return Receipt{}, nil, fmt.Errorf("receipt of %s: %w", number, err)
	}
	r, err := s.receiptAgain(l, s.City())
	return r, l, err
}
