package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/web/page"
)

// perPage is how many letters one page of a queue shows.
const perPage = 25

// queue is a list that members of a role work off.
type queue struct {
	Key    string // in ?from= of a letter opened from it
	Path   string
	Word   string
	What   string // who finds what in it
	Empty  string // what would fill it
	Role   staff.Role
	Filter func(m staff.Member) store.Filter
}

var queues = []queue{
	{"unit", "/desk", "本单位来信", "按到期先后排列，包括下属单位的信。", "派给本单位的信会出现在这里，最先到期的排在最前。",
		staff.Handler, func(m staff.Member) store.Filter {
			return store.UnitQueue(append([]string{m.Unit}, m.Covers...)...)
		}},
	{"parts", "/desk/parts", "会办", "别的单位请您的单位会办、还没有反馈的信，按会办期限排列。", "别的单位请您的单位会办时，信会出现在这里，写明要什么、什么时候要。",
		staff.Handler, func(m staff.Member) store.Filter { return store.PartQueue(append([]string{m.Unit}, m.Covers...)...) }},
	{"duty", "/desk/duty", "值班", "危及生命、疑似涉密、侵害未成年人的信，只有值班员看得到。", "涉及生命危险、国家秘密或者侵害未成年人的信会立刻出现在这里。",
		staff.Duty, func(staff.Member) store.Filter { return store.DutyQueue() }},
	{"dispatch", "/desk/dispatch", "待派", "系统没有把握的信、退单和待确认的不予受理。", "系统拿不准该派给谁的信会出现在这里，附三个建议和依据的词语。",
		staff.Dispatcher, func(staff.Member) store.Filter { return store.DispatchQueue() }},
	{"review", "/desk/review", "待审", "等待签发的答复。自己拟的稿由别的审核员签发。", "承办人送审的答复会出现在这里，与来信对照着看。",
		staff.Reviewer, func(staff.Member) store.Filter { return store.ReviewQueue() }},
	{"extensions", "/desk/extensions", "待批延期", "承办单位申请延期、等您决定的信。", "承办单位在期满之前申请延期，会出现在这里，写明理由和新的期限。",
		staff.Supervisor, func(staff.Member) store.Filter { return store.ExtensionQueue() }},
	{"publication", "/desk/publication", "待公开", "已答复、来信人同意公开、还没有决定公开与否的信。", "答复发出之后，来信人同意公开的信会出现在这里。",
		staff.Reviewer, func(staff.Member) store.Filter { return store.PublicationQueue() }},
}

func queueOf(key string) (queue, bool) {
	for _, q := range queues {
		if q.Key == key {
			return q, true
		}
	}
	return queue{}, false
}

// row is a letter as a queue shows it.
type row struct {
	store.Row
	UnitName string
	Due      time.Time // what runs out first for the desk
	Mark     page.Mark // "" where nothing runs any more
	Own      bool      // the member wrote its answer himself
	Link     string
	Here     bool // the letter that is open beside the queue
}

// rows prepares a list for a member; from is the queue that the letters are
// opened from.
func (s *Server) rows(list []store.Row, m staff.Member, from string) []row {
	city, now := s.City(), s.Now()
	rows := make([]row, len(list))
	for i, r := range list {
		rows[i] = row{Row: r, Due: r.Due, Mark: markOf(r, now), Own: r.Writer != "" && r.Writer == m.Login,
			Link: "/desk/letters/" + r.Number + "?from=" + from}
		if r.State.Open() && !r.UnitDue.IsZero() {
			rows[i].Due = r.UnitDue
		}
		if r.Unit != "" {
			rows[i].UnitName = city.Router.Name(r.Unit)
		}
	}
	return rows
}

// rowsOf is rows with the due times that count in that queue: among the parts a
// letter is due when its part is.
func (s *Server) rowsOf(ctx context.Context, list []store.Row, m staff.Member, from string) ([]row, error) {
	rows := s.rows(list, m, from)
	if from != "parts" {
		return rows, nil
	}
	numbers := make([]string, len(rows))
	for i, r := range rows {
		numbers[i] = r.Number
	}
	due, err := s.Store.PartsDue(ctx, numbers, append([]string{m.Unit}, m.Covers...))
	if err != nil {
		return nil, err
	}
	for i := range rows {
		r := &rows[i]
		if r.Due = due[r.Number]; !r.Paused {
			r.Mark = page.DueMark(letter.Clock{Due: r.Due}, s.Now())
		}
	}
	return rows, nil
}

// markOf says how a letter of a list stands against the limit that the desk must
// keep: the unit's while it runs, else the sender's.
func markOf(r store.Row, now time.Time) page.Mark {
	due := r.Due
	if r.State.Open() && !r.UnitDue.IsZero() {
		due = r.UnitDue
	}
	switch {
	case due.IsZero() || r.State == letter.Refused || r.State == letter.Withdrawn:
		return ""
	case !r.State.Open() && r.Late:
		return page.Late
	case !r.State.Open():
		return page.OnTime
	case r.Paused:
		return page.Paused
	}
	return page.DueMark(letter.Clock{Due: due}, now)
}

