package admin

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/sla"
)

// trial is what a change of a policy would do.
type trial struct {
	From    time.Time
	Changes []change
	Moves   sla.Stir // as it will be: what runs keeps the limits of its day
	Would   sla.Stir // if the new numbers held for the open letters too
	Days    int
	Past    sla.Past
	Quarter quarter
	More    bool // not all open letters were tried
	Older   bool // not all answers of the quarter
}

// change is a number, a source or the name that becomes another.
type change struct {
	What             string
	Was, Is          string // of texts
	WasLimit, Limit  amount // of numbers
	IsSource, IsText bool
	IsWord           bool // a text that is translated
}

// quarter is the one that has ended last.
type quarter struct {
	Year, Number int
	store.Period
}

func lastQuarter(now time.Time) quarter {
	first := time.Date(now.Year(), (now.Month()-1)/3*3+1, 1, 0, 0, 0, 0, now.Location())
	from := first.AddDate(0, -3, 0)
	return quarter{from.Year(), (int(from.Month())-1)/3 + 1, store.Period{From: from, To: first}}
}

// Percent is the share of answers in time, in whole percent.
func (t *trial) Percent(tally sla.Tally) int {
	if tally.Answers == 0 {
		return 0
	}
	return (tally.OnTime*100 + tally.Answers/2) / tally.Answers
}

func (s *Server) showTrial(c *fiber.Ctx, was citypack.PolicyVersions, v *policyPage, p sla.Policy) error {
	t := &trial{From: p.From, Changes: changed(was.Now, p)}
	if len(t.Changes) == 0 {
		return errNothing
	}
	s.nameChanges(t.Changes)
	rules := s.City().Clocks
	v.Trial = t
	will, is, would := rules.WithPolicy(p), rules.Always(was.Now), rules.Always(p)
	if v.New {
		will, is, would = rules.WithFirst(p), rules, rules.AlwaysFirst(p)
	}
	if err := s.try(c, t, will, is, would, p.ID); err != nil {
		return err
	}
	return s.set.Render(c, "policy", v)
}

// try goes over the letters: what will becomes of the open ones, and how the answered ones stand under two sets of rules
// that had always held. ids are the policies in question.
func (s *Server) try(c *fiber.Ctx, t *trial, will, is, would *sla.Rules, ids ...string) error {
	if err := s.tryOpen(c, t, will, would); err != nil {
		return err
	}
	return s.tryAnswered(c, t, is, would, ids)
}

// tryOpen goes over the open letters once for both questions.
func (s *Server) tryOpen(c *fiber.Ctx, t *trial, will, would *sla.Rules) (err error) {
	now := s.Now()
	t.More, err = s.Store.EachOpen(c.UserContext(), readerOf(c), mostOpen, func(l *letter.Letter) error {
		t.Moves.Take(will.Moves(l, now))
		t.Would.Take(would.Moves(l, now))
		return nil
	})
	t.Days = days(t.Would.Most)
	return err
}

// tryAnswered judges the answers of the last quarter as if the present numbers had held for them all, and the new ones.
func (s *Server) tryAnswered(c *fiber.Ctx, t *trial, is, would *sla.Rules, ids []string) (err error) {
	t.Quarter = lastQuarter(s.Now().In(s.City().Zone()))
	t.Older, err = s.Store.EachAnswered(c.UserContext(), readerOf(c), t.Quarter.Period, mostAnswered, func(l *letter.Letter) error {
		t.Past.Take(l, is, would, ids...)
		return nil
	})
	return err
}

// changed lists what differs between two versions.
func changed(was, is sla.Policy) []change {
	var list []change
	text := func(what, a, b string, source bool) {
		if a != b {
			list = append(list, change{What: what, Was: a, Is: b, IsText: true, IsSource: source})
		}
	}
	text("名称", was.Name, is.Name, false)
	text("来源", was.Source, is.Source, false)
	word := func(what, a, b string) {
		if a != b {
			list = append(list, change{What: what, Was: a, Is: b, IsText: true, IsWord: true})
		}
	}
	word("紧急程度", was.Urgency.Word(), is.Urgency.Word())
	text("单位", was.Unit, is.Unit, false)
	text("类别", was.Category, is.Category, false)
	word("类型", was.Kind.Word(), is.Kind.Word())
	word("栏目", was.Column.Word(), is.Column.Word())
	word("渠道", was.Channel.Word(), is.Channel.Word())
	word("期限起算", startWords[startOf(was)], startWords[startOf(is)])
	text("延期次数", times(was.Extensions), times(is.Extensions), false)
	text("各级提示", citypack.WriteRungs(was.Rungs), citypack.WriteRungs(is.Rungs), false)
	for _, l := range labels {
		if a, b := was.Limits[l.Name], is.Limits[l.Name]; a != b {
			list = append(list, change{What: l.Label, WasLimit: amount{a}, Limit: amount{b}})
		}
		text(l.Label, was.Sources[l.Name], is.Sources[l.Name], true)
	}
	return list
}

func times(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// nameChanges shows units and categories by their names.
func (s *Server) nameChanges(changes []change) {
	city := s.City()
	for i := range changes {
		c := &changes[i]
		switch c.What {
		case "单位":
			c.Was, c.Is = nameOf(c.Was, city.Router.Name), nameOf(c.Is, city.Router.Name)
		case "类别":
			c.Was, c.Is = nameOf(c.Was, city.Category), nameOf(c.Is, city.Category)
		}
	}
}
