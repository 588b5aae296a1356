package citypack

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Area says what lies in a district: few people who write name the district itself.
type Area struct {
	District string   `yaml:"district" json:"district"`
	Places   []string `yaml:"places,flow" json:"places,omitempty"` // streets, estates, villages that lie in it and nowhere else
	Units    []string `yaml:"units,flow" json:"units,omitempty"`   // ids of units that serve it alone; their places lie in it too
}

// districts is how a text tells its district.
type districts struct {
	names map[rune][]placeName // by their first character, the longest first
	units map[string]string    // the district of a unit
}

type placeName struct{ name, district string }

// districts reads the areas. A name that would stand for two districts tells nothing, see checkAreas.
func (p *Pack) districts() *districts {
	d := &districts{names: map[rune][]placeName{}, units: map[string]string{}}
	for _, district := range p.City.Districts {
		d.add(district, district)
	}
	served := map[string]string{}
	for _, a := range p.City.Areas {
		for _, name := range a.Places {
			d.add(name, a.District)
		}
		for _, unit := range a.Units {
			served[unit] = a.District
		}
	}
	for _, u := range p.Routing.Units {
		district := cmp.Or(served[u.ID], served[u.Parent])
		if district == "" {
			continue
		}
		d.units[u.ID] = district
		for _, name := range u.Places {
			d.add(name, district)
		}
	}
	for _, list := range d.names {
		slices.SortStableFunc(list, func(a, b placeName) int { return cmp.Compare(len(b.name), len(a.name)) })
	}
	return d
}

func (d *districts) add(name, district string) {
	first, size := utf8.DecodeRuneInString(name)
	if size > 0 {
		d.names[first] = append(d.names[first], placeName{name, district})
	}
}

// in is the district of the first name that stands in the text.
func (d *districts) in(text string) string {
	for at, r := range text {
		for _, place := range d.names[r] {
			if strings.HasPrefix(text[at:], place.name) {
				return place.district
			}
		}
	}
	return ""
}

// District is where the first of the texts to name a district, or a place that the city knows to lie in one, says that
// the matter is; else the district of the unit, if that serves one alone; else empty. The texts are public ones. People
// write 东湖 for the lake as well, so a district's name without its 区 or 县 counts for nothing.
func (s *Snapshot) District(unit string, texts ...string) string {
	for _, text := range texts {
		if named := s.districts.in(text); named != "" {
			return named
		}
	}
	return s.districts.units[unit]
}

// checkAreas refuses an area of no district, units that do not exist, and places in two districts.
func (p *Pack) checkAreas(unit func(string) bool) error {
	lies := map[string]string{}
	for _, a := range p.City.Areas {
		if !slices.Contains(p.City.Districts, a.District) {
			return fmt.Errorf("city pack, areas: there is no district %q", a.District)
		}
		for _, id := range a.Units {
			if !unit(id) {
				return fmt.Errorf("city pack, area of %s: there is no unit %q", a.District, id)
			}
		}
		for _, name := range a.Places {
			if utf8.RuneCountInString(name) < 2 {
				return fmt.Errorf("city pack, area of %s: %q is too short to be a place", a.District, name)
			}
			if other := lies[name]; other != "" {
				return fmt.Errorf("city pack: %s lies in %s and in %s", name, other, a.District)
			}
			lies[name] = a.District
		}
	}
	return nil
}
