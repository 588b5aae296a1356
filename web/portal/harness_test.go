package portal_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/live"
	"huiyin/internal/segment"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/vault"
	"huiyin/search"
	"huiyin/search/local"
	"huiyin/web/page"
	"huiyin/web/portal"
)

var (
	quiet = slog.New(slog.NewTextHandler(io.Discard, nil))
	zone  = func() *time.Location {
		z, err := time.LoadLocation("Asia/Shanghai")
		if err != nil {
			panic(err)
		}
		return z
	}()
	// A Monday morning in office hours, far from any holiday.
	monday = time.Date(2026, 11, 23, 10, 0, 0, 0, zone)
)

// city is the demonstration city behind the residents' pages, with a clock that
// the test moves.
type city struct {
	portal.Server
	t    *testing.T
	app  *fiber.App
	now  time.Time
	snap *citypack.Snapshot
}

func newCity(t *testing.T, change func(*portal.Server)) *city {
	t.Helper()
	c := &city{t: t, now: monday}
	pack, err := citypack.Demo()
	must(t, err)
	c.snap, err = pack.Snapshot(zone, "test")
	must(t, err)
	dir := t.TempDir()
	c.Store = storetest.Open(t, filepath.Join(dir, "huiyin.db"))
	for _, m := range pack.Staff {
		must(t, c.Store.PutMember(t.Context(), m, monday))
	}
	c.Vault, err = vault.Open(dir)
	must(t, err)
	c.Words, err = segment.Open(filepath.Join(dir, "dictionaries"), append(c.snap.Router.Words(), pack.City.Words...))
	must(t, err)
	index, err := local.Open(filepath.Join(dir, "index"), c.Words)
	must(t, err)
	t.Cleanup(func() { must(t, index.Close()) })
	c.Index = index
	must(t, c.Index.Rebuild(t.Context(), func(func(search.Document, error) bool) {}))
	c.Live, err = live.Open(t.Context(), "")
	must(t, err)
	t.Cleanup(func() { must(t, c.Live.Close()) })
	c.Now = func() time.Time { return c.now }
	c.City = func() *citypack.Snapshot { return c.snap }
	c.Intake = &intake.Service{Letters: c.Store, Words: c.Words, Vault: c.Vault, Limits: intake.DefaultLimits, Now: c.Now,
		City: func() intake.City { return intake.City{Router: c.snap.Router, Clocks: c.snap.Clocks} }}
	c.Casework = &casework.Service{Letters: c.Store, Now: c.Now,
		City: func() casework.City { return casework.City{Router: c.snap.Router, Clocks: c.snap.Clocks} }}
	submit := func(ctx context.Context, d letter.Draft) (string, string, error) {
		r, err := c.Intake.Submit(ctx, d)
		return r.Number, r.QueryCode, err
	}
	c.Surveys, c.Interviews = survey.New(c.Store, submit), interview.New(c.Store, submit)
	c.Poke, c.Log = func() {}, quiet
	if change != nil {
		change(&c.Server)
	}
	c.serve()
	return c
}

func (c *city) serve() {
	c.t.Helper()
	site := page.Site{City: "澜川市", CityLatin: "Lanchuan", Organizer: "澜川市人民政府办公室", Operator: "澜川市政务服务和数据管理局",
		Phone: "12345", IDCode: "0000000000", Demo: true, Zone: zone}
	failed, err := page.ErrorHandler(site, slog.New(slog.NewTextHandler(c.t.Output(), nil)))
	must(c.t, err)
	c.app = fiber.New(fiber.Config{Immutable: true, UnescapePath: true, ErrorHandler: failed, DisableStartupMessage: true})
	c.app.Use(page.Headers(), page.SameOrigin())
	page.ServeAssets(c.app)
	pages, err := portal.New(c.Server, site)
	must(c.t, err)
	pages.Routes(c.app)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// browser keeps cookies from page to page and follows no redirect by itself.
type browser struct {
	*city
	jar *cookiejar.Jar
}

func (c *city) browser() *browser {
	jar, err := cookiejar.New(nil)
	must(c.t, err)
	return &browser{c, jar}
}

// shown is an answer of the server.
type shown struct {
	status   int
	location string
	html     string
	header   http.Header
}

func (b *browser) get(path string) shown { return b.do(http.MethodGet, path, nil) }

func (b *browser) post(path string, form url.Values) shown {
	return b.do(http.MethodPost, path, form)
}

func (b *browser) do(method, path string, form url.Values) shown {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, "http://example.com"+path, body)
	if form != nil {
		r.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	}
	for _, k := range b.jar.Cookies(r.URL) {
		r.AddCookie(k)
	}
	answer, err := b.app.Test(r, -1)
	must(b.t, err)
	defer answer.Body.Close()
	html, err := io.ReadAll(answer.Body)
	must(b.t, err)
	b.jar.SetCookies(r.URL, answer.Cookies())
	return shown{answer.StatusCode, answer.Header.Get("Location"), string(html), answer.Header}
}

