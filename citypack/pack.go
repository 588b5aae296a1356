// Package citypack is a city as data: its units, rules, limits, calendar, people and columns, read from a pack of YAML files or from the rows of the database.
package citypack

import (
	"embed"
	"fmt"
	"io/fs"
	"time"

	"gopkg.in/yaml.v3"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/routing"
	"huiyin/sla"
)

// Pack is a whole city.
type Pack struct {
	City     City
	Routing  routing.Config
	Time     sla.Profile // office hours and policies
	Years    []sla.Year
	Overlays []sla.Overlay  // local orders over the calendar
	Search   Search         // what the search is told about words
	Staff    []staff.Member // in packs only: the database keeps members in a table of their own

	policies []sla.Policy // in all their versions, see Remember; none: those of Time always held
}

// City is what the pages show of the city itself.
type City struct {
	Name      string   `yaml:"name" json:"name"`
	NameEn    string   `yaml:"name_en" json:"name_en"`
	Slogan    string   `yaml:"slogan" json:"slogan"`
	Host      string   `yaml:"host" json:"host"` // id of the unit that runs the site
	Hotline   string   `yaml:"hotline" json:"hotline"`
	Columns   []Column `yaml:"columns" json:"columns"`
	Districts []string `yaml:"districts" json:"districts"`
	Words     []string `yaml:"words" json:"words"` // place names and words that the dictionary lacks

	Notices *sla.Notices `yaml:"notices,omitempty" json:"notices,omitempty"` // when members are told; nil: sla.DefaultNotices
}

// Column is a place of the site with the member who answers for it and a deputy.
type Column struct {
	ID          letter.Column `yaml:"id" json:"id"`
	Name        string        `yaml:"name" json:"name"`
	NameEn      string        `yaml:"name_en" json:"name_en"`
	Responsible string        `yaml:"responsible" json:"responsible"` // login
	Deputy      string        `yaml:"deputy" json:"deputy"`           // login
}

//go:embed demo
var demo embed.FS

// Demo is the demonstration city.
func Demo() (*Pack, error) {
	dir, err := fs.Sub(demo, "demo")
	if err != nil {
		return nil, err
	}
	return Read(dir)
}

// Read reads a pack from a folder of YAML files; an error names the file.
func Read(dir fs.FS) (*Pack, error) {
	p, uses := &Pack{}, struct {
		Profiles []use `yaml:"profiles"`
	}{}
	files := []struct {
		name string
		into any
	}{
		{"city.yaml", &p.City},
		{"units.yaml", &p.Routing}, {"categories.yaml", &p.Routing}, {"rules.yaml", &p.Routing}, {"leaders.yaml", &p.Routing},
		{"policies.yaml", &p.Time}, {"policies.yaml", &uses},
	}
	for _, f := range files {
		if err := decode(dir, f.name, f.into); err != nil {
			return nil, err
		}
	}
	if err := p.use(uses.Profiles); err != nil {
		return nil, fmt.Errorf("city pack, policies.yaml: %w", err)
	}
	return p, p.readRest(dir)
}

// member is a member as the pack writes him; the tags of staff are for rows.
type member struct {
	Login string       `yaml:"login"`
	Name  string       `yaml:"name"`
	Unit  string       `yaml:"unit"`
	Roles []staff.Role `yaml:"roles"`
}

// overlaysFile holds the local orders, in packs of cities that have any.
const overlaysFile = "overlays.yaml"

type overlays struct {
	Overlays []sla.Overlay `yaml:"overlays"`
}

func (p *Pack) readRest(dir fs.FS) error {
	var people struct {
		Staff []member `yaml:"staff"`
	}
	if err := decode(dir, "staff.yaml", &people); err != nil {
		return err
	}
	for _, m := range people.Staff {
		p.Staff = append(p.Staff, staff.Member{Login: m.Login, Name: m.Name, Unit: m.Unit, Roles: m.Roles})
	}
	if _, err := fs.Stat(dir, overlaysFile); err == nil {
		var orders overlays
		if err := decode(dir, overlaysFile, &orders); err != nil {
			return err
		}
		p.Overlays = orders.Overlays
	}
	if err := p.readSynonyms(dir); err != nil {
		return err
	}
	years, err := fs.Glob(dir, "calendar-*.yaml")
	if err != nil {
		return err
	}
	for _, name := range years {
		var y sla.Year
		if err := decode(dir, name, &y); err != nil {
			return err
		}
		p.Years = append(p.Years, y)
	}
	return p.Check()
}

func decode(dir fs.FS, name string, into any) error {
	b, err := fs.ReadFile(dir, name)
	if err != nil {
		return fmt.Errorf("city pack: %w", err)
	}
	if err := yaml.Unmarshal(b, into); err != nil {
		return fmt.Errorf("city pack, %s: %w", name, err)
	}
	return nil
}

// Check says what in the pack contradicts itself: a router that cannot be built,
// a column without a responsible member, a member of an unknown unit.
func (p *Pack) Check() error {
	snapshot, err := p.Snapshot(time.UTC, "")
	if err != nil {
		return fmt.Errorf("city pack: %w", err)
	}
	if err := snapshot.Notices().Check(); err != nil {
		return fmt.Errorf("city pack: %w", err)
	}
	if err := p.Search.Check(); err != nil {
		return fmt.Errorf("city pack, %s: %w", synonymsFile, err)
	}
	router := snapshot.Router
	people := map[string]bool{}
	for _, m := range p.Staff {
		if err := m.Check(); err != nil {
			return fmt.Errorf("city pack, member %s: %w", m.Login, err)
		}
		if _, ok := router.Unit(m.Unit); m.Unit != "" && !ok {
			return fmt.Errorf("city pack, member %s: there is no unit %q", m.Login, m.Unit)
		}
		people[m.Login] = true
	}
	if err := p.sealedPath(); err != nil {
		return fmt.Errorf("city pack: %w", err)
	}
	for _, c := range p.City.Columns {
		if !c.ID.Known() {
			return fmt.Errorf("city pack: there is no column %q", c.ID)
		}
		if !people[c.Responsible] || !people[c.Deputy] {
			return fmt.Errorf("city pack, column %s: it needs a responsible member and a deputy who exist", c.ID)
		}
	}
	return nil
}
