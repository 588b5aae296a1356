package citypack

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/routing"
	"huiyin/sla"
)

// Files writes the pack as the files that Read reads, with the members given.
// Passwords are not part of a pack.
func (p *Pack) Files(members []staff.Member) (map[string][]byte, error) {
	r := p.Routing
	rules := r
	rules.Units, rules.Categories, rules.Leaders = nil, nil, nil
	people := make([]member, 0, len(members))
	for _, m := range members {
		people = append(people, member{m.Login, m.Name, m.Unit, m.Roles})
	}
	parts := map[string]any{
		"city.yaml":       p.City,
		"units.yaml":      map[string][]routing.Unit{"units": r.Units},
		"categories.yaml": map[string][]routing.Category{"categories": r.Categories},
		"leaders.yaml":    map[string][]routing.Leader{"leaders": r.Leaders},
		"rules.yaml":      rules,
		"policies.yaml":   p.Time,
		"staff.yaml":      map[string][]member{"staff": people},
	}
	if len(p.Overlays) > 0 {
		parts[overlaysFile] = overlays{p.Overlays}
	}
	if !p.Search.empty() {
		parts[synonymsFile] = p.Search.file()
	}
	for _, y := range p.Years {
		parts[fmt.Sprintf("calendar-%d.yaml", y.Year)] = y
	}
	files := make(map[string][]byte, len(parts))
	for name, part := range parts {
		b, err := yaml.Marshal(part)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		files[name] = b
	}
	return files, nil
}

// YearItems gives the pack's calendar years alone as rows.
func (p *Pack) YearItems() ([]letter.CityItem, error) {
	w := writer{}
	w.years(p.Years)
	return w.items, w.err
}

func (w *writer) years(years []sla.Year) {
	for _, y := range years {
		w.add(kindCalendar, fmt.Sprint(y.Year), y, y.Source)
	}
}
