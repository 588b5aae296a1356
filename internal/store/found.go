package store

import (
	"context"
	"fmt"
	"time"

	"huiyin/internal/letter"
)

// Found is a letter that a search found, as lists show it, with the texts in which it shows what was found.
type Found struct {
	Row
	Body  string
	Reply string // given, or being written
}

// Found gives those of the letters named that the reader may see, in the order of the names: an index may be a moment
// behind, and what it says is shown to nobody before it was asked here.
func (s *Store) Found(ctx context.Context, reader Reader, numbers []string) ([]Found, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	c := &condition{}
	c.readable(reader)
	c.and(in(c, "number", numbers))
	rows, err := s.db.QueryContext(ctx, `SELECT number, title, channel, site_column, kind, category, urgency, flags, state, unit, guard,
		merged, writer, consent, copied, withheld, paused, late, satisfied, working_minutes, received_at, due_at, unit_due_at,
		answered_at, published_at, placement, body, reply_text FROM letters`+c.where(), c.args...)
	if err != nil {
		return nil, fmt.Errorf("read found letters: %w", err)
	}
	list, err := collect(rows, func(f *Found) []any { return append(f.places(), &f.Body, &f.Reply) })
	if err != nil {
		return nil, fmt.Errorf("read found letters: %w", err)
	}
	places := make(map[string]int, len(list))
	for i, f := range list {
		places[f.Number] = i
	}
	sorted := make([]Found, 0, len(list))
	for _, number := range numbers {
		if at, ok := places[number]; ok {
			sorted = append(sorted, list[at])
		}
	}
	return sorted, nil
}

// Filed is what an index for members needs to know of a letter.
type Filed struct {
	Number   string
	Title    string
	Body     string
	Reply    string
	State    letter.State
	Unit     string
	Helping  []string // units that were asked for a part, whatever became of it
	Guard    string
	Accused  []string
	Urgent   bool   // as Reader.Urgent asks it
	Sender   string // keyed hash; empty once the person was erased
	Contact  []byte // sealed; likewise
	Received time.Time
}

// A letter without a key is one whose person was erased: nobody finds it by him.
const selectFiled = `SELECT number, title, body, reply_text, state, unit, guard, accused, urgency, queue, sender, contact, received_at,
	EXISTS (SELECT 1 FROM letter_keys WHERE letter_keys.letter = number) FROM letters`

type filedRow struct {
	Filed
	urgency letter.Urgency
	queue   letter.Queue
	known   bool
}

func (s *Store) filed(ctx context.Context, rest string, args ...any) ([]Filed, error) {
	rows, err := s.db.QueryContext(ctx, selectFiled+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("read letters for the desk's index: %w", err)
	}
	list, err := collect(rows, func(r *filedRow) []any {
		return []any{&r.Number, &r.Title, &r.Body, &r.Reply, &r.State, &r.Unit, &r.Guard, document{&r.Accused}, &r.urgency, &r.queue,
			&r.Sender, &r.Contact, moment{&r.Received}, &r.known}
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	filed, places := make([]Filed, len(list)), make(map[string]int, len(list))
	numbers := make([]string, len(list))
	for i, r := range list {
		r.Urgent = r.urgency == letter.Critical || r.queue == letter.DutyQueue
		if !r.known {
			r.Sender, r.Contact = "", nil
		}
		filed[i], places[r.Number], numbers[i] = r.Filed, i, r.Number
	}
	return filed, s.addHelping(ctx, numbers, func(number, unit string) {
		f := &filed[places[number]]
		f.Helping = append(f.Helping, unit)
	})
}

// addHelping tells which units were asked to help with the letters.
func (s *Store) addHelping(ctx context.Context, numbers []string, add func(number, unit string)) error {
	parts, err := among(numbers, func(these string, args []any) ([][2]string, error) {
		rows, err := s.db.QueryContext(ctx, `SELECT letter, unit FROM clocks WHERE part > 0 AND letter `+these, args...)
		if err != nil {
			return nil, fmt.Errorf("read parts: %w", err)
		}
		return collect(rows, func(p *[2]string) []any { return []any{&p[0], &p[1]} })
	})
	for _, p := range parts {
		add(p[0], p[1])
	}
	return err
}

// FiledAmong gives those of the letters named that there are, in no order.
func (s *Store) FiledAmong(ctx context.Context, numbers []string) ([]Filed, error) {
	return among(numbers, func(these string, args []any) ([]Filed, error) {
		return s.filed(ctx, " WHERE number "+these, args...)
	})
}

// EachFiled hands every letter to take, in the order of numbers, for building an index, see eachBatch.
func (s *Store) EachFiled(ctx context.Context, take func(Filed) error) error {
	return eachBatch("", func(after string) ([]Filed, error) {
		return s.filed(ctx, " WHERE number > $1 ORDER BY number LIMIT $2", after, batchSize)
	}, func(f Filed) string { return f.Number }, take)
}

// DeliveredSince names the letters of which one of the handlers finished an event at or after a moment. It reads all
// deliveries that are kept, see Forget: once at the start of a process.
func (s *Store) DeliveredSince(ctx context.Context, since time.Time, handlers []string) ([]string, error) {
	c := &condition{}
	c.and("done_at >= " + c.arg(since.UnixMilli()))
	c.and(in(c, "handler", handlers))
	rows, err := s.db.QueryContext(ctx, "SELECT DISTINCT letter FROM deliveries"+c.where(), c.args...)
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return collect(rows, func(number *string) []any { return []any{number} })
}
