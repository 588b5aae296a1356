package portal

import (
	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/web/page"
)

// names gives what the city calls things, in the reader's language. English
// falls back to Chinese where the city wrote none.
type names struct {
	city *citypack.Snapshot
	lang page.Language
}

func (n names) choose(chinese, english string) string {
	if n.lang == page.English && english != "" {
		return english
	}
	return chinese
}

// unit is the name of a unit, "" for an id that the city does not have.
func (n names) unit(id string) string {
	u, ok := n.city.Router.Unit(id)
	if !ok {
		return ""
	}
	return n.choose(u.Name, u.NameEn)
}

func (n names) column(id letter.Column) string {
	if c, ok := n.city.Column(id); ok {
		return n.choose(c.Name, c.NameEn)
	}
	return page.T(n.lang, id.Word())
}

// category is the name of a category with that of its parent before it.
func (n names) category(code string) string {
	for _, c := range n.city.Pack.Routing.Categories {
		if c.Code == code {
			return n.choose(c.Name, c.NameEn)
		}
		for _, child := range c.Children {
			if child.Code == code {
				return n.choose(c.Name, c.NameEn) + " · " + n.choose(child.Name, child.NameEn)
			}
		}
	}
	return ""
}

func (n names) leader(l routing.Leader) string { return n.choose(l.Title, l.TitleEn) }

// choice is one entry of a select or of a group of radio buttons.
type choice struct {
	ID   string
	Name string
	Note string
}

func (n names) leaders() []choice {
	var list []choice
	for _, l := range n.city.Router.Leaders() {
		list = append(list, choice{ID: l.ID, Name: n.leader(l), Note: l.Duties})
	}
	return list
}

func (n names) units() []choice {
	var list []choice
	for _, u := range n.city.Router.Units() {
		list = append(list, choice{ID: u.ID, Name: n.choose(u.Name, u.NameEn)})
	}
	return list
}

// how explains the sender's clock; nil for a letter without one.
func how(city *citypack.Snapshot, l *letter.Letter) *page.How {
	clock, ok := l.Clock(letter.SenderClock)
	if !ok {
		return nil
	}
	k, ok := city.Clocks.Reckon(l, clock)
	if !ok {
		return nil
	}
	return &page.How{Reckoning: k}
}

// workingDays turns minutes in office hours into working days.
func workingDays(city *citypack.Snapshot, minutes int) float64 {
	return float64(minutes) / float64(city.Clocks.Calendar.OfficeMinutes())
}
