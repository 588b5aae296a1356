package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

var entryColumns = strings.Fields("login told subject matter letter rung words args at shown_from read_at")

func entryRows(tell []staff.Entry) (batch, error) {
	b := batch{table: "inbox", columns: entryColumns}
	for _, e := range tell {
		args, err := listed(e.Args)
		if err != nil {
			return b, fmt.Errorf("tell %s: %w", e.Login, err)
		}
		b.add(e.Login, e.Key, e.Subject, string(e.Matter), e.Number, e.Rung, e.Text, args, e.At.UnixMilli(), e.Shown.UnixMilli(), nil)
	}
	return b, nil
}

// insertNew inserts the rows that are not there yet.
func (b batch) insertNew(ctx context.Context, q querier) error {
	if b.rows == 0 {
		return nil
	}
	if _, err := q.ExecContext(ctx, insertText(b.table, b.columns, b.rows)+" ON CONFLICT DO NOTHING", b.values...); err != nil {
		return fmt.Errorf("insert %s: %w", b.table, err)
	}
	return nil
}

// Tell gives members entries that are about no letter, each once; an older one on
// the same subject is out of date and counts as read.
func (s *Store) Tell(ctx context.Context, tell []staff.Entry, now time.Time) error {
	rows, err := entryRows(tell)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(ctx context.Context, q querier) error {
		for _, e := range tell {
			_, err := q.ExecContext(ctx, `UPDATE inbox SET read_at = $4 WHERE login = $1 AND subject = $2 AND told <> $3 AND read_at IS NULL`,
				e.Login, e.Subject, e.Key, now.UnixMilli())
			if err != nil {
				return err
			}
		}
		return rows.insertNew(ctx, q)
	})
	if err != nil {
		return fmt.Errorf("tell %d members: %w", len(tell), err)
	}
	return nil
}

// Told is an entry as its member sees it, with what the letter is now.
type Told struct {
	staff.Entry
	Title string
	Unit  string
	State letter.State
	Due   time.Time // what runs out first for the desk
}

// shownTo is the condition of what a member has to read: unread, no longer held back, of a letter that he may read as
// it stands now, and the newest on its subject.
func (c *condition) shownTo(m staff.Member, now time.Time) {
	c.and("login = " + c.arg(m.Login) + " AND read_at IS NULL AND shown_from <= " + c.arg(now.UnixMilli()))
	may := &condition{args: c.args}
	may.readable(ReaderOf(m))
	c.args = may.args
	c.and("(letter = '' OR number IS NOT NULL AND is_open AND " + may.parts[0] + ")")
	c.and(`NOT EXISTS (SELECT 1 FROM inbox n WHERE n.login = inbox.login AND n.subject = inbox.subject AND n.read_at IS NULL
		AND n.shown_from <= ` + c.arg(now.UnixMilli()) + ` AND (n.at > inbox.at OR n.at = inbox.at AND n.told > inbox.told))`)
}

const fromInbox = ` FROM inbox LEFT JOIN letters ON number = letter`

// ManyTold is where counting unread entries ends: who has so many does not need to
// know how many more, and the first page of the desk asks each time it is opened.
const ManyTold = 100

// Inbox lists what the member has not read, the newest first, at most so many,
// and how many there are, up to ManyTold.
func (s *Store) Inbox(ctx context.Context, m staff.Member, now time.Time, most int) (list []Told, total int, err error) {
	c := &condition{}
	c.shownTo(m, now)
	if err := s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1`+fromInbox+c.where()+` ORDER BY shown_from DESC LIMIT `+c.arg(ManyTold)+`) AS unread`, c.args...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count the inbox of %s: %w", m.Login, err)
	}
	if total == 0 {
		return nil, 0, nil
	}
	c = &condition{}
	c.shownTo(m, now)
	rows, err := s.db.QueryContext(ctx, `SELECT login, told, subject, matter, letter, rung, words, args, at, shown_from,
		COALESCE(title, ''), COALESCE(unit, ''), COALESCE(state, ''), COALESCE(unit_due_at, due_at)`+fromInbox+c.where()+
		` ORDER BY shown_from DESC, at DESC, told DESC LIMIT `+c.arg(most), c.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("read the inbox of %s: %w", m.Login, err)
	}
	list, err = collect(rows, func(t *Told) []any {
		return []any{&t.Login, &t.Key, &t.Subject, &t.Matter, &t.Number, &t.Rung, &t.Text, document{&t.Args}, moment{&t.At}, moment{&t.Shown},
			&t.Title, &t.Unit, &t.State, moment{&t.Due}}
	})
	if err != nil {
		return nil, 0, fmt.Errorf("read the inbox of %s: %w", m.Login, err)
	}
	return list, total, nil
}

// ReadInbox marks what the member was shown on a subject as read, everything when
// the subject is empty. What is still held back stays unread. It writes only when
// there is something.
func (s *Store) ReadInbox(ctx context.Context, login, subject string, now time.Time) error {
	where := ` FROM inbox WHERE login = $1 AND ($2 = '' OR subject = $2) AND read_at IS NULL AND shown_from <= $3`
	var any bool
	if err := s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1`+where+`)`, login, subject, now.UnixMilli()).Scan(&any); err != nil {
		return fmt.Errorf("look into the inbox of %s: %w", login, err)
	}
	if !any {
		return nil
	}
	_, err := s.exec(ctx, `UPDATE inbox SET read_at = $3 WHERE login = $1 AND ($2 = '' OR subject = $2) AND read_at IS NULL AND shown_from <= $3`,
		login, subject, now.UnixMilli())
	if err != nil {
		return fmt.Errorf("mark the inbox of %s: %w", login, err)
	}
	return nil
}
