package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// What other rules would do is tried on letters as far as rules look at them: what
// decides which policy holds, the public facts of their events, their clocks.

const selectTried = `SELECT number, channel, site_column, kind, category, urgency, received_at, answered_at FROM letters`

// triedLetter is a letter without its texts, with where it stands in its list.
type triedLetter struct {
	letter.Letter
	answered time.Time
}

func (l *triedLetter) places() []any {
	return []any{&l.Number, &l.Channel, &l.Column, &l.Kind, &l.Category, &l.Urgency, moment{&l.Received}, moment{&l.answered}}
}

// EachOpen hands over the open letters that the reader may see, with events and
// clocks but without texts, in the order of their numbers, at most so many; more
// says that there are others. An error of take ends it.
func (s *Store) EachOpen(ctx context.Context, reader Reader, most int, take func(*letter.Letter) error) (more bool, err error) {
	return s.eachTried(ctx, most, take, func(c *condition, last *triedLetter) string {
		c.readable(reader)
		c.and("is_open")
		if last != nil {
			c.and("number > " + c.arg(last.Number))
		}
		return " ORDER BY number"
	})
}

// EachAnswered does the same with the letters answered in a period that had a due
// moment, the newest answers first.
func (s *Store) EachAnswered(ctx context.Context, reader Reader, p Period, most int, take func(*letter.Letter) error) (more bool, err error) {
	return s.eachTried(ctx, most, take, func(c *condition, last *triedLetter) string {
		c.readable(reader)
		c.figure(AnsweredIn, p, time.Time{})
		if last != nil {
			at := c.arg(last.answered.UnixMilli())
			c.and("answered_at <= " + at + " AND (answered_at < " + at + " OR number < " + c.arg(last.Number) + ")")
		}
		return " ORDER BY answered_at DESC, number DESC"
	})
}

func (s *Store) eachTried(ctx context.Context, most int, take func(*letter.Letter) error, which func(c *condition, last *triedLetter) string) (more bool, err error) {
	var last *triedLetter
	for taken := 0; ; {
		c := &condition{}
		order := which(c, last)
		list, err := s.tried(ctx, c, order, min(batchSize, most-taken+1))
		if err != nil {
			return false, err
		}
		for i := range list {
			if taken == most {
				return true, nil
			}
			if err := take(&list[i].Letter); err != nil {
				return false, err
			}
			taken++
		}
		if len(list) == 0 {
			return false, nil
		}
		last = &list[len(list)-1]
	}
}

// tried loads one batch: rows first, then events and clocks of just these.
func (s *Store) tried(ctx context.Context, c *condition, order string, most int) (list []triedLetter, err error) {
	err = s.snapshot(ctx, func(ctx context.Context, q querier) error {
		rows, err := q.QueryContext(ctx, selectTried+c.where()+order+" LIMIT "+c.arg(most), c.args...)
		if err != nil {
			return fmt.Errorf("read letters to try rules on: %w", err)
		}
		if list, err = collect(rows, (*triedLetter).places); err != nil || len(list) == 0 {
			return err
		}
		return fillTried(ctx, q, list)
	})
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Status, err = letter.Replay(list[i].Events); err != nil {
			return nil, fmt.Errorf("load %s: %w", list[i].Number, err)
		}
	}
	return list, nil
}

func fillTried(ctx context.Context, q querier, list []triedLetter) error {
	c := &condition{}
	byNumber, marks := make(map[string]*letter.Letter, len(list)), make([]string, len(list))
	for i := range list {
		byNumber[list[i].Number], marks[i] = &list[i].Letter, c.arg(list[i].Number)
	}
	these := " WHERE letter IN (" + strings.Join(marks, ", ") + ") ORDER BY letter, "
	rows, err := q.QueryContext(ctx, `SELECT letter, seq, step, actor, at, from_state, to_state, public FROM events`+these+"seq", c.args...)
	if err != nil {
		return fmt.Errorf("read events: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var number, actor string
		var e letter.Event
		if err := rows.Scan(&number, &e.Seq, &e.Step, &actor, moment{&e.At}, &e.From, &e.To, &e.Public); err != nil {
			return fmt.Errorf("read event: %w", err)
		}
		e.Actor = letter.ParseActor(actor)
		byNumber[number].Events = append(byNumber[number].Events, e)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read events: %w", err)
	}
	clocks, err := q.QueryContext(ctx, selectClocks+these+"place", c.args...)
	if err != nil {
		return fmt.Errorf("read clocks: %w", err)
	}
	return readClocks(clocks, func(number string, k letter.Clock) { byNumber[number].Clocks = append(byNumber[number].Clocks, k) })
}
