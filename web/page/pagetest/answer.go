package pagetest

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/web/page"
)

// App is a server without routes, with the security headers, assets and error pages of the real one.
func App(t testing.TB, site page.Site, log *slog.Logger) *fiber.App {
	t.Helper()
	failed, err := page.ErrorHandler(site, log)
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New(fiber.Config{Immutable: true, UnescapePath: true, ErrorHandler: failed, DisableStartupMessage: true})
	app.Use(page.Headers(), page.SameOrigin())
	page.ServeAssets(app)
	return app
}

// home is where the app seems to stand.
var home = &url.URL{Scheme: "http", Host: "city.example", Path: "/"}

// Answer is a response with its body read.
type Answer struct {
	Status   int
	Location string // where it leads, "" nowhere
	Header   http.Header
	Text     string
}

// Send has the app answer a request.
func Send(t testing.TB, app *fiber.App, r *http.Request) Answer {
	t.Helper()
	res, err := app.Test(r, 60_000)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return Answer{res.StatusCode, res.Header.Get("Location"), res.Header, string(body)}
}

// Request is one as programs send it, with a body of JSON or none; headers come in pairs.
func Request(method, path, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = home.Host
	if body != "" {
		r.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// Into reads an answer of JSON that has no fields but those of v.
func (a Answer) Into(t testing.TB, v any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(a.Text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		t.Fatalf("%d %s: %v", a.Status, a.Text, err)
	}
}

// Refusal is what every error says to a program.
type Refusal struct {
	Kind    letter.ErrorKind
	Message string
	Fields  map[string]string
}

// Refusal reads an answer that must be an error.
func (a Answer) Refusal(t testing.TB) Refusal {
	t.Helper()
	var r struct{ Error Refusal }
	a.Into(t, &r)
	return r.Error
}

// Want asks for the status, without which the test ends, and for texts on the page.
func (a Answer) Want(t testing.TB, status int, texts ...string) Answer {
	t.Helper()
	if a.Status != status {
		t.Fatalf("status %d, want %d:\n%s", a.Status, status, a.main())
	}
	for _, text := range texts {
		if !strings.Contains(a.Text, text) {
			t.Errorf("the page lacks %q:\n%s", text, a.main())
		}
	}
	return a
}

// Lacks asks that none of the texts stands on the page.
func (a Answer) Lacks(t testing.TB, texts ...string) Answer {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.Text, text) {
			t.Errorf("the page has %q:\n%s", text, a.main())
		}
	}
	return a
}

var (
	frame = regexp.MustCompile(`(?s)^.*<main[^>]*>|</main>.*$`)
	gaps  = regexp.MustCompile(`\s+`)
)

// main is what a failing test shows of a page.
func (a Answer) main() string {
	return gaps.ReplaceAllString(frame.ReplaceAllString(a.Text, ""), " ")
}

// Browser is one person in front of a screen: it keeps cookies from page to page and follows no redirect by itself.
type Browser struct {
	t   testing.TB
	app *fiber.App
	jar *cookiejar.Jar
}

// Browse opens a browser without cookies.
func Browse(t testing.TB, app *fiber.App) *Browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Browser{t, app, jar}
}

// Get opens a page.
func (b *Browser) Get(path string) Answer {
	b.t.Helper()
	return b.Send(Request(http.MethodGet, path, ""))
}

// Post sends a form.
func (b *Browser) Post(path string, form url.Values) Answer {
	b.t.Helper()
	r := Request(http.MethodPost, path, form.Encode())
	r.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	return b.Send(r)
}

// Send sends a request with the cookies kept so far.
func (b *Browser) Send(r *http.Request) Answer {
	b.t.Helper()
	at := home.ResolveReference(r.URL)
	for _, k := range b.jar.Cookies(at) {
		r.AddCookie(k)
	}
	a := Send(b.t, b.app, r)
	b.jar.SetCookies(at, (&http.Response{Header: a.Header}).Cookies())
	return a
}

// Cookie is the value of a cookie that the browser keeps, "" when it has none.
func (b *Browser) Cookie(name string) string {
	for _, k := range b.jar.Cookies(home) {
		if k.Name == name {
			return k.Value
		}
	}
	return ""
}
