package admin

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/sla"
	"huiyin/web/page"
)

// localPreview is what a change of the local calendar would do: a local order that comes or ends, other office hours.
type localPreview struct {
	Seen    string // version of the rules that it compares with
	Changed bool   // the calendar changed between preview and saving
	Minutes int    // of a working day after the change, 0: as before
	Changes []changedDay
	sla.Stir
	More bool
	Days int
}

// tryLocal counts what another pack would do to the open letters.
func (s *Server) tryLocal(c *fiber.Ctx, other *citypack.Pack) (*localPreview, *citypack.Snapshot, error) {
	city := s.City()
	tried, err := other.Snapshot(city.Zone(), city.Version)
	if err != nil {
		return nil, nil, err
	}
	v, now := &localPreview{Seen: city.Clocks.Version()}, s.Now()
	v.Changed = c.FormValue("seen") != "" && c.FormValue("seen") != v.Seen
	v.More, err = s.Store.EachOpen(c.UserContext(), readerOf(c), mostOpen, func(l *letter.Letter) error {
		v.Take(tried.Clocks.Moves(l, now))
		return nil
	})
	v.Days = days(v.Most)
	return v, tried, err
}

// compareSpecial lists the days of an order as they are for whom it is meant, before and after.
func compareSpecial(was, is *sla.Calendar, o sla.Overlay) []changedDay {
	var list []changedDay
	for _, special := range slices.Concat(o.Off, o.Work) {
		t, err := time.ParseInLocation(time.DateOnly, special.Date, is.Zone())
		if err != nil {
			continue // Check has refused it
		}
		t = t.Add(12 * time.Hour)
		if before, after := reason(was.Told(t)), reason(is.Told(t)); before != after {
			list = append(list, changedDay{t, before, after, is.Works(t), is.Works(t) != was.Works(t)})
		}
	}
	slices.SortFunc(list, func(a, b changedDay) int { return a.Date.Compare(b.Date) })
	return list
}

// kept takes changed rules over at once and says what follows.
func (s *Server) kept(c *fiber.Ctx, said string, args ...any) error {
	if err := s.ReadCity(c.UserContext()); err != nil {
		return err
	}
	page.Flash(c, said, args...)
	return c.Redirect(page.PathAdmin+"/calendar", fiber.StatusSeeOther)
}

// overlayRow is the row of a local order in force.
func (s *Server) overlayRow(ctx context.Context, id string) (letter.CityItem, error) {
	rows, err := s.Store.CityItems(ctx, s.Now(), citypack.KindOverlay)
	if err != nil {
		return letter.CityItem{}, err
	}
	i := slices.IndexFunc(rows, func(r letter.CityItem) bool { return r.ID == id })
	if i < 0 {
		return letter.CityItem{}, letter.Fail(letter.KindNotFound, "没有这个本地安排。")
	}
	return rows[i], nil
}

// orderID is the id of a new order: its day and the first number that is free.
func orderID(effective string, taken func(string) bool) string {
	n := 1
	for taken(fmt.Sprintf("%s-%d", effective, n)) {
		n++
	}
	return fmt.Sprintf("%s-%d", effective, n)
}
