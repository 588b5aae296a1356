package admin_test

import (
	"bytes"
	"context"
	"log/slog"
	"mime/multipart"
	"net/http"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/web/admin"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

var must = testhouse.Must

// house is the administration of a city with letters, whose rules are rows.
type house struct {
	*testhouse.House
	app    *fiber.App
	member *staff.Member // who is signed in
}

var administrator = &staff.Member{Login: "weiran", Name: "魏然", Unit: "zwfw", Roles: []staff.Role{staff.Admin}}

// each runs a test on a house over every database.
func each(t *testing.T, test func(*testing.T, *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, build(t, s)) })
}

func build(t testing.TB, s *store.Store) *house {
	t.Helper()
	h := &house{House: testhouse.New(t, s), member: administrator}
	items, err := h.City.Pack.Items()
	must(t, err)
	must(t, s.PutCityItems(t.Context(), items, h.Now.AddDate(-1, 0, 0)))
	must(t, s.PutMember(t.Context(), *administrator, h.Now))
	must(t, h.readRules(t.Context()))
	quiet := slog.New(slog.DiscardHandler)
	site := page.Site{City: "云川市", Zone: h.City.Zone(), Organizer: "云川市人民政府办公室"}
	pages, err := admin.New(admin.Server{Store: s, City: h.InForce, ReadCity: h.readRules, Now: h.Clock, Log: quiet}, site)
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

// readRules puts the rows in force into force, as the serving process does.
func (h *house) readRules(ctx context.Context) error {
	items, err := h.Store.CityItems(ctx, h.Now)
	if err != nil {
		return err
	}
	pack, err := citypack.FromItems(items)
	if err != nil {
		return err
	}
	history, err := h.Store.CityHistory(ctx, citypack.KindPolicy)
	if err != nil {
		return err
	}
	if err := pack.Remember(history); err != nil {
		return err
	}
	pack.Staff = h.City.Pack.Staff // rows hold no members
	city, err := pack.Snapshot(h.City.Zone(), h.Now.Format(time.RFC3339))
	if err == nil {
		h.City = city
	}
	return err
}

func (h *house) browse(t testing.TB) *pagetest.Browser {
	t.Helper()
	return pagetest.Browse(t, h.app)
}

// file submits a letter, which the router places.
func (h *house) file(title string) string {
	h.T.Helper()
	return h.Submit(letter.Draft{Kind: letter.Help, Title: title, Body: title + "，请尽快处理。"})
}

// sends is a form with a file in it.
func sends(t testing.TB, path, name string, body []byte) *http.Request {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	must(t, err)
	_, err = part.Write(body)
	must(t, err)
	must(t, w.Close())
	r := pagetest.Request(http.MethodPost, path, b.String())
	r.Header.Set(fiber.HeaderContentType, w.FormDataContentType())
	return r
}
