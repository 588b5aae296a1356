package inbound_test

import (
	"bytes"
	"context"
	"encoding/json"
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
	"huiyin/internal/letter"
	"huiyin/internal/live"
	"huiyin/internal/segment"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/vault"
	"huiyin/web/inbound"
	"huiyin/web/page"
)

// house is the whole system behind the channels' addresses with a clock of its own.
type house struct {
	app   *fiber.App
	store *store.Store
	city  *citypack.Snapshot
	vault *vault.Vault
	now   time.Time
	poked int
}

// each runs a test on a house over every database.
func each(t *testing.T, test func(*testing.T, *house), change ...func(*inbound.Server)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, build(t, s, change...)) })
}

func build(t testing.TB, s *store.Store, change ...func(*inbound.Server)) *house {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	must(t, err)
	pack, err := citypack.Demo()
	must(t, err)
	city, err := pack.Snapshot(zone, "test")
	must(t, err)
	dir := t.TempDir()
	v, err := vault.Open(dir)
	must(t, err)
	dictionary := filepath.Join(os.TempDir(), "huiyin-test-dictionary")
	words, err := segment.Open(dictionary, append(city.Router.Words(), city.Pack.City.Words...))
	must(t, err)
	l, err := live.Open(context.Background(), "")
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	h := &house{store: s, city: city, vault: v, now: time.Date(2026, 3, 2, 9, 0, 0, 0, zone)} // a Monday
	now := func() time.Time { return h.now }
	server := inbound.Server{
		Store: s, Live: l, Vault: v, Now: now, Poke: func() { h.poked++ },
		City: func() *citypack.Snapshot { return city }, Log: slog.New(slog.DiscardHandler),
		Intake: &intake.Service{Letters: s, Words: words, Vault: v, Now: now, Limits: intake.DefaultLimits,
			City: func() intake.City { return intake.City{Router: city.Router, Clocks: city.Clocks} }},
	}
	for _, c := range change {
		c(&server)
	}
	failed, err := page.ErrorHandler(page.Site{City: "测试市", Zone: zone}, slog.New(slog.DiscardHandler))
	must(t, err)
	h.app = fiber.New(fiber.Config{Immutable: true, UnescapePath: true, ErrorHandler: failed, DisableStartupMessage: true})
	routes, err := inbound.New(server)
	must(t, err)
	routes.Routes(h.app)
	return h
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body []byte
}

// call sends a request; headers come in pairs.
func (h *house) call(t testing.TB, method, path, body string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequest(method, "http://city.example"+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := h.app.Test(r, 60_000)
	must(t, err)
	b, err := io.ReadAll(res.Body)
	must(t, err)
	must(t, res.Body.Close())
	return answer{res, b}
}

func (a answer) into(t testing.TB, v any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(a.body))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		t.Fatalf("%d %s: %v", a.StatusCode, a.body, err)
	}
}

// refusal is what every error says.
type refusal struct {
	Error struct {
		Kind    letter.ErrorKind
		Message string
		Fields  map[string]string
	}
}

func (a answer) refusal(t testing.TB) refusal {
	t.Helper()
	var r refusal
	a.into(t, &r)
	return r
}
