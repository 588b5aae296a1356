package desk_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/live"
	"huiyin/internal/segment"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/vault"
	"huiyin/search"
	"huiyin/search/local"
	"huiyin/web/desk"
	"huiyin/web/page"
)

const password = "Tavu-kemi-4829-deza"

// passwordHash is made once: it is costly by intention.
var passwordHash = sync.OnceValues(func() (string, error) { return staff.HashPassword(password) })

// office is the desk over a real store, index and Redis, with the demonstration city.
type office struct {
	t        *testing.T
	app      *fiber.App
	city     *citypack.Snapshot
	store    *store.Store
	intake   *intake.Service
	casework *casework.Service
	index    search.Index
	vault    *vault.Vault
	now      time.Time
	log      *bytes.Buffer
	poked    int
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "huiyin-desk")
	if err != nil {
		panic(err)
	}
	words = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var words string // where the dictionary is unpacked, once for all tests

func open(t *testing.T) *office {
	t.Helper()
	return openOn(t, filepath.Join(t.TempDir(), "huiyin.db"))
}

func openOn(t *testing.T, database string) *office {
	t.Helper()
	zone := must(time.LoadLocation("Asia/Shanghai"))(t)
	o := &office{t: t, now: time.Date(2026, 11, 23, 9, 30, 0, 0, zone), log: &bytes.Buffer{}}
	pack := must(citypack.Demo())(t)
	o.city = must(pack.Snapshot(zone, "1"))(t)
	o.store = storetest.Open(t, database)
	o.vault = must(vault.Open(t.TempDir()))(t)
	segmenter := must(segment.Open(words, append(o.city.Router.Words(), pack.City.Words...)))(t)
	o.index = must(local.Open(t.TempDir(), segmenter))(t)
	t.Cleanup(func() { o.index.Close() })
	redis := must(live.Open(t.Context(), ""))(t)
	t.Cleanup(func() { redis.Close() })
	now := func() time.Time { return o.now }
	o.intake = &intake.Service{Letters: o.store, Words: segmenter, Vault: o.vault, Limits: intake.DefaultLimits, Now: now,
		City: func() intake.City { return intake.City{Router: o.city.Router, Clocks: o.city.Clocks} }}
	o.casework = &casework.Service{Letters: o.store, Now: now,
		City: func() casework.City { return casework.City{Router: o.city.Router, Clocks: o.city.Clocks} }}
	o.people(pack.Staff)
	site := page.Site{City: "澜川市", Zone: zone, Demo: true}
	log := slog.New(slog.NewTextHandler(o.log, nil))
	sessions := &sessions{office: o, logins: map[string]string{}}
	server := must(desk.New(desk.Server{Store: o.store, Intake: o.intake, Casework: o.casework, Index: o.index, Live: redis, Vault: o.vault,
		City: func() *citypack.Snapshot { return o.city }, Now: now, Poke: func() { o.poked++ }, Log: log, Sessions: sessions}, site))(t)
	failed := must(page.ErrorHandler(site, log))(t)
	o.app = fiber.New(fiber.Config{Immutable: true, UnescapePath: true, ErrorHandler: failed, DisableStartupMessage: true})
	o.app.Use(func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		c.SetUserContext(ctx)
		return c.Next()
	}, page.Headers(), page.SameOrigin())
	page.ServeAssets(o.app)
	o.app.Use(sessions.recognise)
	server.Routes(o.app)
	return o
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// people gives the city's members their accounts, and some more: a handler in a
// unit that gets accused, a member above the discipline unit, a second reviewer.
func (o *office) people(members []staff.Member) {
	o.t.Helper()
	hash := must(passwordHash())(o.t)
	members = append(members,
		staff.Member{Login: "accused", Name: "被举报", Unit: "zjj", Roles: []staff.Role{staff.Handler, staff.Reviewer, staff.Dispatcher, staff.Duty, staff.Operator}},
		staff.Member{Login: "second", Name: "第二", Unit: "zfb", Roles: []staff.Role{staff.Reviewer}})
	for _, m := range members {
		m.PasswordHash = hash
		if err := o.store.PutMember(o.t.Context(), m, o.now); err != nil {
			o.t.Fatal(err)
		}
	}
}

