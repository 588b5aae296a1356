// Package admin is where administrators change the rules of the city in the browser: its calendar, its limits, each change
// tried before it is saved, and the words of the search; each is kept with who made it.
package admin

import (
	"context"
	"embed"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/web/page"
)

//go:embed templates
var templates embed.FS

// Server shows the administration. All fields must be set.
type Server struct {
	Store    *store.Store
	City     func() *citypack.Snapshot
	ReadCity func(context.Context) error // takes changed rules over at once
	Now      func() time.Time
	Log      *slog.Logger

	set *page.Set
}

// New parses the pages.
func New(s Server, site page.Site) (*Server, error) {
	set, err := page.New(site, page.Desk, templates)
	if err != nil {
		return nil, err
	}
	s.set = set
	return &s, nil
}

// Routes lists every address; only who runs the system may open them.
func (s *Server) Routes(r fiber.Router) {
	r.Get(page.PathAdmin, administrator, s.start)
	r.Get(page.PathAdmin+"/calendar", administrator, s.calendar)
	r.Get(page.PathAdmin+"/calendar/hours", administrator, s.hours)
	r.Post(page.PathAdmin+"/calendar/hours", administrator, s.keepHours)
	r.Post(page.PathAdmin+"/calendar/hours/preview", administrator, s.tryHours)
	r.Get(page.PathAdmin+"/calendar/orders/new", administrator, s.order)
	r.Post(page.PathAdmin+"/calendar/orders/new", administrator, s.keepOrder)
	r.Post(page.PathAdmin+"/calendar/orders/new/preview", administrator, s.tryOrder)
	r.Get(page.PathAdmin+"/calendar/orders/:id/end", administrator, s.orderEnd)
	r.Post(page.PathAdmin+"/calendar/orders/:id/end", administrator, s.endOrder)
	r.Get(page.PathAdmin+"/calendar/:year/file", administrator, s.noticeFile)
	r.Post(page.PathAdmin+"/calendar/preview", administrator, s.tryNotice)
	r.Post(page.PathAdmin+"/calendar/notice", administrator, s.keepNotice)
	r.Get(page.PathAdmin+"/policies", administrator, s.policies)
	r.Get(page.PathAdmin+"/profiles/:id", administrator, s.profile)
	r.Post(page.PathAdmin+"/profiles/:id", administrator, s.keepProfile)
	r.Post(page.PathAdmin+"/profiles/:id/preview", administrator, s.tryProfile)
	r.Get(page.PathAdmin+"/policies/:id", administrator, s.policy)
	r.Post(page.PathAdmin+"/policies/:id", administrator, s.keepPolicy)
	r.Post(page.PathAdmin+"/policies/:id/preview", administrator, s.tryPolicy)
	r.Get(PathWords, administrator, s.words)
	r.Get(PathWords+"/new", administrator, s.newGroup)
	r.Post(PathWords+"/new", administrator, s.addGroup)
	r.Get(PathWords+"/weak", administrator, s.showWords(weakWords, "不计分的词"))
	r.Post(PathWords+"/weak", administrator, s.keepWords(weakWords, "不计分的词"))
	r.Get(PathWords+"/places", administrator, s.showWords(placeWords, "本市词语"))
	r.Post(PathWords+"/places", administrator, s.keepWords(placeWords, "本市词语"))
	r.Get(PathWords+"/groups/:id", administrator, s.group)
	r.Post(PathWords+"/groups/:id", administrator, s.changeGroup)
	r.Post(PathWords+"/groups/:id/end", administrator, s.endGroup)
}

// administrator lets only those through who run the system; a form of who is not signed in is refused, so that going
// back brings the typed words again.
func administrator(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	m, signedIn := page.Member(c)
	switch {
	case !signedIn && c.Method() == fiber.MethodGet:
		return c.Redirect(page.PathSignIn+"?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
	case !signedIn:
		return letter.Fail(letter.KindUnauthorized, "请先登录。")
	case !m.Has(staff.Admin):
		return letter.Forbid("管理页面由系统管理员使用。")
	}
	return c.Next()
}

// readerOf is whose letters rules are tried on: every letter that is not guarded, but none that accuses the member's own
// unit. Only numbers of them are shown, and a guarded letter is in no number.
func readerOf(c *fiber.Ctx) store.Reader {
	m, _ := page.Member(c)
	return store.Reader{All: true, Own: m.Unit}
}

// member is who is signed in; administrator has made sure that somebody is.
func member(c *fiber.Ctx) staff.Member {
	m, _ := page.Member(c)
	return m
}

type startPage struct {
	page.Head
	KnownTo  int // the last year whose holidays are known, 0 for none
	Missing  missing
	Policies int
	Synonyms int
}

// start shows the doors.
func (s *Server) start(c *fiber.Ctx) error {
	city := s.City()
	v := &startPage{Head: page.Head{Title: "管理"}, Policies: len(ids(city.Clocks.Policies)), Missing: s.missing(), Synonyms: len(city.Pack.Search.Synonyms)}
	if years := city.Clocks.Calendar.Years(); len(years) > 0 {
		v.KnownTo = years[len(years)-1].Year
	}
	return s.set.Render(c, "start", v)
}

// missing are the years of which the holidays should be known and are not.
type missing struct {
	Years []int
	Since bool // it is November or later: the notice is usually out
}

// noticeMonth is when the State Council's notice on the next year usually is out.
const noticeMonth = time.November

// missing looks at the present year and the next, into which due moments reach.
func (s *Server) missing() missing {
	city := s.City()
	now := s.Now().In(city.Zone())
	m := missing{Since: now.Month() >= noticeMonth}
	for _, year := range []int{now.Year(), now.Year() + 1} {
		if !city.Clocks.Calendar.Known(year) {
			m.Years = append(m.Years, year)
			m.Since = m.Since || year == now.Year()
		}
	}
	return m
}

// people gives the names of members by their login, for the lists of who changed what.
func (s *Server) people(ctx context.Context) (map[string]string, error) {
	list, err := s.Store.Members(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, m := range list {
		names[m.Login] = m.Name
	}
	return names, nil
}

// called is the name of who made a change; somebody at the command line has none.
func called(names map[string]string, login string) string {
	if name := names[login]; name != "" {
		return name
	}
	return login
}

// yearOf reads a year in an address.
func yearOf(text string) (int, error) {
	year, err := strconv.Atoi(text)
	if err != nil || year < 1949 || year > 9999 {
		return 0, letter.Invalid("地址不对。请从页面上的链接进入。", nil).Because(fmt.Errorf("year %q", text))
	}
	return year, nil
}
