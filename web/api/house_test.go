package api_test

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
	"huiyin/web/api"
	"huiyin/web/page"
)

// house is the whole system behind the API with a clock of its own.
type house struct {
	app   *fiber.App
	store *store.Store
	work  *casework.Service
	city  *citypack.Snapshot
	vault *vault.Vault
	index search.Index
	now   time.Time
	poked int
}

// each runs a test on a house over every database.
func each(t *testing.T, test func(*testing.T, *house), change ...func(*api.Server)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, build(t, s, change...)) })
}

func build(t testing.TB, s *store.Store, change ...func(*api.Server)) *house {
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
	index, err := local.Open(filepath.Join(dir, "index"), words)
	must(t, err)
	t.Cleanup(func() { must(t, index.Close()) })
	h := &house{store: s, city: city, vault: v, index: index, now: time.Date(2026, 3, 2, 9, 0, 0, 0, zone)} // a Monday
	now := func() time.Time { return h.now }
	h.work = &casework.Service{Letters: s, Now: now, City: func() casework.City { return casework.City{Router: city.Router, Clocks: city.Clocks} }}
	server := &api.Server{
		Store: s, Casework: h.work, Index: index, Live: l, Vault: v, Now: now, Poke: func() { h.poked++ },
		City: func() *citypack.Snapshot { return city }, Log: slog.New(slog.DiscardHandler),
		Intake: &intake.Service{Letters: s, Words: words, Vault: v, Now: now, Limits: intake.DefaultLimits,
			City: func() intake.City { return intake.City{Router: city.Router, Clocks: city.Clocks} }},
	}
	for _, c := range change {
		c(server)
	}
	failed, err := page.ErrorHandler(page.Site{City: "测试市", Zone: zone}, slog.New(slog.DiscardHandler))
	must(t, err)
	h.app = fiber.New(fiber.Config{Immutable: true, UnescapePath: true, ErrorHandler: failed, DisableStartupMessage: true})
	server.Routes(h.app)
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
	described(t, r, body, res, b)
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

// filed is a receipt as a program reads it.
type filed struct {
	Number     string
	QueryCode  string `json:"query_code"`
	Status     string
	Department *named
	Due        *due
	Receipt    string
}

type named struct{ ID, Name string }

type due struct {
	At          string
	Date        string
	Provisional bool
	Limit       struct {
		Amount int
		Unit   string
	}
	Policy   string
	Calendar string
	Days     []struct {
		Date    string
		Counted bool
		Why     string
	}
}

type standing struct {
	Number     string
	Status     string
	Department *named
	Due        *due
	Timeline   []struct {
		Seq            int
		Step, By, Text string
		At             time.Time
		Due            *time.Time
	}
}

const lamp = `{"kind":"help","title":"春晖路路灯不亮","body":"春晖路三盏路灯从上周三起一直不亮，晚上看不清路，请安排维修。","name":"王小明","phone":"13800000000","publish":true,"place":"春晖路 18 号"}`

// file submits a letter that must be taken in.
func (h *house) file(t testing.TB, body string, headers ...string) filed {
	t.Helper()
	a := h.call(t, "POST", "/api/v1/letters", body, headers...)
	if a.StatusCode != 201 {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	var f filed
	a.into(t, &f)
	return f
}

// token adds a member and gives him a token.
func (h *house) token(t testing.TB, login string, unit string, roles ...staff.Role) string {
	t.Helper()
	must(t, h.store.PutMember(context.Background(), staff.Member{Login: login, Name: login, Unit: unit, Roles: roles}, h.now))
	token, hash := staff.NewToken()
	must(t, h.store.PutToken(context.Background(), hash, login, h.now, time.Time{}))
	return "Bearer " + token
}
