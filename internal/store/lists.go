package store

import (
	"context"
	"fmt"
	"time"

	"huiyin/internal/letter"
)

// Row is a letter as lists show it. It holds no text of the letter but the title,
// and nothing of the sender.
type Row struct {
	Number    string
	Title     string
	Channel   letter.Channel
	Column    letter.Column
	Kind      letter.Kind
	Category  string
	Urgency   letter.Urgency
	Flags     []letter.Flag
	State     letter.State
	Unit      string
	Guard     string
	Merged    string
	Writer    string
	Consent   bool
	Copied    bool
	Withheld  bool
	Paused    bool // waits for the sender; nobody is late
	Late      bool // was answered late
	Satisfied int  // 0: not rated

	WorkingMinutes int // from submission to answer
	Received       time.Time
	Due            time.Time // the sender's clock
	UnitDue        time.Time // the unit's clock, zero when none runs
	Answered       time.Time
	Published      time.Time
	Placement      letter.Placement
}

// Overdue says whether the sender waits longer than he was promised, or did.
func (r Row) Overdue(now time.Time) bool {
	if !r.State.Open() {
		return r.Late
	}
	return !r.Paused && !r.Due.IsZero() && now.After(r.Due)
}

const selectList = `SELECT number, title, channel, site_column, kind, category, urgency, flags, state, unit, guard, merged, writer,
	consent, copied, withheld, paused, late, satisfied, working_minutes, received_at, due_at, unit_due_at, answered_at,
	published_at, placement FROM letters`

func (r *Row) places() []any {
	return []any{&r.Number, &r.Title, &r.Channel, &r.Column, &r.Kind, &r.Category, &r.Urgency, document{&r.Flags}, &r.State,
		&r.Unit, &r.Guard, &r.Merged, &r.Writer, &r.Consent, &r.Copied, &r.Withheld, &r.Paused, &r.Late, &r.Satisfied,
		&r.WorkingMinutes, moment{&r.Received}, moment{&r.Due}, moment{&r.UnitDue}, moment{&r.Answered}, moment{&r.Published},
		document{&r.Placement}}
}

// Page is one page of a list, counted from 1.
type Page struct{ Number, Size int }

func (p Page) offset() int { return max(p.Number-1, 0) * p.Size }

// List is one page of the letters that the filter asks for and the reader may
// see, and how many there are on all pages.
func (s *Store) List(ctx context.Context, reader Reader, f Filter, page Page) (list []Row, total int, err error) {
	c := &condition{}
	c.readable(reader)
	c.filter(f)
	return s.list(ctx, c, f.Order, page)
}

// Count is how many letters List would find.
func (s *Store) Count(ctx context.Context, reader Reader, f Filter) (int, error) {
	c := &condition{}
	c.readable(reader)
	c.filter(f)
	return s.count(ctx, c)
}

// SentBy lists the letters of one sender for himself, newest first. No guard
// keeps him from his own letters; members use List.
func (s *Store) SentBy(ctx context.Context, sender string, page Page) (list []Row, total int, err error) {
	c := &condition{}
	c.filter(Filter{Sender: sender})
	if sender == "" {
		c.and("FALSE") // unknown senders are not one person
	}
	return s.list(ctx, c, ByNewest, page)
}

func (s *Store) list(ctx context.Context, c *condition, order Order, page Page) ([]Row, int, error) {
	// Counted by its own query: a count in the rows says 0 on a page past the end.
	total, err := s.count(ctx, c)
	if err != nil || total <= page.offset() {
		return nil, total, err
	}
	text := selectList + c.where() + " ORDER BY " + orders[order] + " LIMIT " + c.arg(page.Size) + " OFFSET " + c.arg(page.offset())
	rows, err := s.db.QueryContext(ctx, text, c.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list letters: %w", err)
	}
	list, err := collect(rows, (*Row).places)
	if err != nil {
		return nil, 0, fmt.Errorf("list letters: %w", err)
	}
	return list, total, nil
}

func (s *Store) count(ctx context.Context, c *condition) (n int, err error) {
	if err := s.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM letters"+c.where(), c.args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count letters: %w", err)
	}
	return n, nil
}
