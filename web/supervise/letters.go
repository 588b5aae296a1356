package supervise

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/web/page"
)

const perPage = 50

// noUnit stands in an address for the letters that are with no unit yet.
const noUnit = "none"

// lettersPage holds the letters behind a number.
type lettersPage struct {
	page.Head
	Meaning meaning
	Unit    string // name, "" for all
	From    time.Time
	To      time.Time // last day
	Letters []standing
	Pages   page.Pages
}

// letters opens a number: the same condition that counted lists.
func (s *Server) letters(c *fiber.Ctx) error {
	city, lang := s.City(), page.Lang(c)
	now := s.Now().In(city.Zone())
	m, ok := meaningOf(store.Figure(c.Query("figure", string(store.Overdue))))
	if !ok {
		return badAddress("figure")
	}
	v := &lettersPage{Head: page.Head{Title: m.Word}, Meaning: m}
	f, atPresent := present(m.Figure, city, now)
	if !atPresent {
		if err := v.period(c, now); err != nil {
			return err
		}
		period := sofar(store.Period{From: v.From, To: v.To.AddDate(0, 0, 1)}, now)
		f = store.Filter{Figure: m.Figure, Period: period, Now: now, Order: orderOf(m.Figure)}
	}
	if err := v.ofUnit(c.Query("unit"), &f, city, lang); err != nil {
		return err
	}
	if err := v.routedTo(c.Query("routed"), &f, city, lang); err != nil {
		return err
	}
	at, err := strconv.Atoi(c.Query("page", "1"))
	if err != nil || at < 1 || at > 10_000 {
		return badAddress("page")
	}
	rows, total, err := s.Store.List(c.UserContext(), readerOf(c), f, store.Page{Number: at, Size: perPage})
	if err != nil {
		return err
	}
	v.Letters = standings(rows, city, now, lang)
	v.Pages = page.Pages{Page: at, PerPage: perPage, Total: total, Address: c.OriginalURL()}
	return s.set.Render(c, "letters", v)
}

// period reads from= and to=; without them it is the present month.
func (v *lettersPage) period(c *fiber.Ctx, now time.Time) error {
	v.From, v.To = firstOf(now), now
	for name, into := range map[string]*time.Time{"from": &v.From, "to": &v.To} {
		text := c.Query(name)
		if text == "" {
			continue
		}
		day, err := time.ParseInLocation(time.DateOnly, text, now.Location())
		if err != nil {
			return badAddress(name)
		}
		*into = day
	}
	if v.From.After(v.To) {
		return badAddress("from")
	}
	return nil
}

func (v *lettersPage) ofUnit(id string, f *store.Filter, city *citypack.Snapshot, lang page.Language) error {
	switch id {
	case "":
		return nil
	case noUnit:
		f.Units, v.Unit = []string{""}, unitName(city, "", lang)
		return nil
	}
	if len(id) > 50 {
		return badAddress("unit")
	}
	f.Units, v.Unit = []string{id}, unitName(city, id, lang)
	return nil
}

// routedTo narrows the list to what the router sent to a unit.
func (v *lettersPage) routedTo(id string, f *store.Filter, city *citypack.Snapshot, lang page.Language) error {
	if id == "" {
		return nil
	}
	if len(id) > 50 {
		return badAddress("routed")
	}
	f.Routed = id
	if v.Unit == "" {
		v.Unit = unitName(city, id, lang)
	}
	return nil
}

func orderOf(f store.Figure) store.Order {
	switch f {
	case store.ReceivedIn, store.SentAlone, store.SentByHand, store.StayedAlone, store.Astray, store.SentBack:
		return store.ByNewest
	case store.AnsweredIn, store.OnTimeIn:
		return store.ByAnswered
	}
	return store.BySenderDue
}

func badAddress(field string) error {
	return letter.Invalid("这个网址不完整或者有误。请从督办页面点数字进来。", map[string]string{field: "这个网址不完整或者有误。请从督办页面点数字进来。"})
}
