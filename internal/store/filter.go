package store

import (
	"time"

	"huiyin/internal/letter"
)

// Filter says which letters a list holds; a zero field asks for nothing. What a
// queue is, its page says with the values of letter.
type Filter struct {
	Units    []string // with one of these units; "" is the office that dispatches
	States   []letter.State
	Guard    string // kept by this guard
	Kind     letter.Kind
	Column   letter.Column
	Channel  letter.Channel
	Urgency  letter.Urgency
	Category string
	Sender   string   // keyed hash: letters of one person
	Writer   string   // login of the member who wrote the draft
	Leader   string   // leader whose office sees it
	Merged   string   // number of the lead letter
	Number   string   // beginning of a number
	Topic    string   // of this topic, and in the open
	Routed   string   // sent to this unit by the router
	Rung     string   // stands on this rung of its ladder
	Below    string   // does not stand on this rung yet
	Copied   bool     // the dispatcher sees a copy
	Shared   bool     // kept by no guard
	Asked    bool     // more time was asked for, and nobody has decided
	Helping  []string // a part was asked of one of these units, and it has not delivered
	Unshown  bool     // agreed to, answered, neither published nor withheld

	Figure Figure // letters behind a figure of Period
	Period Period
	Now    time.Time // moment at which Overdue is asked

	Order Order
}

// The queues of the desk, each a Filter to narrow further.

// DispatchQueue holds the letters for which a person must find the unit. Guarded
// ones never pass it (product.md, sealed letters).
func DispatchQueue() Filter {
	return Filter{States: []letter.State{letter.Received, letter.Returned}, Shared: true}
}

// DutyQueue holds the open letters kept for the duty officer.
func DutyQueue() Filter { return Filter{Guard: letter.GuardDuty, States: letter.OpenStates} }

// UnitQueue holds the open letters of these units.
func UnitQueue(units ...string) Filter { return Filter{Units: units, States: letter.OpenStates} }

// ReviewQueue holds the drafts that wait for a signature.
func ReviewQueue() Filter { return Filter{States: []letter.State{letter.InReview}} }

// ExtensionQueue holds the letters for which a unit asks for more time.
func ExtensionQueue() Filter { return Filter{Asked: true} }

// PartQueue holds the open letters of others for which one of these units owes a part.
func PartQueue(units ...string) Filter {
	return Filter{Helping: units, States: letter.OpenStates, Order: ByPart}
}

// PublicationQueue holds the answers for which it is not decided yet whether the
// public reads them.
func PublicationQueue() Filter { return Filter{Unshown: true, Order: ByAnswered} }

// OverdueQueue holds the open letters that are late by now under the sender's clock.
func OverdueQueue(now time.Time) Filter { return Filter{Figure: Overdue, Now: now} }

// Period is from a moment up to, but without, another.
type Period struct{ From, To time.Time }

// Order is how a list is sorted; its number settles ties.
type Order int

// The orders.
const (
	ByDue       Order = iota // by the earlier of the unit's and the sender's due time, then received
	ByNewest                 // newest received first
	ByAnswered               // longest answered first
	ByPart                   // by the earliest part that some unit owes
	BySenderDue              // by the sender's due time, longest overdue first
)

var orders = map[Order]string{
	ByDue:       "COALESCE(unit_due_at, due_at) NULLS LAST, received_at, number",
	ByNewest:    "received_at DESC, number DESC",
	ByAnswered:  "answered_at NULLS LAST, number",
	ByPart:      "(SELECT MIN(due) FROM clocks WHERE letter = number AND part > 0 AND stopped IS NULL), number",
	BySenderDue: "due_at NULLS LAST, number",
}

func (c *condition) filter(f Filter) {
	if len(f.Units) > 0 {
		c.and(in(c, "unit", f.Units))
	}
	if len(f.States) > 0 {
		c.and(in(c, "state", f.States))
		if allOpen(f.States) {
			c.and("is_open") // lets the index of open letters serve
		}
	}
	for _, e := range []struct{ column, value string }{
		{"guard", f.Guard}, {"kind", string(f.Kind)}, {"site_column", string(f.Column)}, {"channel", string(f.Channel)},
		{"urgency", string(f.Urgency)}, {"category", f.Category}, {"writer", f.Writer}, {"leader", f.Leader},
		{"routed", f.Routed},
	} {
		if e.value != "" {
			c.and(e.column + " = " + c.arg(e.value))
		}
	}
	if f.Merged != "" {
		c.and("merged <> '' AND merged = " + c.arg(f.Merged))
	}
	if f.Sender != "" {
		c.and("sender <> '' AND sender = " + c.arg(f.Sender))
	}
	if f.Number != "" {
		c.and("number BETWEEN " + c.arg(padded(f.Number, '0')) + " AND " + c.arg(padded(f.Number, '9')))
	}
	if f.Topic != "" {
		c.and("topic IS NOT NULL AND topic = " + c.arg(f.Topic) + " AND " + inTheOpen)
	}
	if f.Rung != "" {
		c.standsOn(f.Rung)
	}
	if f.Below != "" {
		c.standsBelow(f.Below)
	}
	if f.Shared {
		c.and("guard = ''")
	}
	if f.Copied {
		c.and("copied")
	}
	if f.Asked {
		// The partial index finds the few requests; the bare state would have the open letters read instead. Only who
		// handles a letter can be given time: one returned or in review comes back with its request.
		c.and("number IN (SELECT letter FROM clocks WHERE name = 'extension' AND stopped IS NULL) AND state || '' = " + c.arg(string(letter.Handling)))
	}
	if len(f.Helping) > 0 {
		// By the index of parts; the bare flag would have all open letters read instead.
		c.and("number IN (SELECT letter FROM clocks WHERE part > 0 AND stopped IS NULL AND " + in(c, "unit", f.Helping) + ")")
	}
	if f.Unshown {
		c.and("consent AND NOT withheld AND published_at IS NULL AND answered_at IS NOT NULL AND NOT is_open")
		c.showable()
	}
	if f.Figure != "" {
		c.figure(f.Figure, f.Period, f.Now)
	}
}

// showable leaves out the letters that letter never lets out.
func (c *condition) showable() {
	for _, flag := range []letter.Flag{letter.Accusation, letter.Danger, letter.Secret, letter.Minor, letter.Health, letter.LegalRoute, letter.Disclosure} {
		if flag.NeverPublic() {
			c.and("flags NOT LIKE " + c.arg(`%"`+string(flag)+`"%`))
		}
	}
}

func allOpen(states []letter.State) bool {
	for _, s := range states {
		if !s.Open() {
			return false
		}
	}
	return true
}

// padded fills the beginning of a number up to its 14 digits. A range of whole
// numbers uses the key's index under every collation, which LIKE does not.
func padded(number string, with byte) string {
	b := []byte(number)
	for len(b) < 14 {
		b = append(b, with)
	}
	return string(b)
}