// sessions is what package web brings: a cookie that stands for a login.
type sessions struct {
	office *office
	lock   sync.Mutex
	logins map[string]string
}

func (s *sessions) SignIn(c *fiber.Ctx, m staff.Member) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	id := fmt.Sprint(len(s.logins) + 1)
	s.logins[id] = m.Login
	c.Cookie(&fiber.Cookie{Name: "session", Value: id})
	return nil
}

func (s *sessions) SignOut(c *fiber.Ctx) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	delete(s.logins, c.Cookies("session"))
	return nil
}

func (s *sessions) recognise(c *fiber.Ctx) error {
	if id := c.Query("session"); id != "" { // a browser begins without a cookie
		c.Cookie(&fiber.Cookie{Name: "session", Value: id})
	}
	s.lock.Lock()
	login := s.logins[c.Query("session", c.Cookies("session"))]
	s.lock.Unlock()
	if login != "" {
		m, err := s.office.store.Member(c.UserContext(), login)
		if err != nil {
			return err
		}
		page.SetMember(c, s.office.city.Cover(m))
	}
	return c.Next()
}

// browser is one person in front of a screen.
type browser struct {
	*office
	cookie string
}

// as signs a member in through the form.
func (o *office) as(login string) *browser {
	o.t.Helper()
	b := &browser{office: o}
	r := b.send("POST", "/sign-in", url.Values{"login": {login}, "password": {password}})
	if r.status != http.StatusSeeOther || b.cookie == "" {
		o.t.Fatalf("%s could not sign in: %d %s", login, r.status, r.text)
	}
	return b
}

type answer struct {
	status   int
	location string
	text     string
	header   http.Header
}

func (b *browser) send(method, path string, form url.Values) answer {
	b.t.Helper()
	request := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if b.cookie != "" {
		request.AddCookie(&http.Cookie{Name: "session", Value: b.cookie})
	}
	response, err := b.app.Test(request, 30_000)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	body := must(io.ReadAll(response.Body))(b.t)
	for _, c := range response.Cookies() {
		if c.Name == "session" {
			b.cookie = c.Value
		}
	}
	return answer{response.StatusCode, response.Header.Get("Location"), string(body), response.Header}
}

func (b *browser) get(path string) answer {
	b.t.Helper()
	return b.send(http.MethodGet, path, nil)
}

// sees opens a page that must be there and hold all texts.
func (b *browser) sees(path string, texts ...string) answer {
	b.t.Helper()
	r := b.get(path)
	if r.status != http.StatusOK {
		b.t.Fatalf("%s: status %d\n%s", path, r.status, r.text)
	}
	for _, text := range texts {
		if !strings.Contains(r.text, text) {
			b.t.Errorf("%s lacks %q", path, text)
		}
	}
	return r
}

// takes a step that must go through.
func (b *browser) takes(number string, step letter.Step, form url.Values) {
	b.t.Helper()
	r := b.send("POST", "/desk/letters/"+number+"/"+string(step), form)
	if r.status != http.StatusSeeOther {
		b.t.Fatalf("%s: status %d\n%s", step, r.status, main(r.text))
	}
}

// main is the part of a page that a person reads first.
func main(html string) string {
	if _, rest, ok := strings.Cut(html, `<main`); ok {
		return rest[:min(len(rest), 3000)]
	}
	return html
}

// submit files a letter from the web form and returns its number.
func (o *office) submit(d letter.Draft) string {
	o.t.Helper()
	if d.Channel == "" {
		d.Channel = letter.Web
	}
	r, err := o.intake.Submit(o.t.Context(), d)
	if err != nil {
		o.t.Fatal(err)
	}
	return r.Number
}

func (o *office) read(number string) *letter.Letter {
	o.t.Helper()
	return must(o.store.Letter(o.t.Context(), number))(o.t)
}
