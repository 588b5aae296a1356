package api_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/search"
	"huiyin/web/api"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

var must = testhouse.Must

// house is the whole system behind the API.
type house struct {
	*testhouse.House
	app   *fiber.App
	index search.Index
	poked int
}

// each runs a test on a house over every database.
func each(t *testing.T, test func(*testing.T, *house), change ...func(*api.Server)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, build(t, s, change...)) })
}

func build(t testing.TB, s *store.Store, change ...func(*api.Server)) *house {
	t.Helper()
	h := &house{House: testhouse.New(t, s)}
	h.Now = time.Date(2026, 3, 2, 9, 0, 0, 0, h.City.Zone()) // a Monday
	h.index = h.Index()
	quiet := slog.New(slog.DiscardHandler)
	server := &api.Server{
		Store: s, Intake: h.Intake, Casework: h.Casework, Index: h.index, Live: h.Live(), Vault: h.Vault,
		City: h.InForce, Now: h.Clock, Poke: func() { h.poked++ }, Log: quiet,
	}
	for _, c := range change {
		c(server)
	}
	h.app = pagetest.App(t, page.Site{City: "测试市", Zone: h.City.Zone()}, quiet)
	server.Routes(h.app)
	return h
}

// call sends a request, whose answer must be as the document describes it; headers come in pairs.
func (h *house) call(t testing.TB, method, path, body string, headers ...string) pagetest.Answer {
	t.Helper()
	r := pagetest.Request(method, path, body, headers...)
	a := pagetest.Send(t, h.app, r)
	described(t, r, body, a)
	return a
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

	Started, Step, Source string
	PolicyName            string `json:"policy_name"`
	CountedBy             string `json:"counted_by"`
	Grounds               []letter.Ground
	Days                  []letter.Day
	Pauses                []struct {
		From, Why string
		Until     *string
		Lasts     bool
	}
	Counted, Told, Approved, Extended *time.Time
	Passed                            bool `json:"told_had_passed"`
	Recount                           *struct{ At, Calendar string }
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
		Due, Was       *time.Time
	}
	Clocks []struct { // only to members
		Clock    string
		Part     int
		Unit     *named
		Paused   *time.Time `json:"paused_since"`
		Stopped  *time.Time
		Silenced bool
		Due      due
	}
}

const lamp = `{"kind":"help","title":"春晖路路灯不亮","body":"春晖路三盏路灯从上周三起一直不亮，晚上看不清路，请安排维修。","name":"王小明","phone":"13800000000","publish":true,"place":"春晖路 18 号"}`

// file submits a letter that must be taken in.
func (h *house) file(t testing.TB, body string, headers ...string) filed {
	t.Helper()
	a := h.call(t, "POST", "/api/v1/letters", body, headers...)
	if a.Status != 201 {
		t.Fatalf("%d %s", a.Status, a.Text)
	}
	var f filed
	a.Into(t, &f)
	return f
}

// token adds a member and gives him a token.
func (h *house) token(t testing.TB, login string, unit string, roles ...staff.Role) string {
	t.Helper()
	must(t, h.Store.PutMember(context.Background(), staff.Member{Login: login, Name: login, Unit: unit, Roles: roles}, h.Now))
	token, hash := staff.NewToken()
	must(t, h.Store.PutToken(context.Background(), hash, login, h.Now, time.Time{}))
	return "Bearer " + token
}