// tab narrows a queue to one state, with how many letters that leaves.
type tab struct {
	Word  string
	Link  string
	Count int
	Here  bool
}

// door leads to another queue or page of the member.
type door struct {
	Word  string
	What  string
	Path  string
	Count int // -1: there is nothing to count
}

type queuePage struct {
	page.Head
	Queue  queue
	Doors  []door
	Told   *reminders // on the first page of the desk only
	Tabs   []tab
	Number string // beginning of a number looked for
	Kept   []row  // letters that a guard keeps to this member alone
	Rows   []row
	Pages  page.Pages
}

func (s *Server) parts(c *fiber.Ctx) error       { return s.queue(c, "parts") }
func (s *Server) duty(c *fiber.Ctx) error        { return s.queue(c, "duty") }
func (s *Server) review(c *fiber.Ctx) error      { return s.queue(c, "review") }
func (s *Server) extensions(c *fiber.Ctx) error  { return s.queue(c, "extensions") }
func (s *Server) publication(c *fiber.Ctx) error { return s.queue(c, "publication") }

// queue shows one queue, narrowed as its address says.
func (s *Server) queue(c *fiber.Ctx, key string) (err error) {
	q, _ := queueOf(key)
	ctx, m := c.UserContext(), member(c)
	v := &queuePage{Head: page.Head{Title: q.Word}, Queue: q, Number: digits(c.Query("number"))}
	f := q.Filter(m)
	if key == "unit" {
		told, err := s.reminders(ctx, m, page.Lang(c))
		if err != nil {
			return err
		}
		v.Told = &told
		if f, err = s.unitQueue(ctx, v, m, c.Query("state")); err != nil {
			return err
		}
	}
	f.Number = v.Number
	list, total, err := s.Store.List(ctx, store.ReaderOf(m), f, store.Page{Number: pageNumber(c), Size: perPage})
	if err != nil {
		return err
	}
	if v.Rows, err = s.rowsOf(ctx, list, m, key); err != nil {
		return err
	}
	v.Pages = page.Pages{Page: pageNumber(c), PerPage: perPage, Total: total, Address: c.OriginalURL()}
	if v.Doors, err = s.doors(ctx, m, key); err != nil {
		return err
	}
	return s.set.Render(c, "queue", v)
}

// unitQueue adds what only the unit's queue has: states to choose from, and
// letters kept for the member alone. It gives the filter of the chosen state.
func (s *Server) unitQueue(ctx context.Context, v *queuePage, m staff.Member, state string) (f store.Filter, err error) {
	f = v.Queue.Filter(m)
	if states, ok := unitStates(state); ok {
		f.States = states
	}
	if state == "done" {
		f.Order = store.ByNewest
	}
	if v.Kept, err = s.kept(ctx, m); err != nil {
		return f, err
	}
	return f, s.unitTabs(ctx, v, m, state)
}

// kept lists the letters that a guard keeps to this member alone: accusations
// that even the discipline unit must not see.
func (s *Server) kept(ctx context.Context, m staff.Member) ([]row, error) {
	f := store.Filter{Guard: letter.GuardMember(m.Login), States: letter.OpenStates}
	list, _, err := s.Store.List(ctx, store.ReaderOf(m), f, store.Page{Number: 1, Size: perPage})
	return s.rows(list, m, ""), err
}

// unitStates are the states behind ?state= of the unit's queue.
func unitStates(state string) ([]letter.State, bool) {
	if state == "done" {
		return []letter.State{letter.Answered, letter.Closed}, true
	}
	if s := letter.State(state); slices.Contains(letter.OpenStates, s) {
		return []letter.State{s}, true
	}
	return nil, false
}

func (s *Server) unitTabs(ctx context.Context, v *queuePage, m staff.Member, here string) error {
	if _, ok := unitStates(here); !ok {
		here = ""
	}
	for _, t := range []struct{ state, word string }{
		{"", "全部未结"}, {string(letter.Assigned), letter.Assigned.Word()}, {string(letter.Handling), letter.Handling.Word()},
		{string(letter.InReview), letter.InReview.Word()}, {string(letter.AwaitingSender), "待来信人补充"},
		{string(letter.Returned), letter.Returned.Word()}, {"done", "已答复和办结"},
	} {
		f := v.Queue.Filter(m)
		if states, ok := unitStates(t.state); ok {
			f.States = states
		}
		n, err := s.Store.Count(ctx, store.ReaderOf(m), f)
		if err != nil {
			return err
		}
		link := "/desk"
		if t.state != "" {
			link += "?state=" + t.state
		}
		v.Tabs = append(v.Tabs, tab{t.word, link, n, t.state == here})
	}
	return nil
}

// lastPage is further than anybody turns, and small enough to multiply.
const lastPage = 10_000

func pageNumber(c *fiber.Ctx) int { return min(max(c.QueryInt("page", 1), 1), lastPage) }

// digits keeps what belongs to the number of a letter, which may be typed with
// the spaces it is shown with.
func digits(s string) string {
	kept := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	return kept[:min(len(kept), 14)]
}
