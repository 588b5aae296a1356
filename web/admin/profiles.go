package admin

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/sla"
	"huiyin/web/page"
)

type profilePage struct {
	page.Head
	Is       citypack.Profile
	Name     string // in the reader's language, like About
	About    string
	Form     profileForm
	Policies []shownPolicy // for the letters chosen
	Topics   []routing.Category
	Columns  []letter.Column
	Channels []letter.Channel
	Today    string
	Trial    *trial
}

// profileForm says for which letters a profile is added, as typed.
type profileForm struct {
	Category, Column, Channel string
	From                      string // YYYY-MM-DD
}

var channels = []letter.Channel{letter.Web, letter.WeChat, letter.Hotline}

// profile shows a set of ready policies with a form that adds it.
func (s *Server) profile(c *fiber.Ctx) error {
	v, err := s.profileNow(c)
	if err != nil {
		return err
	}
	v.Form.From = v.Today
	return s.set.Render(c, "profile", v)
}

func (s *Server) profileNow(c *fiber.Ctx) (*profilePage, error) {
	is, err := citypack.ProfileOf(c.Params("id"))
	if err != nil {
		return nil, err
	}
	city := s.City()
	v := &profilePage{Head: page.Head{Title: "加入现成的规则", Under: page.PathAdmin}, Is: is, Topics: city.Pack.Routing.Categories,
		Columns: letter.Columns, Channels: channels, Today: s.Now().In(city.Zone()).Format(time.DateOnly)}
	v.Name, v.About = told(is, page.Lang(c))
	v.show(s, is.Policies)
	return v, nil
}

func (v *profilePage) show(s *Server, policies []sla.Policy) {
	v.Policies = nil
	for _, p := range policies {
		v.Policies = append(v.Policies, s.shown(p))
	}
}

// told is what a profile says of itself.
func told(p citypack.Profile, lang page.Language) (name, about string) {
	if lang == page.English {
		return p.NameEn, p.AboutEn
	}
	return p.Name, p.About
}

// tryProfile shows what the profile would do; nothing is saved.
func (s *Server) tryProfile(c *fiber.Ctx) error {
	return s.chosen(c, func(v *profilePage, added []sla.Policy) error {
		rules := s.City().Clocks
		names := make([]string, len(added))
		for i, p := range added {
			names[i] = p.ID
		}
		t := &trial{From: added[0].From}
		if err := s.try(c, t, rules.WithFirst(added...), rules, rules.AlwaysFirst(added...), names...); err != nil {
			return err
		}
		v.Trial = t
		return s.set.Render(c, "profile", v)
	})
}

// keepProfile adds the policies of the profile to the city's.
func (s *Server) keepProfile(c *fiber.Ctx) error {
	return s.chosen(c, func(v *profilePage, added []sla.Policy) error {
		known, err := s.versions(c.UserContext())
		if err != nil {
			return err
		}
		by, now := member(c).Login, s.Now()
		for i := range added {
			if v.Form.From == v.Today {
				added[i].From = now // today means from this moment on
			}
		}
		if err := citypack.AddPolicies(c.UserContext(), s.Store, added, known, by, now); err != nil {
			return err
		}
		if err := s.ReadCity(c.UserContext()); err != nil {
			return err
		}
		s.Log.Info("profile added", "by", by, "profile", v.Is.ID, "policies", len(added))
		page.Flash(c, "已加入“%s”，自 %s 起适用于新起算的期限。", v.Is.Name, added[0].From.In(s.City().Zone()).Format("2006-01-02 15:04"))
		return c.Redirect(page.PathAdmin+"/policies", fiber.StatusSeeOther)
	})
}

// chosen reads the form; a refused one comes back with what was typed.
func (s *Server) chosen(c *fiber.Ctx, then func(*profilePage, []sla.Policy) error) error {
	v, err := s.profileNow(c)
	if err != nil {
		return err
	}
	v.Form = profileForm{c.FormValue("category"), c.FormValue("column"), c.FormValue("channel"), c.FormValue("from")}
	added, err := s.policiesOf(c, v)
	if err == nil {
		v.show(s, added)
		err = then(v, added)
	}
	if !letter.IsRefused(err) {
		return err
	}
	v.Refused(err)
	return s.set.Render(c, "profile", v)
}

// policiesOf are the policies of the profile for the letters of the form.
func (s *Server) policiesOf(c *fiber.Ctx, v *profilePage) ([]sla.Policy, error) {
	f, wrong := v.Form, map[string]string{}
	from := policyForm{From: f.From}.from(s.Now().In(s.City().Zone()), wrong)
	if f.Category != "" && !s.City().Router.HasCategory(f.Category) {
		wrong["category"] = "没有这个分类。"
	}
	if f.Column != "" && !letter.Column(f.Column).Known() {
		wrong["column"] = "没有这个栏目。"
	}
	if f.Channel != "" && !letter.Channel(f.Channel).Known() {
		wrong["channel"] = "没有这个渠道。"
	}
	if v.Is.Narrow && f.Category == "" {
		wrong["category"] = "请选择类别。"
	}
	if len(wrong) > 0 {
		return nil, letter.Invalid("有几处需要改一下。", wrong)
	}
	added, err := v.Is.For(citypack.Scope{Category: f.Category, Column: letter.Column(f.Column), Channel: letter.Channel(f.Channel)})
	if err != nil {
		return nil, err
	}
	known, err := s.versions(c.UserContext())
	if err != nil {
		return nil, err
	}
	for i := range added {
		added[i].From = from
		for _, v := range known {
			if v.ID == added[i].ID {
				return nil, letter.Refuse("这些来信已经有“%s”这条规则，请直接修改它。", added[i].Name)
			}
		}
	}
	return added, s.City().Clocks.WithFirst(added...).Check()
}
