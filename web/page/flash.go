package page

import (
	"encoding/base64"
	"time"

	"github.com/gofiber/fiber/v2"
)

const flashCookie = "flash"

// Flash keeps a sentence for the page that the reader is sent to next: what was just done.
func Flash(c *fiber.Ctx, text string, args ...any) {
	sentence := T(Lang(c), text, args...)
	c.Cookie(&fiber.Cookie{Name: flashCookie, Value: base64.RawURLEncoding.EncodeToString([]byte(sentence)), Path: "/",
		MaxAge: 60, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Secure: c.Protocol() == "https"})
}

// takeFlash reads the sentence and forgets it.
func takeFlash(c *fiber.Ctx) string {
	kept := c.Cookies(flashCookie)
	if kept == "" {
		return ""
	}
	c.Cookie(&fiber.Cookie{Name: flashCookie, Path: "/", Expires: time.Unix(1, 0), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
	sentence, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil {
		return "" // not written by Flash
	}
	return string(sentence)
}
