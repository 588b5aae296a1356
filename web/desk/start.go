package desk

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/web/page"
)

type startPage struct {
	page.Head
	Doors []door
	Told  reminders
	Kept  []row        // letters that a guard keeps to this member alone
	Posts []staff.Role // posts of the member, as words
	Runs  bool         // none of them works with letters
}

// start is the first page after signing in: the unit's queue for handlers, the
// way to their queues for everybody else.
func (s *Server) start(c *fiber.Ctx) error {
	m := member(c)
	if m.Has(staff.Handler) {
		return s.queue(c, "unit")
	}
	doors, err := s.doors(c.UserContext(), m, "")
	if err != nil {
		return err
	}
	kept, err := s.kept(c.UserContext(), m)
	if err != nil {
		return err
	}
	told, err := s.reminders(c.UserContext(), m, page.Lang(c))
	if err != nil {
		return err
	}
	return s.set.Render(c, "start", &startPage{Head: page.Head{Title: "办理台"}, Doors: doors, Told: told, Kept: kept, Posts: m.Roles,
		Runs: !slices.ContainsFunc(m.Roles, func(r staff.Role) bool { return !r.Administers() })})
}

// doors lists the member's queues but the one that is shown already.
func (s *Server) doors(ctx context.Context, m staff.Member, shown string) ([]door, error) {
	var doors []door
	for _, q := range queues {
		if q.Key == shown || !m.Has(q.Role) {
			continue
		}
		n, err := s.Store.Count(ctx, store.ReaderOf(m), q.Filter(m))
		if err != nil {
			return nil, err
		}
		doors = append(doors, door{q.Word, q.What, q.Path, n})
	}
	if m.Has(staff.Operator) {
		doors = append(doors, door{"来电登记", "来电人说着，您记着；相似的答复随时出现。", "/desk/calls/new", -1})
	}
	if m.Has(staff.Supervisor) || m.Has(staff.Leader) {
		doors = append(doors, door{"督办", "超期和快到期的信、各单位的办理情况。", page.PathSupervise, -1})
	}
	if m.Has(staff.Supervisor) || m.Has(staff.Leader) || m.Has(staff.Admin) {
		doors = append(doors, door{"派单质量", "系统派得准不准，用的是哪个模型，多少信自动派出。", page.PathRouting, -1})
	}
	if m.Has(staff.Admin) {
		doors = append(doors, door{"管理", "工作日历、时限规则；改动之前先看会影响多少信。", page.PathAdmin, -1})
	}
	return doors, nil
}
