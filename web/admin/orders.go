package admin

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/sla"
	"huiyin/web/page"
)

type orderPage struct {
	page.Head
	Form  orderForm
	Units []routing.Unit
	Trial *localPreview // nil before the preview
	For   string        // name of the unit, "" for the city
}

// orderForm is a local order as typed.
type orderForm struct {
	Unit, Below, Off, Work, Effective, Source string
}

// order shows the form of a new local order.
func (s *Server) order(c *fiber.Ctx) error {
	v := s.orderNow()
	v.Form.Effective = s.Now().In(s.City().Zone()).Format(time.DateOnly)
	return s.set.Render(c, "order", v)
}

func (s *Server) orderNow() *orderPage {
	return &orderPage{Head: page.Head{Title: "登记本地安排", Under: page.PathAdmin}, Units: s.City().Router.Tree()}
}

// tryOrder shows what the order would do; nothing is saved.
func (s *Server) tryOrder(c *fiber.Ctx) error {
	return s.ordered(c, func(v *orderPage, _ sla.Overlay) error { return s.set.Render(c, "order", v) })
}

// keepOrder puts the order in force that was previewed.
func (s *Server) keepOrder(c *fiber.Ctx) error {
	return s.ordered(c, func(v *orderPage, o sla.Overlay) error {
		if v.Trial.Changed {
			return s.set.Render(c, "order", v)
		}
		by := member(c).Login
		if err := citypack.AddOverlay(c.UserContext(), s.Store, o, by, s.Now()); err != nil {
			return err
		}
		s.Log.Info("local order added", "by", by, "order", o.ID)
		return s.kept(c, "已登记本地安排。办理中的来信随后按新日历重算期限，已经告知的日期不会提前。")
	})
}

// ordered reads the form and tries it; a refused one comes back with what was typed.
func (s *Server) ordered(c *fiber.Ctx, then func(*orderPage, sla.Overlay) error) error {
	v, city := s.orderNow(), s.City()
	read := func(name string) string { return strings.TrimSpace(c.FormValue(name)) }
	v.Form = orderForm{read("unit"), read("below"), read("off"), read("work"), read("effective"), read("source")}
	o, err := v.Form.overlay(city)
	if err == nil {
		var tried *citypack.Snapshot
		if v.Trial, tried, err = s.tryLocal(c, city.Pack.WithOverlay(o)); err == nil {
			v.For = nameOf(v.Form.Unit, city.Router.Name)
			v.Trial.Changes = compareSpecial(city.Clocks.CalendarOf(v.Form.Unit), tried.Clocks.CalendarOf(v.Form.Unit), o)
			err = then(v, o)
		}
	}
	if !letter.IsRefused(err) {
		return err
	}
	v.Trial = nil
	v.Refused(err)
	return s.set.Render(c, "order", v)
}

// overlay is the order, or what is wrong with the form: each field with the line of the fault.
func (f orderForm) overlay(city *citypack.Snapshot) (sla.Overlay, error) {
	wrong := map[string]string{}
	o := sla.Overlay{Source: f.Source, Effective: f.Effective, Off: specials("off", f.Off, wrong), Work: specials("work", f.Work, wrong)}
	if _, known := city.Router.Unit(f.Unit); f.Unit != "" && !known {
		wrong["unit"] = "没有这个单位。"
	}
	if o.Unit = f.Unit; f.Below != "" {
		o.Unit, o.Region = "", f.Unit
	}
	if f.Source == "" || utf8.RuneCountInString(f.Source) > longestSource {
		wrong["source"] = "请写明依据哪个文件，最多 500 字。"
	}
	if _, err := time.Parse(time.DateOnly, f.Effective); err != nil {
		wrong["effective"] = "请写成 2026-12-01 的样子。"
	}
	if f.Off == "" && f.Work == "" {
		wrong["off"] = "请写出不上班或者上班的日期，至少一天。"
	}
	if len(wrong) > 0 {
		return o, letter.Invalid("有几处需要改一下。", wrong)
	}
	o.ID = orderID(f.Effective, func(id string) bool {
		for _, known := range city.Pack.Overlays {
			if known.ID == id {
				return true
			}
		}
		return false
	})
	return o, o.Check()
}

// mostDays is how many days one order may name.
const mostDays = 60

// specials reads one day a line, with its name behind it.
func specials(field, text string, wrong map[string]string) []sla.Special {
	var list []sla.Special
	for n, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if _, err := time.Parse(time.DateOnly, words[0]); err != nil || len(list) == mostDays {
			wrong[field] = fmt.Sprintf("见第 %d 行。", n+1)
			return nil
		}
		list = append(list, sla.Special{Date: words[0], Name: strings.Join(words[1:], " ")})
	}
	return list
}

type orderEndPage struct {
	page.Head
	Order localOrder
	Trial *localPreview
}

// orderEnd shows what it would do to end a local order.
func (s *Server) orderEnd(c *fiber.Ctx) error {
	v, _, err := s.orderEndNow(c)
	if err != nil {
		return err
	}
	return s.set.Render(c, "order_end", v)
}

func (s *Server) orderEndNow(c *fiber.Ctx) (*orderEndPage, letter.CityItem, error) {
	row, err := s.overlayRow(c.UserContext(), c.Params("id"))
	if err != nil {
		return nil, row, err
	}
	v := &orderEndPage{Head: page.Head{Title: "停用本地安排", Under: page.PathAdmin}}
	for _, o := range s.localOrders() {
		if o.ID == row.ID {
			v.Order = o
		}
	}
	city := s.City()
	trial, tried, err := s.tryLocal(c, city.Pack.WithoutOverlay(row.ID))
	if err != nil {
		return nil, row, err
	}
	whom := v.Order.Unit + v.Order.Region
	trial.Changes = compareSpecial(city.Clocks.CalendarOf(whom), tried.Clocks.CalendarOf(whom), v.Order.Overlay)
	v.Trial = trial
	return v, row, nil
}

// endOrder ends it; the order stays on record.
func (s *Server) endOrder(c *fiber.Ctx) error {
	v, row, err := s.orderEndNow(c)
	if err != nil {
		return err
	}
	if v.Trial.Changed {
		return s.set.Render(c, "order_end", v)
	}
	by := member(c).Login
	if err := citypack.EndOverlay(c.UserContext(), s.Store, row, by, s.Now()); err != nil {
		return err
	}
	s.Log.Info("local order ended", "by", by, "order", row.ID)
	return s.kept(c, "已停用本地安排。办理中的来信随后按新日历重算期限，已经告知的日期不会提前。")
}
