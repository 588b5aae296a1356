package portal

import (
	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/sla"
	"huiyin/web/page"
)

// howPage tells the rules that hold now: limits with their sources, and who
// answers for each column.
type howPage struct {
	page.Head
	Limits  []limit
	Columns []column
	Version string
}

// limit is how long an answer may take for one kind of letter.
type limit struct {
	Name   string
	Answer sla.Limit
	Redo   sla.Limit
	Source string
}

type column struct {
	Name        string
	Responsible string
	Deputy      string
	Unit        string
}

func (s *Server) how(c *fiber.Ctx) error {
	n := names{s.City(), page.Lang(c)}
	v := &howPage{Head: page.Head{Title: "办理规则"}, Version: n.city.Clocks.Calendar.Version()}
	for _, p := range n.city.Pack.Time.Policies {
		if answer, ok := p.Limits[letter.SenderClock]; ok {
			v.Limits = append(v.Limits, limit{Name: p.Name, Answer: answer, Redo: p.Limits[sla.RedoLimit], Source: p.Source})
		}
	}
	people, err := s.people(c)
	if err != nil {
		return err
	}
	for _, x := range n.city.Pack.City.Columns {
		v.Columns = append(v.Columns, column{
			Name: n.column(x.ID), Responsible: people[x.Responsible].name, Deputy: people[x.Deputy].name, Unit: n.unit(people[x.Responsible].unit),
		})
	}
	return s.set.Render(c, "how", v)
}

type person struct{ name, unit string }

// people are the members by login: those of the pack, and those of the database,
// which knows them better.
func (s *Server) people(c *fiber.Ctx) (map[string]person, error) {
	people := map[string]person{}
	for _, m := range s.City().Pack.Staff {
		people[m.Login] = person{m.Name, m.Unit}
	}
	members, err := s.Store.Members(c.UserContext())
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		people[m.Login] = person{m.Name, m.Unit}
	}
	return people, nil
}

// statementPage is a page of text that says how the site itself keeps to the law.
type statementPage struct{ page.Head }

func (s *Server) statement(name, title string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return s.set.Render(c, name, &statementPage{Head: page.Head{Title: title}})
	}
}
