package inbound_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/web/inbound"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

var must = testhouse.Must

// house is the whole system behind the channels' addresses.
type house struct {
	*testhouse.House
	app   *fiber.App
	poked int
}

// each runs a test on a house over every database.
func each(t *testing.T, test func(*testing.T, *house), change ...func(*inbound.Server)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, build(t, s, change...)) })
}

func build(t testing.TB, s *store.Store, change ...func(*inbound.Server)) *house {
	t.Helper()
	h := &house{House: testhouse.New(t, s)}
	h.Now = time.Date(2026, 3, 2, 9, 0, 0, 0, h.City.Zone()) // a Monday
	quiet := slog.New(slog.DiscardHandler)
	server := inbound.Server{
		Store: s, Intake: h.Intake, Live: h.Live(), Vault: h.Vault,
		City: h.InForce, Now: h.Clock, Poke: func() { h.poked++ }, Log: quiet,
	}
	for _, c := range change {
		c(&server)
	}
	routes, err := inbound.New(server)
	must(t, err)
	h.app = pagetest.App(t, page.Site{City: "测试市", Zone: h.City.Zone()}, quiet)
	routes.Routes(h.app)
	return h
}

// call sends a request; headers come in pairs.
func (h *house) call(t testing.TB, method, path, body string, headers ...string) pagetest.Answer {
	t.Helper()
	return pagetest.Send(t, h.app, pagetest.Request(method, path, body, headers...))
}
