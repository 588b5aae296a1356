package api

import (
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// named is a unit or a category with its name in the reader's language.
type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// due is the end of a clock.
type due struct {
	At          time.Time `json:"at"`
	Date        string    `json:"date"`
	Provisional bool      `json:"provisional"`
	Limit       *limit    `json:"limit"` // null when a higher level set the due time
	Policy      string    `json:"policy"`
	Calendar    string    `json:"calendar"`
	*reckoning            // only where one letter is read
}

type limit struct {
	Amount int    `json:"amount"`
	Unit   string `json:"unit"`
}

// entry is one line of the timeline.
type entry struct {
	Seq  int         `json:"seq"`
	Step letter.Step `json:"step"`
	At   time.Time   `json:"at"`
	By   string      `json:"by"` // a unit's name or "sender"
	Text string      `json:"text"`
	Due  *time.Time  `json:"due,omitempty"` // where the step set a new one
	Was  *time.Time  `json:"was,omitempty"` // that was told before, where other rules moved it
}

// department is null for a letter that is with no unit, or whose unit is not told.
func department(city *citypack.Snapshot, id string, lang page.Language) *named {
	if id == "" {
		return nil
	}
	return &named{ID: id, Name: unitName(city, id, lang)}
}

func unitName(city *citypack.Snapshot, id string, lang page.Language) string {
	u, ok := city.Router.Unit(id)
	switch {
	case !ok:
		return id // a unit that the city has dissolved
	case lang == page.English && u.NameEn != "":
		return u.NameEn
	}
	return u.Name
}

func dueOf(c letter.Clock, zone *time.Location) *due {
	at := c.Due.In(zone)
	d := &due{
		At: at, Date: at.Format(time.DateOnly), Provisional: c.Provisional,
		Limit: &limit{c.Amount, c.Measure}, Policy: c.Policy, Calendar: c.Calendar,
	}
	if c.Policy == letter.ExternalPolicy {
		d.Limit = nil
	}
	return d
}

// moment is a time in the city's zone, null when there is none.
func moment(t time.Time, zone *time.Location) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.In(zone)
	return &t
}
