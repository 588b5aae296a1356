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
		"preview":        {"/admin/calendar/preview", url.Values{"text": {madeUp}}},
		"policy-preview": {"/admin/policies/hotline/preview", h.changed(t, "3")},
		"policy-refused": {"/admin/policies/hotline/preview", h.changed(t, "x")},
		"refused":        {"/admin/calendar/preview", url.Values{"text": {madeUp + "  - {date: \"2027-01-09\", name: 元旦}\n"}}},
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

// changed is the form of a policy with another number in it.
func (h *house) changed(t *testing.T, amount string) url.Values {
	form := formOn(pagetest.Browse(t, h.app).Get("/admin/policies/hotline").Text)
	form.Set("amount-sender", amount)
	form.Set("source-sender", "澜川市热线办法第八条")
	return form
}
