package desk_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/search"
	"huiyin/search/local"
	"huiyin/web/desk"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

const password = "Tavu-kemi-4829-deza"

// passwordHash is cheaper to check than those the program makes, which take 40 ms by intention.
const passwordHash = "$argon2id$v=19$m=8,t=1,p=1$+/avAzo414BySAju5BBB5Q$xAqqeFhgzcAygTqTse/hUXqjHFjzbSHctM2yj5Ix6Fo"

// office is the desk of the demonstration city.
type office struct {
	*testhouse.House
	t      *testing.T
	app    *fiber.App
	index  search.Index
	found  *local.Desk
	folder string // of found
	log    *bytes.Buffer
	poked  int
}

// open opens the office on the database that costs a test least.
func open(t *testing.T) *office {
	t.Helper()
	return openOn(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")))
}

// each opens an office on every database, for tests in which much is stored.
func each(t *testing.T, test func(*testing.T, *office)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, openOn(t, s)) })
}

func openOn(t *testing.T, s *store.Store) *office {
	t.Helper()
	o := &office{House: testhouse.New(t, s), t: t, log: &bytes.Buffer{}}
	o.index, o.folder = o.Index(), t.TempDir()
	o.found = o.Desk(o.folder)
	o.people()
	site := page.Site{City: "澜川市", Zone: o.City.Zone(), Demo: true}
	log := slog.New(slog.NewTextHandler(o.log, nil))
	sessions := &sessions{office: o, logins: map[string]string{}}
	server := must(desk.New(desk.Server{Store: s, Intake: o.Intake, Casework: o.Casework, Index: o.index, Found: o.found, Live: o.Live(), Vault: o.Vault,
		City: o.InForce, Now: o.Clock, Poke: func() { o.poked++ }, Log: log, Sessions: sessions}, site))(t)
	o.app = pagetest.App(t, site, log)
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
func (o *office) people() {
	o.t.Helper()
	members := append(slices.Clone(o.City.Pack.Staff),
		staff.Member{Login: "accused", Name: "被举报", Unit: "zjj", Roles: []staff.Role{staff.Handler, staff.Reviewer, staff.Dispatcher, staff.Duty, staff.Operator}},
		staff.Member{Login: "second", Name: "第二", Unit: "zfb", Roles: []staff.Role{staff.Reviewer}})
	for _, m := range members {
		m.PasswordHash = passwordHash
		testhouse.Must(o.t, o.Store.PutMember(o.t.Context(), m, o.Now))
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
		m, err := s.office.Store.Member(c.UserContext(), login)
		if err != nil {
			return err
		}
		page.SetMember(c, s.office.City.Cover(m))
	}
	return c.Next()
}

// browser is one person in front of a screen.
type browser struct {
	*pagetest.Browser
	*office
}

func (o *office) browser() *browser { return &browser{pagetest.Browse(o.t, o.app), o} }

// as signs a member in through the form.
func (o *office) as(login string) *browser {
	o.t.Helper()
	b := o.browser()
	b.Post("/sign-in", url.Values{"login": {login}, "password": {password}}).Want(o.t, http.StatusSeeOther)
	if b.Cookie("session") == "" {
		o.t.Fatalf("%s could not sign in", login)
	}
	return b
}

// sees opens a page that must be there and hold all texts.
func (b *browser) sees(path string, texts ...string) pagetest.Answer {
	b.t.Helper()
	return b.Get(path).Want(b.t, http.StatusOK, texts...)
}

// takes a step that must go through.
func (b *browser) takes(number string, step letter.Step, form url.Values) {
	b.t.Helper()
	b.Post("/desk/letters/"+number+"/"+string(step), form).Want(b.t, http.StatusSeeOther)
}
