package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"
)

// The description is written by hand; a test holds it against real answers of every address.
//
//go:embed openapi.json
var openAPI []byte

// description answers with the OpenAPI document.
func description(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*") // for viewers on other sites
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(openAPI)
}
