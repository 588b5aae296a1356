package api

import (
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// reckoning is how a clock came to its due time, as data.
type reckoning struct {
	Started    time.Time       `json:"started"`
	Step       letter.Step     `json:"step"` // that started it
	PolicyName string          `json:"policy_name,omitempty"`
	Source     string          `json:"source,omitempty"` // of the number
	Grounds    []letter.Ground `json:"grounds,omitempty"`
	Days       []letter.Day    `json:"days,omitempty"`
	CountedBy  string          `json:"counted_by,omitempty"` // version of the calendar that the days are of
	Pauses     []pause         `json:"pauses,omitempty"`
	Counted    *time.Time      `json:"counted,omitempty"` // by the limit alone, where another time holds
	Told       *time.Time      `json:"told,omitempty"`    // told before and kept
	Passed     bool            `json:"told_had_passed,omitempty"`
	Approved   *time.Time      `json:"approved,omitempty"` // by an extension
	Extended   *time.Time      `json:"extended,omitempty"` // that time put off by later pauses
	Recount    *recount        `json:"recount,omitempty"`
}

type pause struct {
	From  time.Time  `json:"from"`
	Until *time.Time `json:"until"` // of one that lasts: when it would end by itself
	Why   string     `json:"why"`
	Lasts bool       `json:"lasts"`
}

// recount is what the present rules give where the clock, counted by others, keeps another time.
type recount struct {
	At       time.Time `json:"at"`
	Calendar string    `json:"calendar"`
}

// explained is the end of the sender's clock with the way there, nil for a letter without one.
func explained(city *citypack.Snapshot, l *letter.Letter, lang page.Language) *due {
	clock, ok := l.Clock(letter.SenderClock)
	if !ok {
		return nil
	}
	k, ok := city.Clocks.Reckon(l, clock)
	if !ok {
		return dueOf(clock, city.Zone())
	}
	return reckoned(k, city.Zone(), lang)
}

func reckoned(k letter.Reckoning, zone *time.Location, lang page.Language) *due {
	d := dueOf(k.Clock, zone)
	d.reckoning = &reckoning{
		Started: k.Clock.Started.In(zone), Step: k.Step, PolicyName: page.T(lang, k.Policy), Source: page.T(lang, k.Source),
		Counted: moment(k.Counted, zone), Told: moment(k.Told, zone), Passed: k.Fixed,
		Approved: moment(k.Approved, zone), Extended: moment(k.Extended, zone),
	}
	if !k.Recount.IsZero() {
		d.Recount = &recount{k.Recount.In(zone), k.Calendar}
		return d
	}
	d.CountedBy = k.Calendar
	for _, g := range k.Grounds {
		d.Grounds = append(d.Grounds, letter.Ground{Rule: page.T(lang, g.Rule), Article: page.T(lang, g.Article)})
	}
	for _, day := range k.Days {
		day.Why = page.Why(lang, day.Why)
		d.Days = append(d.Days, day)
	}
	for _, p := range k.Pauses {
		d.Pauses = append(d.Pauses, pause{p.From.In(zone), moment(p.Until, zone), page.Why(lang, p.Why), p.Lasts})
	}
	return d
}

// clock is one limit of a letter as members see it.
type clock struct {
	Name     string     `json:"clock"`
	Part     int        `json:"part,omitempty"` // number of the co-handling part
	Unit     *named     `json:"unit"`           // that it measures, null for the sender's
	Paused   *time.Time `json:"paused_since"`
	Stopped  *time.Time `json:"stopped"`
	Silenced bool       `json:"silenced"` // an interim reply that is owed after the answer: nobody is pressed for it
	Due      *due       `json:"due"`
}

// clocks lists every limit of the letter, those that run first.
func clocks(city *citypack.Snapshot, l *letter.Letter, lang page.Language) []clock {
	list := []clock{}
	for _, k := range city.Clocks.Reckonings(l) {
		c := k.Clock
		list = append(list, clock{
			Name: c.Name, Part: c.Part, Unit: department(city, c.Unit, lang), Silenced: k.Silenced,
			Paused: moment(c.PausedSince, city.Zone()), Stopped: moment(c.Stopped, city.Zone()), Due: reckoned(k, city.Zone(), lang),
		})
	}
	return list
}