func (s shown) want(t *testing.T, status int, texts ...string) shown {
	t.Helper()
	if s.status != status {
		t.Fatalf("status %d, want %d:\n%s", s.status, status, s.words())
	}
	for _, text := range texts {
		if !strings.Contains(s.html, text) {
			t.Errorf("the page lacks %q:\n%s", text, s.words())
		}
	}
	return s
}

var (
	frame = regexp.MustCompile(`(?s)^.*<main[^>]*>|</main>.*$`)
	gaps  = regexp.MustCompile(`\s+`)
)

// words are what a failing test shows of a page.
func (s shown) words() string {
	return gaps.ReplaceAllString(frame.ReplaceAllString(s.html, ""), " ")
}

func (s shown) lacks(t *testing.T, texts ...string) shown {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(s.html, text) {
			t.Errorf("the page has %q:\n%s", text, s.words())
		}
	}
	return s
}

var hiddenOnce = regexp.MustCompile(`name="once" value="([^"]+)"`)

// once is the Idempotency-Key in a form.
func (s shown) once(t *testing.T) string {
	t.Helper()
	found := hiddenOnce.FindStringSubmatch(s.html)
	if found == nil {
		t.Fatalf("the form has no key:\n%s", s.html)
	}
	return found[1]
}

var streetlight = url.Values{
	"column": {"complaints"}, "title": {"文昌街路灯不亮"}, "place": {"东湖区文昌街"},
	"body":  {"文昌街北段的路灯坏了三盏，晚上一片漆黑，老人走路容易摔倒，请尽快修好路灯。"},
	"phone": {"13800138000"}, "name": {"王小明"}, "publish": {"yes"},
}

func with(form url.Values, pairs ...string) url.Values {
	v := url.Values{}
	for k, x := range form {
		v[k] = x
	}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// send submits a form and gives the number of the letter.
func (b *browser) send(form url.Values) string {
	b.t.Helper()
	page := b.post("/write", with(form, "once", b.get("/write").once(b.t)))
	page.want(b.t, 303)
	number := strings.TrimSuffix(strings.TrimPrefix(page.location, "/follow/"), "/receipt")
	if _, err := letter.ParseNumber(number); err != nil {
		b.t.Fatalf("redirected to %s", page.location)
	}
	return number
}

func (c *city) code(number string) string { return c.Vault.QueryCode(number, intake.CodeVersion) }

func (c *city) letters() int {
	c.t.Helper()
	n, err := c.Store.Count(c.t.Context(), store.Reader{All: true, Guards: []string{
		letter.GuardDuty, letter.GuardUnit(c.snap.Pack.Routing.DisciplineUnit), letter.GuardMember(c.snap.Pack.Routing.DisciplineMember)}}, store.Filter{})
	must(c.t, err)
	return n
}

// take takes a step as a member who may take it.
func (c *city) take(number string, step letter.Step, in casework.Input) *letter.Letter {
	c.t.Helper()
	l, err := c.Store.Letter(c.t.Context(), number)
	must(c.t, err)
	avoid := ""
	if step == letter.Approval || step == letter.Publication {
		avoid = l.Writer
	}
	by := c.snap.Cast(step, l.Unit, l.Guard, avoid)
	l, err = c.Casework.Take(c.t.Context(), number, step, by, in)
	must(c.t, err)
	return l
}

// answered leads a letter to its answer.
func (c *city) answered(number, text string) {
	c.t.Helper()
	c.take(number, letter.Acceptance, casework.Input{})
	c.take(number, letter.DraftReply, casework.Input{Text: text})
	c.take(number, letter.Review, casework.Input{})
	c.take(number, letter.Approval, casework.Input{})
}

// published leads an answered letter to the public pages and the index.
func (c *city) published(number string) {
	c.t.Helper()
	p, ok := c.take(number, letter.Publication, casework.Input{}).Public()
	if !ok {
		c.t.Fatal("not public")
	}
	must(c.t, c.Index.Put(c.t.Context(), search.DocumentOf(p)))
}
