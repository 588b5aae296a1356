package desk

import (
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// part is what was asked of another unit, as the page of the letter shows it.
type part struct {
	letter.AskedPart
	Name  string // of the unit
	Asker string // who asked, with his unit
	Giver string // who delivered
	Due   time.Time
	Late  bool // was delivered late, or is late now
	Mine  bool // the member may deliver it
}

// partsOf are the parts of a letter with when they are due.
func (s *Server) partsOf(m staff.Member, v *letterPage, names people) []part {
	l := v.Letter
	if v.Offers(letter.Part) {
		v.PartDue = s.partDue(m, l)
	}
	var list []part
	for i, p := range l.Parts() {
		shown := part{AskedPart: p, Name: s.City().Router.Name(p.Unit), Asker: s.by(p.By, names), Mine: p.Open && m.InUnit(p.Unit) && v.Offers(letter.PartDelivery)}
		if !p.Delivered.IsZero() {
			shown.Giver = s.by(p.AnsweredBy, names)
		}
		for _, c := range l.Clocks {
			if c.Part == i+1 {
				shown.Due, shown.Late = c.Due, c.Overdue(s.Now())
			}
		}
		list = append(list, shown)
	}
	return list
}

// Asked are the parts that the member may deliver.
func (p *letterPage) Asked() []part {
	var list []part
	for _, x := range p.Parts {
		if x.Mine {
			list = append(list, x)
		}
	}
	return list
}

// partDue is when a part that is asked for now would be due.
func (s *Server) partDue(m staff.Member, l *letter.Letter) time.Time {
	trial, err := tried(m, l, letter.Part, s.Now())
	if err != nil {
		return time.Time{}
	}
	var due time.Time
	for _, c := range s.City().Clocks.Clocks(trial) {
		if c.Name == letter.PartClock {
			due = c.Due // the newest is the last
		}
	}
	return due
}

// owed is the unit of the member of which a part is asked, "" when none is.
func owed(m staff.Member, l *letter.Letter) string {
	for _, p := range l.Parts() {
		if p.Open && m.InUnit(p.Unit) {
			return p.Unit
		}
	}
	return ""
}
