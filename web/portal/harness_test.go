package portal_test

import (
	"context"
	"log/slog"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"huiyin/intake"
	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/search"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
	"huiyin/web/portal"
)

var must = testhouse.Must

// city is the demonstration city behind the residents' pages.
type city struct {
	*testhouse.House
	t          *testing.T
	app        *fiber.App
	index      search.Index
	surveys    *survey.Service
	interviews *interview.Service
}

// newCity opens a city on the database that costs a test least.
func newCity(t *testing.T, change ...func(*portal.Server)) *city {
	t.Helper()
	return cityOn(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")), change...)
}

// each opens a city on every database, for tests in which much is stored.
func each(t *testing.T, test func(*testing.T, *city)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, cityOn(t, s)) })
}

func cityOn(t *testing.T, s *store.Store, change ...func(*portal.Server)) *city {
	t.Helper()
	c := &city{House: testhouse.New(t, s), t: t}
	for _, m := range c.City.Pack.Staff {
		must(t, s.PutMember(t.Context(), m, c.Now))
	}
	c.index = c.Index()
	submit := func(ctx context.Context, d letter.Draft) (string, string, error) {
		r, err := c.Intake.Submit(ctx, d)
		return r.Number, r.QueryCode, err
	}
	c.surveys, c.interviews = survey.New(s, submit), interview.New(s, submit)
	server := portal.Server{
		Store: s, Intake: c.Intake, Casework: c.Casework, Surveys: c.surveys, Interviews: c.interviews, Index: c.index, Live: c.Live(), Vault: c.Vault,
		Words: c.Words, City: c.InForce, Now: c.Clock, Poke: func() {}, Log: slog.New(slog.DiscardHandler),
	}
	for _, f := range change {
		f(&server)
	}
	site := page.Site{City: "澜川市", CityLatin: "Lanchuan", Organizer: "澜川市人民政府办公室", Operator: "澜川市政务服务和数据管理局",
		Phone: "12345", IDCode: "0000000000", Demo: true, Zone: c.City.Zone()}
	pages, err := portal.New(server, site)
	must(t, err)
	c.app = pagetest.App(t, site, slog.New(slog.NewTextHandler(t.Output(), nil)))
	pages.Routes(c.app)
	return c
}

// browser is one resident in front of a screen.
type browser struct {
	*pagetest.Browser
	t *testing.T
}

func (c *city) browser() *browser { return &browser{pagetest.Browse(c.t, c.app), c.t} }

var hiddenOnce = regexp.MustCompile(`name="once" value="([^"]+)"`)

// once is the Idempotency-Key in a form.
func once(t *testing.T, form pagetest.Answer) string {
	t.Helper()
	found := hiddenOnce.FindStringSubmatch(form.Text)
	if found == nil {
		t.Fatalf("the form has no key:\n%s", form.Text)
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
	page := b.Post("/write", with(form, "once", once(b.t, b.Get("/write")))).Want(b.t, 303)
	number := strings.TrimSuffix(strings.TrimPrefix(page.Location, "/follow/"), "/receipt")
	if _, err := letter.ParseNumber(number); err != nil {
		b.t.Fatalf("redirected to %s", page.Location)
	}
	return number
}

func (c *city) code(number string) string { return c.Vault.QueryCode(number, intake.CodeVersion) }

func (c *city) letters() int {
	c.t.Helper()
	n, err := c.Store.Count(c.t.Context(), store.Reader{All: true, Guards: []string{
		letter.GuardDuty, letter.GuardUnit(c.City.Pack.Routing.DisciplineUnit), letter.GuardMember(c.City.Pack.Routing.DisciplineMember)}}, store.Filter{})
	must(c.t, err)
	return n
}

// published leads an answered letter to the public pages and the index.
func (c *city) published(number string) {
	c.t.Helper()
	must(c.t, c.index.Put(c.t.Context(), search.DocumentOf(c.Publish(number), c.City)))
}
