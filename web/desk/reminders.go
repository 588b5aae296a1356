package desk

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/sla"
	"huiyin/web/page"
)

// mostReminders is how many stand on the first page of the desk; what is read
// makes room for the next.
const mostReminders = 5

// reminders are what the member was told and has not read.
type reminders struct {
	List  []reminder
	Total int
	Works bool // the member works with letters, so that something may come
	Year  int  // whose notice an administrator is asked for, 0 for none
}

// More is how many wait behind those shown.
func (r reminders) More() int { return r.Total - len(r.List) }

// Many says that they were not counted to the end.
func (r reminders) Many() bool { return r.Total >= store.ManyTold }

// reminder is one of them in the reader's language.
type reminder struct {
	store.Told
	Heading  string // title of the letter, or what it is
	Link     string
	Says     string
	Mark     page.Mark // "" without one
	UnitName string
}

// marksOf gives the rungs of the ladder the sign that lists show. Rungs of a
// city's own have none.
var marksOf = map[string]page.Mark{
	sla.RungHalf: page.Yellow, sla.RungReminder: page.Urged, sla.RungOverdue: page.Overdue,
	sla.RungSupervision: page.Supervised, sla.RungLeaders: page.Listed,
}

// reminders reads the member's inbox for the first page of the desk.
func (s *Server) reminders(ctx context.Context, m staff.Member, lang page.Language) (reminders, error) {
	now, city := s.Now(), s.City()
	list, total, err := s.Store.Inbox(ctx, m, now, mostReminders)
	if err != nil {
		return reminders{}, err
	}
	r := reminders{Total: total}
	for _, post := range m.Roles {
		r.Works = r.Works || !post.Administers()
	}
	for _, t := range list {
		one := reminder{Told: t, Mark: marksOf[t.Rung], Says: said(t.Entry, lang)}
		switch t.Matter {
		case staff.RungMatter:
			one.Heading, one.Link = t.Title, "/desk/letters/"+t.Number
			if t.Unit != "" {
				one.UnitName = city.Router.Name(t.Unit)
			}
		case staff.DigestMatter:
			one.Heading, one.Link = page.T(lang, "今日摘要"), digestLink(m)
		case staff.CalendarMatter:
			one.Heading = page.T(lang, "放假安排")
		}
		r.List = append(r.List, one)
	}
	if m.Has(staff.Admin) {
		r.Year = missingYear(city.Clocks.Calendar, now)
	}
	return r, nil
}

// missingYear is the year whose notice should be in, 0 when none is missing.
func missingYear(c *sla.Calendar, now time.Time) int {
	if year, missing := c.MissingYear(now); missing {
		return year
	}
	return 0
}

// said is the sentence of an entry in the reader's language.
func said(e staff.Entry, lang page.Language) string {
	args := make([]any, len(e.Args))
	for i, n := range e.Args {
		args[i] = n
	}
	return page.T(lang, e.Text, args...)
}

// digestLink leads to the letters that the digest counts.
func digestLink(m staff.Member) string {
	switch {
	case m.Has(staff.Supervisor) || m.Has(staff.Leader):
		return page.PathSupervise
	case m.Has(staff.Handler):
		return "/desk"
	}
	for _, q := range queues {
		if m.Has(q.Role) {
			return q.Path
		}
	}
	return "/desk"
}

// readReminders marks one subject, or everything shown, as read.
func (s *Server) readReminders(c *fiber.Ctx) error {
	subject := c.FormValue("subject")
	if err := s.Store.ReadInbox(c.UserContext(), member(c).Login, subject, s.Now()); err != nil {
		return err
	}
	page.Flash(c, "已标为已读。")
	return c.Redirect("/desk", fiber.StatusSeeOther)
}
