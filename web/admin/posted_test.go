//go:build screenshots

package admin_test

import (
	"net/url"
	"testing"

	"github.com/gofiber/fiber/v2"

	"huiyin/web/page/pagetest"
)

// posted gives each page that answers a form an address of its own.
func (h *house) posted(t *testing.T) map[string]string {
	t.Helper()
	forms := map[string]struct {
		path string
		form url.Values
	}{
		"preview": {"/admin/calendar/preview", url.Values{"text": {madeUp}}},
		"refused": {"/admin/calendar/preview", url.Values{"text": {madeUp + "  - {date: \"2027-01-09\", name: 元旦}\n"}}},
	}
	paths := map[string]string{}
	for name, f := range forms {
		at := "/picture/" + name
		paths[name] = at
		h.app.Get(at, func(c *fiber.Ctx) error {
			a := pagetest.Browse(t, h.app).Post(f.path+"?lang="+c.Query("lang"), f.form)
			c.Type("html", "utf-8")
			return c.SendString(a.Text)
		})
	}
	return paths
}
