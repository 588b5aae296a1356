package page

import (
	"github.com/gofiber/fiber/v2"

	"huiyin/internal/staff"
)

type memberKey struct{}

// SetMember tells the pages who is signed in; the session middleware calls it.
func SetMember(c *fiber.Ctx, m staff.Member) { c.Locals(memberKey{}, m) }

// Member is who is signed in; false for residents.
func Member(c *fiber.Ctx) (staff.Member, bool) {
	m, ok := c.Locals(memberKey{}).(staff.Member)
	return m, ok
}
