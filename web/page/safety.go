package page

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
)

// policy lets a page use what comes from here and nothing else; data: is for the small drawings inside Pico's sheet.
const policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Headers sets what tells browsers to be careful.
func Headers() fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentSecurityPolicy, policy)
		c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
		c.Set(fiber.HeaderXFrameOptions, "DENY")
		// The address of a letter must not travel to other sites; our own pages need it to come back to a form.
		c.Set(fiber.HeaderReferrerPolicy, "same-origin")
		c.Set(fiber.HeaderPermissionsPolicy, "camera=(), geolocation=(), microphone=()")
		c.Set("Cross-Origin-Opener-Policy", "same-origin")
		return c.Next()
	}
}

// SameOrigin refuses a request that changes something and comes from a page of another site. Browsers tell by
// Sec-Fetch-Site, older ones by Origin; a program that sends neither holds no cookie to abuse.
func SameOrigin() fiber.Handler {
	return func(c *fiber.Ctx) error {
		switch c.Method() {
		case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
			return c.Next()
		}
		if !sameOrigin(c.Get("Sec-Fetch-Site"), c.Get(fiber.HeaderOrigin), string(c.Request().Host())) {
			return letter.Forbid("这个请求来自别的网站，没有执行。请在本站页面上重新操作。")
		}
		return c.Next()
	}
}

func sameOrigin(site, origin, host string) bool {
	switch site {
	case "same-origin", "none":
		return true
	case "":
		if origin == "" {
			return true
		}
		u, err := url.Parse(origin)
		return err == nil && u.Host != "" && u.Host == host
	}
	return false
}
