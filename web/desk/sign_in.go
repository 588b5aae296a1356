package desk

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/web/page"
)

// Five wrong passwords lock a login for a quarter of an hour (domain.md 6.3).
const (
	wrongPasswords = 5
	lockedFor      = 15 * time.Minute
)

// longestLogin bounds what is counted under; no account has a longer login.
const longestLogin = 32

type signInPage struct {
	page.Head
	Login string
	Next  string
}

func (s *Server) signInForm(c *fiber.Ctx) error {
	next := local(c.Query("next"))
	if _, ok := page.Member(c); ok {
		return c.Redirect(next, fiber.StatusSeeOther)
	}
	return s.set.Render(c, "sign_in", &signInPage{Head: page.Head{Title: "工作人员登录"}, Next: next})
}

func (s *Server) signIn(c *fiber.Ctx) error {
	login := strings.ToLower(strings.TrimSpace(c.FormValue("login")))
	next := local(c.FormValue("next"))
	m, err := s.recognise(c, login, c.FormValue("password"))
	if letter.IsKind(err, letter.KindUnauthorized) || letter.IsKind(err, letter.KindTooMany) {
		s.Log.InfoContext(c.UserContext(), "sign-in refused", "login", m.Login, "address", c.IP())
		v := &signInPage{Head: page.Head{Title: "工作人员登录", Here: page.PathSignIn}, Login: login, Next: next}
		v.Refused(err)
		return s.set.Render(c, "sign_in", v)
	}
	if err != nil {
		return err
	}
	if err := s.Sessions.SignIn(c, m); err != nil {
		return err
	}
	s.Log.InfoContext(c.UserContext(), "signed in", "login", m.Login, "address", c.IP())
	return c.Redirect(next, fiber.StatusSeeOther)
}

// recognise finds the member of login and password. The try is counted before
// it is examined, and an unknown login costs the same work and gets the same
// answer as a wrong password, so that nobody learns which logins exist. With the
// error comes the login of the account that was tried, if there is one, for the
// log: what else was typed there may be a password in the wrong field.
func (s *Server) recognise(c *fiber.Ctx, login, password string) (staff.Member, error) {
	ctx, key := c.UserContext(), "sign-in:"+shortened(login)
	wait, err := s.Live.Attempt(ctx, key, wrongPasswords, lockedFor)
	if err != nil {
		return staff.Member{}, letter.Fail(letter.KindUnavailable, "系统繁忙，没有来得及处理。请稍后再试。").Because(err)
	}
	if wait > 0 {
		minutes := int(math.Ceil(wait.Minutes()))
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(minutes*60))
		return staff.Member{}, letter.Fail(letter.KindTooMany, "这个登录名输错的次数太多，请 %d 分钟后再试。", minutes)
	}
	m, err := s.Store.Member(ctx, login)
	if err != nil && !letter.IsKind(err, letter.KindNotFound) {
		return staff.Member{}, err
	}
	right, err := staff.CheckPassword(m.PasswordHash, password)
	if err != nil {
		return staff.Member{}, err
	}
	if !right || m.Disabled {
		return staff.Member{Login: m.Login}, letter.Fail(letter.KindUnauthorized, "登录名或者口令不对。")
	}
	return m, s.Live.Forget(ctx, key)
}

func shortened(login string) string {
	runes := []rune(login)
	return string(runes[:min(len(runes), longestLogin)])
}

func (s *Server) signOut(c *fiber.Ctx) error {
	if err := s.Sessions.SignOut(c); err != nil {
		return err
	}
	return c.Redirect(page.PathSignIn, fiber.StatusSeeOther)
}

// local is an address of this site to go on to, the desk for anything else: a
// link that somebody sent must not lead away after the password was typed.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil {
		return page.PathDesk
	}
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\") ||
		strings.ContainsFunc(address, unicode.IsControl) || u.Path == page.PathSignIn || u.Path == page.PathSignOut {
		return page.PathDesk
	}
	return address
}
