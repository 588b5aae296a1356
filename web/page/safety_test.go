package page_test

import (
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"
)

func TestWhatChangesSomethingMustComeFromOurOwnPages(t *testing.T) {
	a := app(t, func(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusNoContent) })
	for _, row := range []struct {
		method, site, origin string
		want                 int
	}{
		{"GET", "cross-site", "https://evil.example", 204},
		{"POST", "same-origin", "http://example.com", 204},
		{"POST", "none", "", 204},
		{"POST", "cross-site", "", 403},
		{"POST", "same-site", "http://other.example.com", 403},
		{"DELETE", "cross-site", "https://evil.example", 403},
		{"POST", "", "http://example.com", 204},
		{"POST", "", "https://evil.example", 403},
		{"POST", "", "http://example.com.evil.example", 403},
		{"POST", "", "null", 403},
		{"POST", "", "", 204}, // a program, such as the hotline's system
	} {
		r := httptest.NewRequest(row.method, "http://example.com/letters", nil)
		r.Header.Set("Sec-Fetch-Site", row.site)
		r.Header.Set("Origin", row.origin)
		if row.site == "" {
			r.Header.Del("Sec-Fetch-Site")
		}
		if row.origin == "" {
			r.Header.Del("Origin")
		}
		res, _ := fetch(t, a, r)
		if res.StatusCode != row.want {
			t.Errorf("%+v: got %d", row, res.StatusCode)
		}
		if res.Header.Get("Content-Security-Policy") == "" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%+v: the careful headers are missing", row)
		}
	}
}
