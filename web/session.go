package web

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/session"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/web/page"
)

// idle is how long a session lasts without a request (domain.md 6.3: 15–30 minutes).
const idle = 30 * time.Minute

const sessionCookie = "huiyin_session"

// sessions keep who is signed in; replicas share them.
type sessions struct {
	store  *session.Store
	member func(c *fiber.Ctx, login string) (staff.Member, error)
}

func newSessions(storage fiber.Storage, member func(*fiber.Ctx, string) (staff.Member, error)) *sessions {
	return &sessions{
		store: session.New(session.Config{
			Storage: storage, Expiration: idle, KeyLookup: "cookie:" + sessionCookie,
			CookieHTTPOnly: true, CookieSameSite: fiber.CookieSameSiteLaxMode, CookiePath: "/",
		}),
		member: member,
	}
}

// recognise tells the pages who is signed in. Residents have no session and
// cost no look-up; a disabled account is signed out at its next request.
func (s *sessions) recognise(c *fiber.Ctx) error {
	if c.Cookies(sessionCookie) == "" {
		return c.Next()
	}
	sess, err := s.store.Get(c)
	if err != nil {
		return letter.Fail(letter.KindUnavailable, "系统繁忙，没有来得及处理。请稍后再试。").Because(err)
	}
	login, _ := sess.Get("login").(string)
	if login == "" {
		return c.Next()
	}
	m, err := s.member(c, login)
	if letter.IsKind(err, letter.KindNotFound) || err == nil && m.Disabled {
		if err := sess.Destroy(); err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		return c.Next()
	}
	if err != nil {
		return fmt.Errorf("who is signed in: %w", err)
	}
	page.SetMember(c, m)
	if err := sess.Save(); err != nil { // counts the idle time anew
		return fmt.Errorf("keep session: %w", err)
	}
	return c.Next()
}

// SignIn begins a session under a fresh id, so that one given to the browser
// before is worth nothing.
func (s *sessions) SignIn(c *fiber.Ctx, m staff.Member) error {
	sess, err := s.store.Get(c)
	if err != nil {
		return fmt.Errorf("begin session: %w", err)
	}
	if err := sess.Regenerate(); err != nil {
		return fmt.Errorf("begin session: %w", err)
	}
	sess.Set("login", m.Login)
	return sess.Save()
}

// SignOut ends the session.
func (s *sessions) SignOut(c *fiber.Ctx) error {
	sess, err := s.store.Get(c)
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return sess.Destroy()
}
