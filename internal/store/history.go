package store

import (
	"context"
	"fmt"
	"time"

	"huiyin/internal/letter"
)

// History is read in the order of receipt, the newest first, so that what is left out is the oldest.

const settledColumns = `number, channel, site_column, title, body, place, kind, category, urgency, unit, received_at, placement,
	routed, sent_by, returned, decided_at`

func settled(l *letter.Settled) []any {
	return []any{&l.Number, &l.Channel, &l.Column, &l.Title, &l.Body, &l.Place, &l.Kind, &l.Category, &l.Urgency, &l.Unit,
		moment{&l.Received}, document{&l.Placement}, &l.Routed, &l.Sent, &l.Returned, moment{&l.Decided}}
}

// Settled are letters that have found their unit, received before a moment and, within the same moment, of a smaller
// number: the newest first. Letters that are guarded, accuse somebody or carry a flag are not among them, and none that
// an import placed without being told the unit.
func (s *Store) Settled(ctx context.Context, before time.Time, number string, most int) ([]letter.Settled, error) {
	c := &condition{}
	at := c.arg(before.UnixMilli())
	c.and("(received_at < " + at + " OR received_at = " + at + " AND number < " + c.arg(number) + ")")
	c.and("sent_by <> '' AND unit <> '' AND flags = '' AND " + inTheOpen)
	c.and("(sent_by <> " + c.arg(string(letter.ByImporter)) + " OR decided_at IS NOT NULL)")
	// With a unit that did not take it on yet only counts where a person sent it.
	c.and("(" + in(c, "state", letter.SettledStates) + " OR decided_at IS NOT NULL AND state = " + c.arg(string(letter.Assigned)) + ")")
	rows, err := s.db.QueryContext(ctx, "SELECT "+settledColumns+" FROM letters"+c.where()+
		" ORDER BY received_at DESC, number DESC LIMIT "+c.arg(most), c.args...)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	list, err := collect(rows, settled)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	return list, nil
}

// LastDecided is when a person last decided where a letter that everybody may read belongs; zero when nobody ever did.
func (s *Store) LastDecided(ctx context.Context) (at time.Time, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT MAX(decided_at) FROM letters WHERE decided_at IS NOT NULL AND `+inTheOpen).Scan(moment{&at})
	if err != nil {
		return at, fmt.Errorf("read the last correction: %w", err)
	}
	return at, nil
}

// TellPlacing fills in how letters came to their unit that were stored before the store kept it; it returns how many it
// did, 0 when none is left.
func (s *Store) TellPlacing(ctx context.Context, most int) (int, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT number FROM letters WHERE routed IS NULL ORDER BY number LIMIT $1`, most)
	if err != nil {
		return 0, fmt.Errorf("find untold letters: %w", err)
	}
	numbers, err := collect(rows, func(n *string) []any { return []any{n} })
	if err != nil {
		return 0, fmt.Errorf("find untold letters: %w", err)
	}
	return len(numbers), s.write(ctx, func(ctx context.Context, q querier) error {
		for _, number := range numbers {
			l, err := load(ctx, q, number, s.dialect.forUpdate)
			if err != nil {
				return err
			}
			p, err := l.Placing()
			if err != nil {
				return fmt.Errorf("placing of %s: %w", number, err)
			}
			_, err = q.ExecContext(ctx, `UPDATE letters SET routed = $2, sent_by = $3, returned = $4, decided_at = $5 WHERE number = $1`,
				number, p.Routed, string(p.Sent), p.Returned, millis(p.Decided))
			if err != nil {
				return fmt.Errorf("placing of %s: %w", number, err)
			}
		}
		return nil
	})
}
