package portal

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/intake"
	"huiyin/internal/letter"
)

// errWrongCode is the answer to an unknown number and to a wrong code, so that
// nobody learns which numbers exist.
func errWrongCode() *letter.Error {
	return letter.Invalid("编号和查询码对不上。请核对回执上的 14 位编号和 6 位查询码。", map[string]string{"code": "请核对编号和查询码。"})
}

func errLocked(wait time.Duration) *letter.Error {
	minutes := max(1, int((wait+time.Minute-1)/time.Minute))
	return letter.Fail(letter.KindTooMany, "查询码错了太多次，为保护来信暂停查询。请 %d 分钟后再试，或者拨打热线。", minutes)
}

// check says whether code opens the letter, within the bounds of guessing.
func (s *Server) check(ctx context.Context, address, number, code string) error {
	right := s.Vault.CodeMatches(number, intake.CodeVersion, code)
	wait, err := s.Live.Guess(ctx, address, number, right)
	switch {
	case err != nil:
		return fmt.Errorf("code of %s: %w", number, err)
	case wait > 0:
		return errLocked(wait)
	case !right:
		return errWrongCode()
	}
	return nil
}

const passCookie = "letter"

// passTime is how long a browser may read the letter after the code was shown;
// each page read counts it anew. Forms must not time out within 20 minutes
// (domain.md 6.1).
const passTime = 30 * time.Minute

func passPath(number string) string { return "/follow/" + number }

// pass lets this browser read the letter for a while. The cookie goes to the
// letter's own pages only.
func (s *Server) pass(c *fiber.Ctx, number string) {
	until := strconv.FormatInt(s.Now().Add(passTime).Unix(), 10)
	c.Cookie(&fiber.Cookie{
		Name: passCookie, Value: until + "." + s.Vault.Sign("follow", number+"."+until), Path: passPath(number),
		MaxAge: int(passTime.Seconds()), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Secure: c.Protocol() == "https",
	})
}

// admitted lets through who showed the code, and sends everybody else to the form.
func (s *Server) admitted(c *fiber.Ctx) error {
	number, err := letter.ParseNumber(c.Params("number"))
	if err != nil || !s.holds(c.Cookies(passCookie), number) {
		return c.Redirect("/follow", fiber.StatusSeeOther)
	}
	s.pass(c, number)
	c.Locals(ownNumber{}, number)
	return c.Next()
}

type ownNumber struct{}

// own is the number of the letter whose code the reader showed.
func own(c *fiber.Ctx) string {
	number, _ := c.Locals(ownNumber{}).(string)
	return number
}

func (s *Server) holds(cookie, number string) bool {
	until, signature, ok := strings.Cut(cookie, ".")
	if !ok || !s.Vault.Signed("follow", number+"."+until, signature) {
		return false
	}
	end, err := strconv.ParseInt(until, 10, 64)
	return err == nil && s.Now().Unix() < end
}

// depart forgets the letter on a computer that others use too.
func (s *Server) depart(c *fiber.Ctx) error {
	c.Cookie(&fiber.Cookie{
		Name: passCookie, Path: passPath(c.Params("number")), Expires: time.Unix(1, 0), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
	})
	return c.Redirect("/", fiber.StatusSeeOther)
}
