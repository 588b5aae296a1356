// Package supervise is what supervisors and leaders look at: what is overdue, what is about to be, and how the units keep their time, each number opening its letters.
package supervise

import (
	"context"
	"embed"
	"log/slog"
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/routing/training"
	"huiyin/web/page"
)

//go:embed templates
var templates embed.FS

// Server shows the supervision. All fields must be set.
type Server struct {
	Store    *store.Store
	City     func() *citypack.Snapshot
	Teacher  *training.Teacher
	ReadCity func(context.Context) error // takes changed rules and models over at once
	Now      func() time.Time
	Log      *slog.Logger

	set *page.Set
}

// New parses the pages.
func New(s Server, site page.Site) (*Server, error) {
	set, err := page.New(site, page.Desk, templates)
	if err != nil {
		return nil, err
	}
	s.set = set
	return &s, nil
}

// Routes lists every address; supervisors and leaders may open them, administrators what concerns the router.
func (s *Server) Routes(r fiber.Router) {
	r.Get(page.PathSupervise, only(staff.Supervisor, staff.Leader), s.overview)
	r.Get(page.PathSupervise+"/letters", only(staff.Supervisor, staff.Leader), s.letters)
	r.Get(page.PathSupervise+"/topics", only(staff.Supervisor, staff.Leader), s.topics)
	r.Get(page.PathSupervise+"/topics/:id", only(staff.Supervisor, staff.Leader), s.topic)
	r.Get(PathSearches, only(staff.Supervisor, staff.Leader, staff.Admin), s.searches)
	r.Get(page.PathRouting, only(staff.Supervisor, staff.Leader, staff.Admin), s.routing)
	r.Post(page.PathRouting+"/training", administrator, s.train)
	r.Post(page.PathRouting+"/model", administrator, s.useModel)
	r.Post(page.PathRouting+"/threshold", administrator, s.chooseThreshold)
}

// administrator lets only those through who run the system: what the router does for the whole city is theirs to change.
func administrator(c *fiber.Ctx) error {
	m, signedIn := page.Member(c)
	if !signedIn {
		return c.Redirect(page.PathSignIn+"?next="+url.QueryEscape(page.PathRouting), fiber.StatusSeeOther)
	}
	if !m.Has(staff.Admin) {
		return letter.Forbid("训练模型、换模型和改门槛由系统管理员做。")
	}
	return c.Next()
}

// only lets members of these posts through and sends who is not signed in to where he can.
func only(roles ...staff.Role) fiber.Handler {
	return func(c *fiber.Ctx) error {
		m, signedIn := page.Member(c)
		if !signedIn {
			return c.Redirect(page.PathSignIn+"?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
		}
		if !slices.ContainsFunc(roles, m.Has) {
			return letter.Forbid("督办页面由督办员和领导查看。")
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.Next()
	}
}

// readerOf is who the lists are made for: every letter that is not guarded, but none that accuses the member's own
// unit. A guarded letter is in no list and no number, not even for whom its guard names: he finds it at the desk.
func readerOf(c *fiber.Ctx) store.Reader {
	m, _ := page.Member(c)
	return store.Reader{All: true, Own: m.Unit}
}
