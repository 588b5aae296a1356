package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/sla"
)

var rungColumns = strings.Fields("letter clock unit rung at")

// PutRungs keeps on which rungs the letter stands, in place of those before, and
// tells members, each thing once; all in one transaction. It may be repeated.
// What was told of rungs on which the letter does not stand any more, because it
// is answered, has more time or another unit, counts as read.
func (s *Store) PutRungs(ctx context.Context, number string, stands []sla.Reached, tell []staff.Entry, now time.Time) error {
	rows := batch{table: "rungs", columns: rungColumns}
	for _, r := range stands {
		rows.add(number, r.Clock, r.Unit, r.Rung, r.At.UnixMilli())
	}
	entries, err := entryRows(tell)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(ctx context.Context, q querier) error {
		if _, err := q.ExecContext(ctx, `DELETE FROM rungs WHERE letter = $1`, number); err != nil {
			return err
		}
		if err := rows.insert(ctx, q); err != nil {
			return err
		}
		if err := settleInbox(ctx, q, number, stands, now); err != nil {
			return err
		}
		return entries.insertNew(ctx, q)
	})
	if err != nil {
		return fmt.Errorf("rungs of %s: %w", number, err)
	}
	return nil
}

func settleInbox(ctx context.Context, q querier, number string, stands []sla.Reached, now time.Time) error {
	c := &condition{}
	at := c.arg(now.UnixMilli())
	c.and("letter = " + c.arg(number) + " AND letter <> '' AND read_at IS NULL")
	if len(stands) > 0 {
		names := make([]string, len(stands))
		for i, r := range stands {
			names[i] = r.Rung
		}
		c.and("NOT " + in(c, "rung", names))
	}
	_, err := q.ExecContext(ctx, "UPDATE inbox SET read_at = "+at+c.where(), c.args...)
	return err
}

// standsOn keeps the letters that stand on a rung, whichever clock reached it. The table holds open letters only, so
// this costs by the letters on the ladder and not by the archive.
func (c *condition) standsOn(rung string) {
	c.and("is_open AND number IN (SELECT letter FROM rungs WHERE rung = " + c.arg(rung) + ")")
}

// standsBelow leaves out those that stand on that rung already.
func (c *condition) standsBelow(rung string) {
	c.and("number NOT IN (SELECT letter FROM rungs WHERE rung = " + c.arg(rung) + ")")
}

// Work counts what awaits a member in one of his posts: what his desk's queue of that post holds, for supervisors and
// leaders the whole city. Due are the letters from now to the end of the day.
func (s *Store) Work(ctx context.Context, m staff.Member, post staff.Role, ends, since, now time.Time) (w staff.Workload, err error) {
	c := &condition{}
	due := "COALESCE(unit_due_at, due_at)"
	overdue, later, end, begin := c.arg(now.UnixMilli()), c.arg(now.UnixMilli()), c.arg(ends.UnixMilli()), c.arg(since.UnixMilli())
	c.readable(ReaderOf(m))
	c.filter(awaiting(m, post))
	err = s.db.QueryRowContext(ctx, `SELECT COUNT(CASE WHEN NOT paused AND `+due+` >= `+later+` AND `+due+` < `+end+` THEN 1 END),
		COUNT(CASE WHEN NOT paused AND `+due+` < `+overdue+` THEN 1 END),
		COUNT(CASE WHEN COALESCE(assigned_at, received_at) >= `+begin+` THEN 1 END) FROM letters`+c.where(), c.args...).
		Scan(&w.Due, &w.Overdue, &w.New)
	if err != nil {
		return w, fmt.Errorf("work of %s: %w", m.Login, err)
	}
	return w, nil
}

// awaiting is the queue of a post.
func awaiting(m staff.Member, post staff.Role) Filter {
	switch post {
	case staff.Handler:
		return UnitQueue(append([]string{m.Unit}, m.Covers...)...)
	case staff.Dispatcher:
		return DispatchQueue()
	case staff.Reviewer:
		return ReviewQueue()
	case staff.Duty:
		return DutyQueue()
	}
	return Filter{States: letter.OpenStates}
}
