package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// Figure is a number of a period that opens the letters behind it: the same
// condition counts and lists.
type Figure string

// The figures. The letters with a due time are those that had a sender's clock,
// so imported letters count as received only.
const (
	ReceivedIn Figure = "received"    // received in the period
	AnsweredIn Figure = "answered"    // answered in the period
	OnTimeIn   Figure = "on-time"     // of AnsweredIn: not after their due time
	DueIn      Figure = "due"         // due in the period, answered or not
	DueOnTime  Figure = "due-on-time" // of DueIn: answered and not after their due time
	Overdue    Figure = "overdue"     // open and late now, whatever the period
)

// The figures of how letters of a period came to their units. What was imported with its answer is in none of them, and
// neither is a letter that is not for everybody.
const (
	SentAlone   Figure = "sent-alone"     // sent by the router
	SentByHand  Figure = "sent-by-hand"   // asked about: sent by a person, answered at once, or waiting
	StayedAlone Figure = "sent-and-stays" // of SentAlone: still with that unit
	Astray      Figure = "sent-astray"    // of SentAlone: with another unit now
	SentBack    Figure = "sent-back"      // returned by a unit at least once
)

// Figures lists them in the order in which tables show them.
var Figures = []Figure{ReceivedIn, AnsweredIn, OnTimeIn, DueIn, DueOnTime, Overdue}

func (c *condition) figure(f Figure, p Period, now time.Time) {
	within := func(column string) {
		c.and(column + " >= " + c.arg(p.From.UnixMilli()) + " AND " + column + " < " + c.arg(p.To.UnixMilli()))
	}
	switch f {
	case ReceivedIn:
		within("received_at")
	case AnsweredIn, OnTimeIn:
		within("answered_at")
		c.and("answered_at IS NOT NULL AND due_at IS NOT NULL")
	case DueIn, DueOnTime:
		within("due_at")
		// A letter that was refused or withdrawn is owed no answer any more.
		c.and("due_at IS NOT NULL AND (is_open OR answered_at IS NOT NULL)")
	case Overdue:
		c.and("due_at IS NOT NULL AND is_open AND NOT paused AND due_at < " + c.arg(now.UnixMilli()))
	case SentAlone, SentByHand, StayedAlone, Astray, SentBack:
		within("received_at")
		c.and(placedHere + " AND " + placedHow[f])
	default:
		c.and("FALSE")
	}
	if f == OnTimeIn || f == DueOnTime {
		c.and("answered_at IS NOT NULL AND NOT late")
	}
}

// Performance is what a unit, or the city, did in a period. Rates divide two of
// its numbers: OnTime by Answered, and DueOnTime by Due, which an open overdue
// letter cannot slip out of.
type Performance struct {
	Unit      string // "" is the office that dispatches, or the whole city
	Received  int
	Answered  int
	OnTime    int
	Due       int
	DueOnTime int
	Overdue   int

	MedianMinutes int // working minutes from submission to answer, 0 when none was answered
}

func (p *Performance) number(f Figure) *int {
	return map[Figure]*int{ReceivedIn: &p.Received, AnsweredIn: &p.Answered, OnTimeIn: &p.OnTime,
		DueIn: &p.Due, DueOnTime: &p.DueOnTime, Overdue: &p.Overdue}[f]
}

// Units is the table of units that the reader may see, by id. A unit without any
// number is not in it. now is the moment at which Overdue is asked.
func (s *Store) Units(ctx context.Context, reader Reader, p Period, now time.Time) ([]Performance, error) {
	table := map[string]*Performance{}
	of := func(unit string) *Performance {
		if table[unit] == nil {
			table[unit] = &Performance{Unit: unit}
		}
		return table[unit]
	}
	for _, f := range Figures {
		counts, err := s.perUnit(ctx, reader, f, p, now)
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			*of(c.unit).number(f) = c.n
		}
	}
	minutes, err := s.minutes(ctx, reader, p)
	if err != nil {
		return nil, err
	}
	for unit, list := range minutes {
		of(unit).MedianMinutes = median(list)
	}
	list := make([]Performance, 0, len(table))
	for _, row := range table {
		list = append(list, *row)
	}
	slices.SortFunc(list, func(a, b Performance) int { return cmp.Compare(a.Unit, b.Unit) })
	return list, nil
}

// City is the whole city's performance; guarded letters are not counted.
func (s *Store) City(ctx context.Context, p Period, now time.Time) (Performance, error) {
	return s.Whole(ctx, Reader{All: true}, p, now)
}

// Whole is the performance of all units together, of the letters that the reader
// may see: the sum of Units.
func (s *Store) Whole(ctx context.Context, reader Reader, p Period, now time.Time) (Performance, error) {
	var whole Performance
	units, err := s.Units(ctx, reader, p, now)
	if err != nil {
		return whole, err
	}
	for _, u := range units {
		for _, f := range Figures {
			*whole.number(f) += *u.number(f)
		}
	}
	minutes, err := s.minutes(ctx, reader, p)
	if err != nil {
		return whole, err
	}
	var list []int
	for _, m := range minutes {
		list = append(list, m...)
	}
	whole.MedianMinutes = median(list)
	return whole, nil
}

type unitCount struct {
	unit string
	n    int
}

func (s *Store) perUnit(ctx context.Context, reader Reader, f Figure, p Period, now time.Time) ([]unitCount, error) {
	c := &condition{}
	c.readable(reader)
	c.figure(f, p, now)
	rows, err := s.db.QueryContext(ctx, "SELECT unit, COUNT(*) FROM letters"+c.where()+" GROUP BY unit", c.args...)
	if err != nil {
		return nil, fmt.Errorf("count %s: %w", f, err)
	}
	return collect(rows, func(u *unitCount) []any { return []any{&u.unit, &u.n} })
}

// minutes are the durations behind AnsweredIn; both databases give a list, only
// one knows the median of it.
func (s *Store) minutes(ctx context.Context, reader Reader, p Period) (map[string][]int, error) {
	c := &condition{}
	c.readable(reader)
	c.figure(AnsweredIn, p, time.Time{})
	rows, err := s.db.QueryContext(ctx, "SELECT unit, working_minutes FROM letters"+c.where(), c.args...)
	if err != nil {
		return nil, fmt.Errorf("read durations: %w", err)
	}
	list, err := collect(rows, func(u *unitCount) []any { return []any{&u.unit, &u.n} })
	minutes := map[string][]int{}
	for _, u := range list {
		minutes[u.unit] = append(minutes[u.unit], u.n)
	}
	return minutes, err
}

// median of an even number of values is the mean of the two in the middle.
func median(list []int) int {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}
