package letter

import (
	"slices"
	"time"
)

// AskedPart is the part of a letter that its unit asked another one for: 会办. It is
// open until that unit delivers it, or until the letter is answered or goes to
// another unit, which asks anew.
type AskedPart struct {
	Unit       string // that is asked
	By         Actor
	At         time.Time
	Text       string // what is asked of it
	Answer     string // what it delivered
	AnsweredBy Actor
	Delivered  time.Time // zero: not yet, or never
	Open       bool
}

// Parts lists the parts asked for, the oldest first.
func (l *Letter) Parts() []AskedPart {
	var list []AskedPart
	for i := range l.Events {
		e := &l.Events[i]
		switch {
		case e.Step == Part:
			pub, _ := e.PublicFacts() // Replay has refused what cannot be read
			priv, _ := e.PrivateFacts()
			list = append(list, AskedPart{Unit: pub.Unit, By: e.Actor, At: e.At, Text: priv.Text, Open: true})
		case e.Step == PartDelivery:
			deliver(list, e)
		case endsParts(e):
			for n := range list {
				list[n].Open = false
			}
		}
	}
	return list
}

func deliver(list []AskedPart, e *Event) {
	pub, _ := e.PublicFacts()
	priv, _ := e.PrivateFacts()
	for n := range list {
		if p := &list[n]; p.Open && p.Unit == pub.Unit {
			p.Open, p.Answer, p.AnsweredBy, p.Delivered = false, priv.Text, e.Actor, e.At
		}
	}
}

// endsParts says that nobody waits for the parts of a letter any more.
func endsParts(e *Event) bool {
	row, _ := Row(e.Step)
	return has(row.Stops, PartClock) || has(row.Stops, "*")
}

// AwaitsPart says whether a part was asked of the unit and is open.
func (l *Letter) AwaitsPart(unit string) bool {
	return slices.ContainsFunc(l.Parts(), func(p AskedPart) bool { return p.Open && p.Unit == unit })
}
