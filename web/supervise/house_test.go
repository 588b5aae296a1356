package supervise_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/vault"
	"huiyin/web/page"
	"huiyin/web/supervise"
)

// house is the supervision of a city with letters, with a clock of its own.
type house struct {
	app    *fiber.App
	store  *store.Store
	city   *citypack.Snapshot
	intake *intake.Service
	work   *casework.Service
	now    time.Time
	member *staff.Member // who is signed in
}

var (
	supervisor = &staff.Member{Login: "luoming", Name: "罗明", Unit: "zfb", Roles: []staff.Role{staff.Supervisor}}
	leader     = &staff.Member{Login: "jiangtao", Name: "江涛", Unit: "zfb", Roles: []staff.Role{staff.Leader}}
)

// each runs a test on a house over every database.
func each(t *testing.T, test func(*testing.T, *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, build(t, s)) })
}

func build(t testing.TB, s *store.Store) *house {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	must(t, err)
	pack, err := citypack.Demo()
	must(t, err)
	city, err := pack.Snapshot(zone, "test")
	must(t, err)
	v, err := vault.Open(t.TempDir())
	must(t, err)
	dictionary := filepath.Join(os.TempDir(), "huiyin-test-dictionary")
	words, err := segment.Open(dictionary, append(city.Router.Words(), city.Pack.City.Words...))
	must(t, err)
	h := &house{store: s, city: city, now: time.Date(2026, 3, 2, 9, 0, 0, 0, zone), member: supervisor} // a Monday
	now := func() time.Time { return h.now }
	h.intake = &intake.Service{Letters: s, Words: words, Vault: v, Now: now, Limits: intake.DefaultLimits,
		City: func() intake.City { return intake.City{Router: city.Router, Clocks: city.Clocks} }}
	h.work = &casework.Service{Letters: s, Now: now, City: func() casework.City { return casework.City{Router: city.Router, Clocks: city.Clocks} }}
	site := page.Site{City: "云川市", Zone: zone, Organizer: "云川市人民政府办公室"}
	pages, err := supervise.New(supervise.Server{
		Store: s, City: func() *citypack.Snapshot { return city }, Now: now, Log: slog.New(slog.DiscardHandler),
	}, site)
	must(t, err)
	failed, err := page.ErrorHandler(site, slog.New(slog.DiscardHandler))
	must(t, err)
	h.app = fiber.New(fiber.Config{Immutable: true, UnescapePath: true, ErrorHandler: failed, DisableStartupMessage: true})
	page.ServeAssets(h.app)
	h.app.Use(page.Headers(), func(c *fiber.Ctx) error {
		if h.member != nil {
			page.SetMember(c, *h.member)
		}
		return c.Next()
	})
	pages.Routes(h.app)
	return h
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get opens a page and gives its status, where it leads and its text.
func (h *house) get(t testing.TB, path string) (*http.Response, string) {
	t.Helper()
	res, err := h.app.Test(httptest.NewRequest("GET", path, nil), 60_000)
	must(t, err)
	b, err := io.ReadAll(res.Body)
	must(t, err)
	must(t, res.Body.Close())
	return res, string(b)
}

// file submits a letter, which the router places.
func (h *house) file(t testing.TB, title string) string {
	t.Helper()
	r, err := h.intake.Submit(context.Background(), letter.Draft{Channel: letter.Web, Kind: letter.Help, Title: title, Body: title + "，请尽快处理。"})
	must(t, err)
	return r.Number
}

func (h *house) unitOf(t testing.TB, number string) string {
	t.Helper()
	l, err := h.store.Letter(context.Background(), number)
	must(t, err)
	return l.Unit
}

// answer takes a letter to its answer at this moment.
func (h *house) answer(t testing.TB, number string) {
	t.Helper()
	ctx := context.Background()
	handler := staff.Member{Login: "lina", Unit: h.unitOf(t, number), Roles: []staff.Role{staff.Handler}}
	reviewer := staff.Member{Login: "fangqi", Unit: "zfb", Roles: []staff.Role{staff.Reviewer}}
	for _, step := range []struct {
		step letter.Step
		by   staff.Member
		in   casework.Input
	}{
		{letter.Acceptance, handler, casework.Input{}},
		{letter.DraftReply, handler, casework.Input{Text: "您好，已处理。"}},
		{letter.Review, handler, casework.Input{}},
		{letter.Approval, reviewer, casework.Input{}},
	} {
		_, err := h.work.Take(ctx, number, step.step, step.by, step.in)
		must(t, err)
	}
}

func has(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("lacks %s", part)
		}
	}
}

func hasNot(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("has %s", part)
		}
	}
}
