package store

import (
	"context"
	"fmt"

	"huiyin/internal/letter"
)

// placedHere are the letters that were placed in this house, of which it is told how.
const placedHere = inTheOpen + " AND sent_by <> 'importer' AND routed IS NOT NULL"

// placedHow is what a figure of placing asks of a letter.
var placedHow = map[Figure]string{
	SentAlone:   "sent_by = 'router'",
	SentByHand:  "sent_by <> 'router'",
	StayedAlone: "sent_by = 'router' AND unit = routed",
	Astray:      "sent_by = 'router' AND unit <> routed",
	SentBack:    "returned > 0",
}

// Placed counts the letters that came to their unit in one way.
type Placed struct {
	Sent     letter.Party // who sent them first, "" nobody
	Routed   string       // where the router sent them, "" when it asked
	Unit     string       // where they are now
	Letters  int
	Returned int // of these, those that a unit sent back at least once
}

// Placings tell how the letters received in a period came to their units, as far as the reader may see them.
func (s *Store) Placings(ctx context.Context, reader Reader, p Period) ([]Placed, error) {
	c := placedIn(reader, p)
	rows, err := s.db.QueryContext(ctx, `SELECT sent_by, COALESCE(routed, ''), unit, COUNT(*), SUM(CASE WHEN returned > 0 THEN 1 ELSE 0 END)
		FROM letters`+c.where()+` GROUP BY sent_by, COALESCE(routed, ''), unit ORDER BY 4 DESC, 1, 2, 3`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("count placings: %w", err)
	}
	list, err := collect(rows, func(p *Placed) []any { return []any{&p.Sent, &p.Routed, &p.Unit, &p.Letters, &p.Returned} })
	if err != nil {
		return nil, fmt.Errorf("count placings: %w", err)
	}
	return list, nil
}

func placedIn(reader Reader, p Period) *condition {
	c := &condition{}
	c.readable(reader)
	c.and(placedHere)
	c.and("received_at >= " + c.arg(p.From.UnixMilli()) + " AND received_at < " + c.arg(p.To.UnixMilli()))
	return c
}

// Misplaced is a letter that the router sent to one unit and that is with another now.
type Misplaced struct {
	Number string
	Title  string
	Routed string
	Unit   string
}

// MisplacedIn are the newest letters of a period that did not stay where the router sent them.
func (s *Store) MisplacedIn(ctx context.Context, reader Reader, p Period, most int) ([]Misplaced, error) {
	c := placedIn(reader, p)
	c.and(placedHow[Astray])
	rows, err := s.db.QueryContext(ctx, "SELECT number, title, routed, unit FROM letters"+c.where()+
		" ORDER BY received_at DESC, number DESC LIMIT "+c.arg(most), c.args...)
	if err != nil {
		return nil, fmt.Errorf("list misplaced letters: %w", err)
	}
	list, err := collect(rows, func(m *Misplaced) []any { return []any{&m.Number, &m.Title, &m.Routed, &m.Unit} })
	if err != nil {
		return nil, fmt.Errorf("list misplaced letters: %w", err)
	}
	return list, nil
}
