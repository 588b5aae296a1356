// Package desk is where members work on letters: signing in, the queues, one letter with its steps, and orders taken on the telephone.
package desk

import (
	"embed"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/live"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/vault"
	"huiyin/search"
	"huiyin/web/page"
)

//go:embed templates
var templates embed.FS

// Server shows the desk. All fields must be set.
type Server struct {
	Store    *store.Store
	Intake   *intake.Service
	Casework *casework.Service
	Index    search.Index // of published letters
	Found    search.Desk  // of all letters
	Live     *live.Live
	Vault    *vault.Vault
	City     func() *citypack.Snapshot
	Now      func() time.Time
	Poke     func() // wakes the delivery of events
	Log      *slog.Logger
	Sessions Sessions

	set *page.Set
}

// Sessions remember who is signed in.
type Sessions interface {
	// SignIn begins a session of the member for this browser.
	SignIn(c *fiber.Ctx, m staff.Member) error
	// SignOut ends it.
	SignOut(c *fiber.Ctx) error
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

// Routes are the addresses of the desk, each with who may use it. What a member
// may do to one letter, staff and the letter itself say.
func (s *Server) Routes(r fiber.Router) {
	r.Get(page.PathSignIn, s.signInForm)
	r.Post(page.PathSignIn, s.signIn)
	r.Post(page.PathSignOut, s.signOut)

	r.Get("/desk", only(), s.start)
	r.Post("/desk/reminders/reading", only(), s.readReminders)
	r.Get(page.PathDeskSearch, only(), s.search)
	r.Get("/desk/dispatch", only(staff.Dispatcher), s.dispatch)
	r.Get("/desk/parts", only(staff.Handler), s.parts)
	r.Get("/desk/duty", only(staff.Duty), s.duty)
	r.Get("/desk/review", only(staff.Reviewer), s.review)
	r.Get("/desk/extensions", only(staff.Supervisor), s.extensions)
	r.Get("/desk/publication", only(staff.Reviewer), s.publication)
	r.Get("/desk/calls/new", only(staff.Operator), s.callForm)
	r.Post("/desk/calls/new", only(staff.Operator), s.call)
	r.Post("/desk/calls/similar", only(staff.Operator), s.callSimilar)
	r.Get("/desk/letters/:number", only(), s.letter)
	r.Post("/desk/letters/:number/contact", only(), s.contact)
	r.Post("/desk/letters/:number/:step", only(), s.step)
}

// only lets members with one of the roles pass, any member when none is named.
// Others get the answer of a page that does not exist. Who is not signed in is
// sent to the sign-in page, the whole screen with him when only its queue asked;
// a form he sent is refused instead, so that going back brings the typed words
// again.
func only(roles ...staff.Role) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "no-store")
		m, ok := page.Member(c)
		switch {
		case !ok && c.Method() == fiber.MethodGet && c.Get("HX-Request") != "":
			c.Set("HX-Redirect", page.PathSignIn+"?next="+url.QueryEscape(c.OriginalURL()))
			return c.SendStatus(fiber.StatusUnauthorized)
		case !ok && c.Method() == fiber.MethodGet:
			return c.Redirect(page.PathSignIn+"?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
		case !ok:
			return letter.Fail(letter.KindUnauthorized, "请先登录。")
		case len(roles) == 0 || holds(m, roles):
			return c.Next()
		}
		return fiber.ErrNotFound
	}
}

func holds(m staff.Member, roles []staff.Role) bool {
	for _, r := range roles {
		if m.Has(r) {
			return true
		}
	}
	return false
}

// member is who is signed in; only has made sure that somebody is.
func member(c *fiber.Ctx) staff.Member {
	m, _ := page.Member(c)
	return m
}

// readable loads a letter that the member may read. One he may not read is
// answered like one that does not exist.
func (s *Server) readable(c *fiber.Ctx, m staff.Member, number string) (*letter.Letter, error) {
	l, err := s.Store.Letter(c.UserContext(), number)
	if err != nil {
		return nil, fmt.Errorf("letter %s: %w", number, err)
	}
	if !m.MayRead(l) {
		return nil, letter.ErrNotFound
	}
	return l, nil
}
