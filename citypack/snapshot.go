package citypack

import (
	"crypto/sha256"
	"fmt"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/routing"
	"huiyin/sla"
)

// Snapshot is the city's rules in force at one moment, ready to work with. It
// never changes; a change of the rules makes a new one.
type Snapshot struct {
	Pack    *Pack
	Router  *routing.Router // with what was learned
	Rules   *routing.Router // the rules alone
	Clocks  *sla.Rules
	Version string // of the rows it was built from
	Damaged string // version of a model that should be in use and cannot be read

	districts *districts
}

// Taught is the same city with a router that also asks a model; damaged names one that could not be read.
func (s *Snapshot) Taught(r *routing.Router, damaged string) *Snapshot {
	other := *s
	other.Router, other.Damaged = r, damaged
	return &other
}

// Snapshot builds router, calendar and policies, or says what is wrong with the pack.
func (p *Pack) Snapshot(zone *time.Location, version string) (*Snapshot, error) {
	cfg := p.Routing
	cfg.Version = version
	router, err := routing.New(cfg)
	if err != nil {
		return nil, err
	}
	calendar, err := sla.NewCalendar(zone, p.calendarVersion(), p.Time.Hours, p.Years...)
	if err != nil {
		return nil, err
	}
	rules, err := p.rules(calendar)
	if err != nil {
		return nil, err
	}
	return &Snapshot{Pack: p, Router: router, Rules: router, Clocks: rules, Version: version, districts: p.districts()}, nil
}

// calendarVersion names the notices and office hours a limit was counted with:
// it changes with them and with nothing else.
func (p *Pack) calendarVersion() string {
	h := sha256.New()
	newest := 0
	for _, y := range p.Years {
		if y.Empty() {
			continue // not announced, whatever row stands for it
		}
		fmt.Fprintf(h, "%d %v %v\n", y.Year, y.Off, y.Work)
		newest = max(newest, y.Year)
	}
	fmt.Fprintf(h, "%v", p.Time.Hours)
	return fmt.Sprintf("%d-%x", newest, h.Sum(nil)[:3])
}

// Zone is the city's time zone.
func (s *Snapshot) Zone() *time.Location { return s.Clocks.Calendar.Zone() }

// Cover fills in which units below his own the member works for.
func (s *Snapshot) Cover(m staff.Member) staff.Member {
	m.Covers = s.Router.Under(m.Unit)
	return m
}

// Column gives the column's names and the members who answer for it.
func (s *Snapshot) Column(id letter.Column) (Column, bool) {
	for _, c := range s.Pack.City.Columns {
		if c.ID == id {
			return c, true
		}
	}
	return Column{}, false
}

// Category gives the name of a category by its code, "" when there is none.
func (s *Snapshot) Category(code string) string {
	for _, c := range s.Pack.Routing.Categories {
		if c.Code == code {
			return c.Name
		}
		for _, child := range c.Children {
			if child.Code == code {
				return c.Name + " · " + child.Name
			}
		}
	}
	return ""
}

// actors are the roles whose members may stand in for a step of a story.
var actors = map[letter.Party]staff.Role{
	letter.ByOperator: staff.Operator, letter.ByDispatcher: staff.Dispatcher, letter.ByDuty: staff.Duty,
	letter.ByUnit: staff.Handler, letter.ByReviewer: staff.Reviewer, letter.BySupervisor: staff.Supervisor, letter.ByLeader: staff.Leader,
}

// Cast chooses a member who may take the step on a letter of the unit: one of
// the pack's, or a handler of the unit without an account. avoid is the login of
// somebody whose step needs a second person. The zero Member: nobody may.
func (s *Snapshot) Cast(step letter.Step, unit, guard, avoid string) staff.Member {
	row, _ := letter.Row(step)
	for _, party := range row.By {
		if guard == letter.GuardDuty && party == letter.ByDispatcher {
			continue
		}
		if actors[party] == staff.Handler {
			return s.handler(unit)
		}
		for _, m := range s.Pack.Staff {
			if m.Has(actors[party]) && m.Login != avoid {
				return s.Cover(m)
			}
		}
	}
	return staff.Member{}
}

func (s *Snapshot) handler(unit string) staff.Member {
	for _, m := range s.Pack.Staff {
		if m.Has(staff.Handler) && m.Unit == unit {
			return s.Cover(m)
		}
	}
	return staff.Member{Login: "renyuan-" + unit, Name: "承办人", Unit: unit, Roles: []staff.Role{staff.Handler}}
}
