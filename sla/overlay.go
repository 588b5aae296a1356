package sla

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"huiyin/internal/letter"
)

// Overlay is a local order that lies over the State Council's notices: days on
// which a region or a unit does not work although others do, or works although
// others do not. Governments of minority areas set holidays of their own
// (全国年节及纪念日放假办法), offices close for a typhoon, a window works through a
// holiday. It never makes a year known that is not announced.
type Overlay struct {
	ID        string    `json:"id" yaml:"id"`
	Region    string    `json:"region,omitempty" yaml:"region"` // "" is the whole city
	Unit      string    `json:"unit,omitempty" yaml:"unit"`     // id, "" is every unit of the region
	Source    string    `json:"source" yaml:"source"`           // title and number of the order
	Effective string    `json:"effective" yaml:"effective"`     // YYYY-MM-DD; no day before it is changed
	Off       []Special `json:"off,omitempty" yaml:"off"`
	Work      []Special `json:"work,omitempty" yaml:"work"`
}

// Check refuses an overlay that cannot be counted with, and one that changes a
// day before it took effect: an order cannot close an office yesterday.
func (o Overlay) Check() error {
	if o.ID == "" || strings.TrimSpace(o.Source) == "" {
		return letter.Refuse("本地日历“%s”须有标识和来源。", o.ID)
	}
	since, err := Special{Date: o.Effective}.day()
	if err != nil {
		return letter.Refuse("本地日历“%s”没有写明生效日期，应写作 2026-10-01。", o.ID).Because(err)
	}
	if len(o.Off)+len(o.Work) == 0 {
		return letter.Refuse("本地日历“%s”没有写任何一天。", o.ID)
	}
	seen := map[day]bool{}
	for _, s := range slices.Concat(o.Off, o.Work) {
		d, err := s.day()
		switch {
		case err != nil:
			return letter.Refuse("本地日历“%s”中的日期“%s”不对，应写作 2026-10-01。", o.ID, s.Date).Because(err)
		case d < since:
			return letter.Refuse("本地日历“%s”自 %s 起生效，不能改变此前的 %s。", o.ID, o.Effective, s.Date)
		case seen[d]:
			return letter.Refuse("本地日历“%s”中 %s 出现了两次。", o.ID, s.Date)
		}
		seen[d] = true
	}
	return nil
}

// City says that the overlay holds for the whole city.
func (o Overlay) City() bool { return o.Region == "" && o.Unit == "" }

// scope orders overlays: what speaks of a unit holds before what speaks of its
// region, and that before what speaks of the city.
func (o Overlay) scope() int {
	switch {
	case o.Unit != "":
		return 2
	case o.Region != "":
		return 1
	}
	return 0
}

func (o Overlay) entries() []entry {
	return append(entriesOf(o.Off, mark{off: true, source: o.Source}), entriesOf(o.Work, mark{work: true, source: o.Source})...)
}

// With is the calendar with overlays on it, all of which must hold for the same
// people: the caller chooses. Of two that speak of one day the narrower holds,
// then the one that took effect later; two of the same rank that contradict each
// other are refused. The version names them, so that a limit counted before an
// order is told from one counted after it.
func (c *Calendar) With(overlays ...Overlay) (*Calendar, error) {
	if len(overlays) == 0 {
		return c, nil
	}
	list := slices.Clone(overlays)
	slices.SortStableFunc(list, func(a, b Overlay) int {
		return cmp.Or(cmp.Compare(a.scope(), b.scope()), cmp.Compare(a.Effective, b.Effective))
	})
	for i, o := range list {
		if err := o.Check(); err != nil {
			return nil, err
		}
		for _, before := range list[:i] {
			if err := before.agrees(o); err != nil {
				return nil, err
			}
		}
	}
	local := *c
	local.version = c.version + "+" + digest(list)
	local.overlays = append(slices.Clone(c.overlays), list...)
	local.lay()
	return &local, nil
}

// agrees says whether an overlay and one of the same rank can both hold.
func (o Overlay) agrees(p Overlay) error {
	if o.scope() != p.scope() || o.Effective != p.Effective {
		return nil
	}
	for _, a := range o.entries() {
		for _, b := range p.entries() {
			if a.day == b.day && a.off != b.off {
				return letter.Refuse("本地日历“%s”和“%s”对 %s 的安排相反，请停用其中一个。", o.ID, p.ID, a.day)
			}
		}
	}
	return nil
}

// Overlays lists the local orders that the calendar holds.
func (c *Calendar) Overlays() []Overlay { return slices.Clone(c.overlays) }

func digest(list []Overlay) string {
	h := sha256.New()
	for _, o := range list {
		fmt.Fprintf(h, "%d %s %v %v\n", o.scope(), o.Effective, o.Off, o.Work)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:3])
}

// WithOverlays gives the rules with local orders: those of the whole city go
// into Calendar, those of a region or a unit into a calendar of each unit that
// they touch. regions names the region of each unit that lies in one. The
// sender's clock counts with the city's calendar alone, because it never asks
// whose letter it is now.
func (r *Rules) WithOverlays(overlays []Overlay, regions map[string]string) (*Rules, error) {
	if err := unique(overlays); err != nil {
		return nil, err
	}
	city, err := r.Calendar.With(only(overlays, Overlay.City)...)
	if err != nil {
		return nil, err
	}
	local := &Rules{Calendar: city, Policies: r.Policies, units: map[string]*Calendar{}}
	for _, unit := range touched(overlays, regions) {
		mine := only(overlays, func(o Overlay) bool { return !o.City() && o.touches(unit, regions[unit]) })
		if local.units[unit], err = city.With(mine...); err != nil {
			return nil, err
		}
	}
	return local, nil
}

// CalendarOf is the calendar that a unit works by; "" asks for the city's.
func (r *Rules) CalendarOf(unit string) *Calendar {
	if c, ok := r.units[unit]; ok {
		return c
	}
	return r.Calendar
}

func (o Overlay) touches(unit, region string) bool {
	return (o.Unit == "" || o.Unit == unit) && (o.Region == "" || o.Region == region)
}

// touched lists the units that some overlay narrower than the city speaks of.
func touched(overlays []Overlay, regions map[string]string) []string {
	units := map[string]bool{}
	for _, o := range overlays {
		if o.Unit != "" {
			units[o.Unit] = true
		}
		for unit, region := range regions {
			if o.Region != "" && o.touches(unit, region) {
				units[unit] = true
			}
		}
	}
	list := make([]string, 0, len(units))
	for unit := range units {
		list = append(list, unit)
	}
	slices.Sort(list)
	return list
}

func only(overlays []Overlay, want func(Overlay) bool) []Overlay {
	return slices.DeleteFunc(slices.Clone(overlays), func(o Overlay) bool { return !want(o) })
}

func unique(overlays []Overlay) error {
	seen := map[string]bool{}
	for _, o := range overlays {
		if seen[o.ID] {
			return letter.Refuse("本地日历“%s”出现了两次。", o.ID)
		}
		seen[o.ID] = true
	}
	return nil
}
