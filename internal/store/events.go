package store

import (
	"database/sql"
	"fmt"
	"strings"

	"huiyin/internal/letter"
)

var eventColumns = strings.Fields("letter seq step actor at from_state to_state public private commitment prev hash")

// eventRows are the events that the store does not have yet, and what is to be
// delivered of them.
func (s *Store) eventRows(letters ...*letter.Letter) (events, deliveries batch) {
	events = batch{table: "events", columns: eventColumns}
	deliveries = batch{table: "deliveries", columns: deliveryColumns}
	for _, l := range letters {
		s.addEvents(&events, &deliveries, l)
	}
	return events, deliveries
}

func (s *Store) addEvents(events, deliveries *batch, l *letter.Letter) {
	for _, e := range l.Fresh() {
		events.add(l.Number, e.Seq, string(e.Step), e.Actor.String(), e.At.UnixMilli(), string(e.From), string(e.To),
			blob(e.Public), blob(e.Private), blob(e.Commitment), blob(e.Prev), e.Hash)
		for _, handler := range s.handlers(e, l) {
			deliveries.add(l.Number, e.Seq, handler, string(e.Step), 0, 0, nil, "")
		}
	}
}

const selectEvents = `SELECT letter, seq, step, actor, at, from_state, to_state, public, private, commitment, prev, hash FROM events`

// readEvents hands each row of selectEvents over with its letter's number.
func readEvents(rows *sql.Rows, take func(number string, e letter.Event)) error {
	defer rows.Close()
	for rows.Next() {
		var number, actor string
		var e letter.Event
		err := rows.Scan(&number, count{&e.Seq}, wordOf(&e.Step), &actor, moment{&e.At}, wordOf(&e.From), wordOf(&e.To),
			&e.Public, &e.Private, &e.Commitment, &e.Prev, &e.Hash)
		if err != nil {
			return fmt.Errorf("read event: %w", err)
		}
		e.Actor = letter.ParseActor(actor)
		take(number, e)
	}
	return rows.Err()
}
