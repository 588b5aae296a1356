//go:build screenshots

package page_test

import (
	"fmt"
	"testing"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

// TestGallery takes pictures of the shared parts, to be looked at.
func TestGallery(t *testing.T) {
	base := serveGallery(t)
	for _, picture := range []struct{ name, path string }{
		{"home", "/home?lang=zh"}, {"letter", "/letter?lang=zh"}, {"desk", "/desk?lang=zh"}, {"failure", "/nowhere?lang=zh"},
		{"home-en", "/home?lang=en"}, {"letter-en", "/letter?lang=en"}, {"letter-large", "/letter?lang=zh&type=large"},
	} {
		for _, width := range []int{390, 1280} {
			pagetest.Shoot(t, base+picture.path, fmt.Sprintf("%s-%d", picture.name, width), width, 2400)
		}
	}
}

func serveGallery(t *testing.T) string {
	app := pagetest.App(t, site, quiet)
	for path, chrome := range map[string]page.Chrome{"home": page.Resident, "letter": page.Resident, "desk": page.Desk} {
		set, err := page.New(site, chrome, gallery)
		if err != nil {
			t.Fatal(err)
		}
		app.Get("/"+path, func(c *fiber.Ctx) error {
			v := newSpecimen("写信")
			v.Here = ""
			if chrome == page.Desk {
				page.SetMember(c, lina)
			}
			if path == "letter" {
				v.Refused(letter.Invalid("账号的内容有误，请按提示修改。", map[string]string{"title": "请填写文字。"}))
				v.Status = fiber.StatusOK
			}
			return set.Render(c, path, v)
		})
	}
	return pagetest.Serve(t, app)
}
