package supervise_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
	"huiyin/web/supervise"
)

var must = testhouse.Must

// house is the supervision of a city with letters.
type house struct {
	*testhouse.House
	app    *fiber.App
	member *staff.Member // who is signed in
}

var (
	supervisor = &staff.Member{Login: "luoming", Name: "罗明", Unit: "zfb", Roles: []staff.Role{staff.Supervisor}}
	admin      = &staff.Member{Login: "weiran", Name: "魏然", Unit: "zwfw", Roles: []staff.Role{staff.Admin}}
	leader     = &staff.Member{Login: "jiangtao", Name: "江涛", Unit: "zfb", Roles: []staff.Role{staff.Leader}}
)

// each runs a test on a house over every database.
func each(t *testing.T, test func(*testing.T, *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, build(t, s)) })
}

func build(t testing.TB, s *store.Store) *house {
	t.Helper()
	h := &house{House: testhouse.New(t, s), member: supervisor}
	h.Now = time.Date(2026, 3, 2, 9, 0, 0, 0, h.City.Zone()) // a Monday
	quiet := slog.New(slog.DiscardHandler)
	site := page.Site{City: "云川市", Zone: h.City.Zone(), Organizer: "云川市人民政府办公室"}
	pages, err := supervise.New(supervise.Server{
		Store: s, City: h.InForce, Teacher: h.Teacher(), ReadCity: h.ReadCity, Now: h.Clock, Log: quiet,
	}, site)
	must(t, err)
	h.app = pagetest.App(t, site, quiet)
	h.app.Use(func(c *fiber.Ctx) error {
		if h.member != nil {
			page.SetMember(c, *h.member)
		}
		return c.Next()
	})
	pages.Routes(h.app)
	return h
}

func (h *house) get(t testing.TB, path string) pagetest.Answer {
	t.Helper()
	return pagetest.Browse(t, h.app).Get(path)
}

// file submits a letter, which the router places.
func (h *house) file(title string) string {
	h.T.Helper()
	return h.Submit(letter.Draft{Kind: letter.Help, Title: title, Body: title + "，请尽快处理。"})
}
