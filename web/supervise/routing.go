package supervise

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/web/page"
)

// routingPage says how well the router places the city's letters, and what it learned.
type routingPage struct {
	page.Head
	Month    month
	Months   []month
	Total    int // letters of the month
	Alone    share
	ByHand   share
	Back     share
	Astray   share
	Units    []placedRow
	Mixed    []mixedUp
	Meanings []meaning
	MayOpen  bool // the reader may open letters
	Admin    bool // the reader may change the router

	learned
}

// mostUnits is how many units the page shows at once: those with most letters.
const mostUnits = 12

// Most are the units with most letters, Rest the others.
func (v *routingPage) Most() []placedRow { return v.Units[:min(mostUnits, len(v.Units))] }
func (v *routingPage) Rest() []placedRow { return v.Units[min(mostUnits, len(v.Units)):] }

// share is a number of letters, of how many, and where they are listed.
type share struct {
	N, Of int
	Link  string // "" for those who may not open letters
}

// Any says that there is something to divide by.
func (s share) Any() bool { return s.Of > 0 }

// Percent is the share in whole percent.
func (s share) Percent() int {
	p, _ := percent(s.N, s.Of)
	return p
}

// placedRow is how well letters find one unit.
type placedRow struct {
	Name      string
	Precision share // of the letters the router sent here, those that stayed
	Recall    share // of the letters that belong here, those the router sent here
	Back      share // of the letters the router sent here, those a unit sent back
	Sent      share
}

// mixedUp is a pair of units that the router mistakes for one another, with examples.
type mixedUp struct {
	From, To string // names
	N        int
	Link     string
	Letters  []store.Misplaced
}

// routing shows the quality of the router in a month and the model in use.
func (s *Server) routing(c *fiber.Ctx) error {
	city, lang := s.City(), page.Lang(c)
	now := s.Now().In(city.Zone())
	picked, err := monthOf(c.Query("month"), now, lang)
	if err != nil {
		return err
	}
	m, _ := page.Member(c)
	v := &routingPage{Head: page.Head{Title: "派单质量"}, Month: picked, Months: choice(now, picked, lang), Meanings: routingMeanings,
		MayOpen: m.Has(staff.Supervisor) || m.Has(staff.Leader), Admin: m.Has(staff.Admin)}
	if err := s.placings(c.UserContext(), v, readerOf(c), city, lang); err != nil {
		return err
	}
	if v.learned, err = s.whatWasLearned(c.UserContext(), city, now); err != nil {
		return err
	}
	return s.set.Render(c, "routing", v)
}

// placings fills in the figures of the month.
func (s *Server) placings(ctx context.Context, v *routingPage, reader store.Reader, city *citypack.Snapshot, lang page.Language) error {
	list, err := s.Store.Placings(ctx, reader, v.Month.period)
	if err != nil {
		return err
	}
	count := func(take func(store.Placed) int) (n int) {
		for _, p := range list {
			n += take(p)
		}
		return n
	}
	v.Total = count(func(p store.Placed) int { return p.Letters })
	alone := count(func(p store.Placed) int { return when(p.Sent == letter.ByRouter, p.Letters) })
	sent := count(func(p store.Placed) int { return when(p.Sent != "", p.Letters) })
	v.Alone = v.share(alone, v.Total, store.SentAlone, "")
	v.ByHand = v.share(v.Total-alone, v.Total, store.SentByHand, "")
	v.Back = v.share(count(func(p store.Placed) int { return p.Returned }), sent, store.SentBack, "")
	v.Astray = v.share(count(func(p store.Placed) int { return when(astray(p), p.Letters) }), alone, store.Astray, "")
	v.units(list, city, lang)
	return s.mixed(ctx, v, list, reader, city, lang)
}

func when(yes bool, n int) int {
	if yes {
		return n
	}
	return 0
}

func astray(p store.Placed) bool { return p.Sent == letter.ByRouter && p.Unit != p.Routed }

// share opens the letters it counts, of one unit the router sent them to or of all.
func (v *routingPage) share(n, of int, f store.Figure, routed string) share {
	s := share{N: n, Of: of}
	if v.MayOpen && n > 0 {
		s.Link = address(f, nil, v.Month.period)
		if routed != "" {
			s.Link += "&routed=" + url.QueryEscape(routed)
		}
	}
	return s
}

// units fills in the table, the units with most letters first.
func (v *routingPage) units(list []store.Placed, city *citypack.Snapshot, lang page.Language) {
	type sums struct{ sent, stayed, here, back int }
	of := map[string]*sums{}
	at := func(unit string) *sums {
		if of[unit] == nil {
			of[unit] = &sums{}
		}
		return of[unit]
	}
	for _, p := range list {
		if p.Unit != "" {
			at(p.Unit).here += p.Letters
		}
		if p.Sent == letter.ByRouter {
			at(p.Routed).sent += p.Letters
			at(p.Routed).back += p.Returned
			at(p.Routed).stayed += when(p.Unit == p.Routed, p.Letters)
		}
	}
	ids := make([]string, 0, len(of))
	for id := range of {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(of[b].here, of[a].here), cmp.Compare(a, b)) })
	for _, id := range ids {
		x := of[id]
		v.Units = append(v.Units, placedRow{
			Name: unitName(city, id, lang), Sent: v.share(x.sent, x.sent, store.SentAlone, id),
			Precision: v.share(x.stayed, x.sent, store.StayedAlone, id), Recall: v.share(x.stayed, x.here, store.StayedAlone, id),
			Back: v.share(x.back, x.sent, store.SentBack, id),
		})
	}
}

// Of the commonest confusions so many are shown, each with so many letters, found among so many of the newest.
const (
	pairsShown    = 8
	examplesShown = 3
	looked        = 200
)

// mixed lists the commonest confusions with letters of them.
func (s *Server) mixed(ctx context.Context, v *routingPage, list []store.Placed, reader store.Reader, city *citypack.Snapshot, lang page.Language) error {
	at := map[[2]string]int{}
	for _, p := range list {
		if !astray(p) || p.Unit == "" {
			continue
		}
		pair := [2]string{p.Routed, p.Unit}
		if _, known := at[pair]; !known && len(v.Mixed) < pairsShown {
			at[pair] = len(v.Mixed)
			m := mixedUp{From: unitName(city, p.Routed, lang), To: unitName(city, p.Unit, lang)}
			if v.MayOpen {
				m.Link = address(store.Astray, &p.Unit, v.Month.period) + "&routed=" + url.QueryEscape(p.Routed)
			}
			v.Mixed = append(v.Mixed, m)
		}
		if i, known := at[pair]; known {
			v.Mixed[i].N += p.Letters
		}
	}
	if !v.MayOpen || len(v.Mixed) == 0 {
		return nil
	}
	letters, err := s.Store.MisplacedIn(ctx, reader, v.Month.period, looked)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if i, known := at[[2]string{l.Routed, l.Unit}]; known && len(v.Mixed[i].Letters) < examplesShown {
			v.Mixed[i].Letters = append(v.Mixed[i].Letters, l)
		}
	}
	return nil
}

// percentText is a share with one decimal at most: 2.5, 10.
func percentText(x float64) string {
	return strconv.FormatFloat(float64(int(x*1000+0.5))/10, 'f', -1, 64)
}

// seconds is a duration as whole seconds, at least one.
func seconds(d time.Duration) int { return max(1, int(d.Round(time.Second).Seconds())) }
