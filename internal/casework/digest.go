package casework

import (
	"context"
	"fmt"
	"time"

	"huiyin/internal/staff"
)

const digestText = "今天到期 %d 封，已超期 %d 封，新来 %d 封。"

// posts are those whose work a digest counts, the widest first: a supervisor who
// also handles letters is told of the whole city once.
var posts = []staff.Role{staff.Supervisor, staff.Leader, staff.Handler, staff.Dispatcher, staff.Reviewer, staff.Duty}

// Digest tells every member in one entry what the day begins with, if its time
// has come; done is the day whose digest was told last, and the answer that of
// this one. Who has nothing to do is told nothing.
func (s *Ladder) Digest(ctx context.Context, done string, now time.Time) (string, error) {
	city := s.City()
	day, since, due := s.Rules().DigestOf(city.Clocks.Calendar, now)
	if !due || day == done {
		return done, nil
	}
	members, err := s.Inbox.Members(ctx)
	if err != nil {
		return done, err
	}
	local := now.In(city.Clocks.Calendar.Zone())
	ends := time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, local.Location())
	var tell []staff.Entry
	for _, m := range members {
		post, ok := postOf(m)
		if !ok {
			continue
		}
		m.Covers = city.Router.Under(m.Unit)
		w, err := s.Inbox.Work(ctx, m, post, ends, since, now)
		if err != nil {
			return done, err
		}
		if w.None() {
			continue
		}
		tell = append(tell, staff.Entry{
			Login: m.Login, Key: "digest/" + day, Subject: string(staff.DigestMatter), Matter: staff.DigestMatter,
			Text: digestText, Args: []int{w.Due, w.Overdue, w.New}, At: now, Shown: now,
		})
	}
	return day, s.Inbox.Tell(ctx, tell, now)
}

func postOf(m staff.Member) (staff.Role, bool) {
	for _, post := range posts {
		if m.Has(post) && !m.Disabled {
			return post, true
		}
	}
	return "", false
}

// NextYear reminds administrators once a day of the notice of next year's
// holidays, from November on until it is in: without it due times that reach into
// January are provisional.
func (s *Ladder) NextYear(ctx context.Context, now time.Time) error {
	calendar := s.City().Clocks.Calendar
	year, missing := calendar.MissingYear(now)
	if !missing {
		return nil
	}
	members, err := s.Inbox.Members(ctx)
	if err != nil {
		return err
	}
	shown := s.Rules().Shown(calendar, now)
	var tell []staff.Entry
	for _, m := range members {
		if m.Disabled || !m.Has(staff.Admin) {
			continue
		}
		tell = append(tell, staff.Entry{
			Login: m.Login, Key: fmt.Sprintf("calendar/%d/%s", year, now.In(calendar.Zone()).Format(time.DateOnly)),
			Subject: string(staff.CalendarMatter), Matter: staff.CalendarMatter,
			Text: "%d 年的放假安排还没有导入。", Args: []int{year}, At: now, Shown: shown,
		})
	}
	return s.Inbox.Tell(ctx, tell, now)
}
