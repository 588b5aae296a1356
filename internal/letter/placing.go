package letter

import "time"

// Placing is how a letter came to its unit, told by its events: what the router did and what people made of it.
type Placing struct {
	Routed   string    // unit the router sent it to, "" when it asked a person
	Sent     Party     // who sent it to a unit first; ByImporter: it came with its answer; "" nobody yet
	Returned int       // how often a unit sent it back
	Decided  time.Time // when a person last said which unit it belongs to, in the file it came from too; zero: nobody did
}

// Placing folds the events into it.
func (l *Letter) Placing() (Placing, error) {
	var p Placing
	for _, e := range l.Events {
		switch e.Step {
		case Assignment, Transfer, Ruling, Objection, Imported:
		default:
			continue
		}
		f, err := e.PublicFacts()
		if err != nil {
			return p, err
		}
		p.take(e, f)
	}
	return p, nil
}

func (p *Placing) take(e Event, f Facts) {
	switch {
	case e.Step == Objection:
		p.Returned++
	case e.Step == Imported:
		p.Sent = ByImporter
		if f.Confirmed { // otherwise the unit is the router's own guess, which teaches nothing
			p.Decided = e.At
		}
	case e.Actor.Party == ByRouter:
		p.Routed, p.Sent = f.Unit, ByRouter
	default:
		if p.Sent == "" {
			p.Sent = e.Actor.Party
		}
		p.Decided = e.At
	}
}

// Settled is a letter that has found its unit, as it is learned from. It holds nothing of its sender.
type Settled struct {
	Number   string
	Channel  Channel
	Column   Column
	Title    string
	Body     string
	Place    string
	Kind     Kind
	Category string
	Urgency  Urgency
	Unit     string // where it belongs
	Received time.Time

	Placement Placement // what the router thought
	Placing             // and what became of it
}

// Corrected says that a person of this house decided where the letter belongs: sent it himself, transferred it, or ruled
// on a return.
func (s Settled) Corrected() bool { return !s.Decided.IsZero() && s.Sent != ByImporter }
