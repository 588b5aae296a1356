package page_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func newSet(t *testing.T, chrome page.Chrome) *page.Set {
	t.Helper()
	set, err := page.New(site, chrome, gallery)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestEveryTemplateRendersInBothFrames(t *testing.T) {
	for _, chrome := range []page.Chrome{page.Resident, page.Desk} {
		v := newSpecimen("写信")
		v.Member = &lina
		pagetest.Renders(t, newSet(t, chrome), map[string]page.View{"home": v, "letter": v, "desk": v})
	}
}

// app serves the gallery's letter page under / as a request would see it.
func app(t *testing.T, handlers ...fiber.Handler) *fiber.App {
	t.Helper()
	app := pagetest.App(t, site, quiet)
	set := newSet(t, page.Resident)
	if len(handlers) == 0 {
		handlers = append(handlers, func(c *fiber.Ctx) error {
			v := newSpecimen("写信")
			v.Here = ""
			return set.Render(c, "letter", v)
		})
	}
	app.All("/*", handlers...)
	return app
}

func fetch(t *testing.T, app *fiber.App, r *http.Request) (*http.Response, string) {
	t.Helper()
	res, err := app.Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

func TestLanguageFollowsChoiceThenCookieThenBrowser(t *testing.T) {
	for _, row := range []struct{ path, cookie, accept, want string }{
		{"/", "", "", "zh-CN"},
		{"/", "", "fr", "zh-CN"},
		{"/", "", "en-GB,en;q=0.9,zh;q=0.5", "en"},
		{"/", "", "zh-TW,en;q=0.5", "zh-CN"},
		{"/", "lang=en", "zh-CN", "en"},
		{"/?lang=zh", "lang=en", "en", "zh-CN"},
		{"/?lang=xx", "", "zh", "zh-CN"},
	} {
		r := httptest.NewRequest("GET", row.path, nil)
		r.Header.Set("Cookie", row.cookie)
		r.Header.Set("Accept-Language", row.accept)
		res, body := fetch(t, app(t), r)
		if !strings.Contains(body, `<html lang="`+row.want+`"`) {
			t.Errorf("%+v: got %.60s", row, body)
		}
		if strings.Contains(row.path, "lang=zh") && !strings.Contains(res.Header.Get("Set-Cookie"), "lang=zh") {
			t.Errorf("%+v: the choice was not kept", row)
		}
	}
}

func TestTheHostIsNamedInTheReadersLanguage(t *testing.T) {
	s := page.Site{Organizer: "清河市人民政府办公室"}
	if got := s.Host(page.English); got != s.Organizer {
		t.Errorf("without an English name: %q", got)
	}
	s.OrganizerLatin = "General Office"
	if zh, en := s.Host(page.Chinese), s.Host(page.English); zh != s.Organizer || en != s.OrganizerLatin {
		t.Errorf("%q and %q", zh, en)
	}
}

func TestSwitchesKeepTheQueryAndNeverLeaveTheSite(t *testing.T) {
	_, body := fetch(t, app(t), httptest.NewRequest("GET", "/published?q=a&page=2", nil))
	if !strings.Contains(body, `href="/published?lang=en&amp;page=2&amp;q=a"`) {
		t.Error("the language switch lost the query")
	}
	_, body = fetch(t, app(t), httptest.NewRequest("GET", "//evil.example/x", nil))
	if strings.Contains(body, "//evil.example") {
		t.Error("a switch leads to another host")
	}
	post := httptest.NewRequest("POST", "/letters", nil)
	post.Header.Set("Referer", "http://example.com/write")
	_, body = fetch(t, app(t), post)
	if !strings.Contains(body, `href="/write?lang=en"`) {
		t.Error("a form that came back must lead to the page with the form")
	}
}

func TestLargeTypeIsKept(t *testing.T) {
	res, body := fetch(t, app(t), httptest.NewRequest("GET", "/?type=large", nil))
	if !strings.Contains(body, `class="resident large"`) || !strings.Contains(res.Header.Get("Set-Cookie"), "type=large") {
		t.Error("large type was not set")
	}
}

func TestRefusedFormSaysWhyBesideTheField(t *testing.T) {
	set := newSet(t, page.Resident)
	a := app(t, func(c *fiber.Ctx) error {
		v := newSpecimen("写信")
		v.Refused(letter.Invalid("账号的内容有误，请按提示修改。", map[string]string{"title": "请填写文字。"}))
		return set.Render(c, "letter", v)
	})
	r := httptest.NewRequest("GET", "/?lang=en", nil)
	res, body := fetch(t, a, r)
	for _, want := range []string{"Please write a text.", `id="title-fault"`, `aria-describedby="title-fault"`, "Some details of the account need correcting."} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if res.StatusCode != 400 {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestFlashIsShownOnce(t *testing.T) {
	set := newSet(t, page.Resident)
	a := app(t, func(c *fiber.Ctx) error {
		if c.Path() == "/done" {
			page.Flash(c, "已签收")
			return c.Redirect("/", fiber.StatusSeeOther)
		}
		return set.Render(c, "home", newSpecimen("写信"))
	})
	done, _ := fetch(t, a, httptest.NewRequest("GET", "/done", nil))
	r := httptest.NewRequest("GET", "/", nil)
	r.AddCookie(done.Cookies()[0])
	res, body := fetch(t, a, r)
	if !strings.Contains(body, "已签收") {
		t.Error("the sentence was not shown")
	}
	if c := res.Cookies(); len(c) != 1 || c[0].Value != "" || c[0].Expires.IsZero() {
		t.Error("the sentence would be shown again")
	}
}
