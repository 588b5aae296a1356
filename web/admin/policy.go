package admin

import (
	"fmt"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/sla"
	"huiyin/web/page"
)

type policyPage struct {
	page.Head
	Is       shownPolicy // in force
	Form     policyForm
	Units    []amount // to choose from
	Choices  choices
	New      bool // none of that id is there yet
	Today    string
	Versions []version
	Trial    *trial // of what was typed, nil before the preview
}

// fieldOnPage is one limit of the form, with the page that knows what is wrong with it.
type fieldOnPage struct {
	Page *policyPage
	Is   limitField
}

// Field puts a limit of the form into its page.
func (v *policyPage) Field(f limitField) fieldOnPage { return fieldOnPage{v, f} }

// version is one that was, is or will be.
type version struct {
	sla.Policy
	Limits []shownLimit
	State  string // a word
	At     time.Time
	By     string
}

var units = []amount{{sla.Limit{Unit: sla.WorkingDay}}, {sla.Limit{Unit: sla.CalendarDay}}, {sla.Limit{Unit: sla.WorkingHour}},
	{sla.Limit{Unit: sla.Hour}}, {sla.Limit{Unit: sla.Month}}}

var errNoPolicy = letter.Fail(letter.KindNotFound, "没有这条时限规则。")

// policy shows one policy with a form to change its numbers.
func (s *Server) policy(c *fiber.Ctx) error {
	p, err := s.policyOf(c)
	if err != nil {
		return err
	}
	v, err := s.policyNow(c, p)
	if err != nil {
		return err
	}
	v.New = p.Now.ID == ""
	v.Form = formOf(p.Now, v.Today)
	return s.set.Render(c, "policy", v)
}

func (s *Server) policyOf(c *fiber.Ctx) (citypack.PolicyVersions, error) {
	list, err := s.versions(c.UserContext())
	if err != nil {
		return citypack.PolicyVersions{}, err
	}
	if c.Params("id") == newID {
		return freshPolicy(list, s.Now().In(s.City().Zone())), nil
	}
	i := slices.IndexFunc(list, func(p citypack.PolicyVersions) bool { return p.ID == c.Params("id") && p.Now.ID != "" })
	if i < 0 {
		return citypack.PolicyVersions{}, errNoPolicy
	}
	return list[i], nil
}

func (s *Server) policyNow(c *fiber.Ctx, p citypack.PolicyVersions) (*policyPage, error) {
	changes, err := s.madeBy(c.UserContext())
	if err != nil {
		return nil, err
	}
	v := &policyPage{Head: page.Head{Title: "修改时限规则", Under: page.PathAdmin}, Is: s.shown(p.Now), Units: units, Choices: choicesOf(s.City()),
		Today: s.Now().In(s.City().Zone()).Format(time.DateOnly)}
	add := func(state string, list ...sla.Policy) {
		for _, q := range list {
			at, by := changes.of(q)
			v.Versions = append(v.Versions, version{q, s.shown(q).Limits, state, at, by})
		}
	}
	coming := slices.Clone(p.Coming)
	slices.Reverse(coming)
	add("将要生效", coming...)
	if p.Now.ID != "" {
		add("现行", p.Now)
	}
	add("以前", p.Before...)
	return v, nil
}

// tryPolicy shows what the typed numbers would do; nothing is saved.
func (s *Server) tryPolicy(c *fiber.Ctx) error { return s.typed(c, s.showTrial) }

// keepPolicy saves the numbers that were previewed as a new version.
func (s *Server) keepPolicy(c *fiber.Ctx) error { return s.typed(c, s.savePolicy) }

// typed reads the form; a refused one comes back with what was typed.
func (s *Server) typed(c *fiber.Ctx, then func(*fiber.Ctx, citypack.PolicyVersions, *policyPage, sla.Policy) error) error {
	was, err := s.policyOf(c)
	if err != nil {
		return err
	}
	v, err := s.policyNow(c, was)
	if err != nil {
		return err
	}
	v.New = was.Now.ID == ""
	v.Form = readForm(c)
	p, err := v.Form.policy(was.Now, s.City(), s.Now().In(s.City().Zone()))
	if err == nil && v.New {
		p.ID = was.ID
	}
	if err == nil {
		err = s.City().Clocks.WithPolicy(p).Check()
	}
	if err == nil {
		err = then(c, was, v, p)
	}
	if !letter.IsRefused(err) {
		return err
	}
	v.Refused(err)
	return s.set.Render(c, "policy", v)
}

func (s *Server) savePolicy(c *fiber.Ctx, was citypack.PolicyVersions, v *policyPage, p sla.Policy) error {
	rows, err := s.Store.CityHistory(c.UserContext(), "policy")
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return letter.Refuse("本市还没有自己的时限规则，请先导入城市包。")
	}
	if len(changed(was.Now, p)) == 0 {
		return errNothing
	}
	by, now := member(c).Login, s.Now()
	if p.From.Before(now) && v.Form.From == v.Today {
		p.From = now // today means from this moment on
	}
	if err := s.putPolicy(c, was, p, by, now); err != nil {
		return err
	}
	if err := s.ReadCity(c.UserContext()); err != nil {
		return err
	}
	s.Log.Info("policy changed", "by", by, "policy", p.ID, "from", p.From)
	page.Flash(c, "已保存“%s”，自 %s 起适用于新起算的期限。", p.Name, p.From.In(s.City().Zone()).Format("2006-01-02 15:04"))
	return c.Redirect(page.PathAdmin+"/policies", fiber.StatusSeeOther)
}

// putPolicy keeps a new version, or a policy that was not there.
func (s *Server) putPolicy(c *fiber.Ctx, was citypack.PolicyVersions, p sla.Policy, by string, now time.Time) error {
	if was.Now.ID != "" {
		return citypack.ChangePolicy(c.UserContext(), s.Store, p, was.Place, by, now)
	}
	known, err := s.versions(c.UserContext())
	if err != nil {
		return err
	}
	return citypack.AddPolicies(c.UserContext(), s.Store, []sla.Policy{p}, known, by, now)
}

// newID is in the address of the form for a policy that is not there yet.
const newID = "new"

// freshPolicy is a policy without numbers, under an id that nobody has.
func freshPolicy(known []citypack.PolicyVersions, now time.Time) citypack.PolicyVersions {
	day := now.Format("20060102")
	id := ""
	for n := 1; ; n++ {
		id = fmt.Sprintf("policy-%s-%d", day, n)
		if !slices.ContainsFunc(known, func(p citypack.PolicyVersions) bool { return p.ID == id }) {
			return citypack.PolicyVersions{ID: id}
		}
	}
}

var errNothing = letter.Refuse("数字、来源和名称都和现行的一样，没有什么要保存。")
