package store

import (
	"strconv"
	"strings"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// Reader is for whom a list is made. It stands in the condition of every list and
// count, so that nobody counts what he may not open. The zero Reader sees nothing.
type Reader struct {
	All    bool     // every letter that is not guarded
	Urgent bool     // those the duty officer had to do with
	Units  []string // letters of these units, and those they were asked to help with
	Own    string   // the unit the reader works in: it never reads what accuses it
	Guards []string // guarded letters whose guard names the reader
}

// ReaderOf says in terms of lists what staff.Member.MayRead says of one letter.
func ReaderOf(m staff.Member) Reader {
	works := false
	for _, role := range m.Roles {
		works = works || role.Known() && !role.Administers()
	}
	if m.Disabled || !works {
		return Reader{}
	}
	r := Reader{Own: m.Unit, Urgent: m.Has(staff.Duty), Guards: []string{letter.GuardMember(m.Login)}}
	for _, role := range []staff.Role{staff.Dispatcher, staff.Operator, staff.Supervisor, staff.Reviewer, staff.Leader} {
		r.All = r.All || m.Has(role)
	}
	if m.Has(staff.Handler) && m.Unit != "" {
		r.Units = append([]string{m.Unit}, m.Covers...)
	}
	if m.Has(staff.Duty) {
		r.Guards = append(r.Guards, letter.GuardDuty)
	}
	if m.Unit != "" {
		r.Guards = append(r.Guards, letter.GuardUnit(m.Unit))
	}
	return r
}

// condition gathers the parts of a WHERE and their arguments.
type condition struct {
	parts []string
	args  []any
}

// arg adds an argument and returns its placeholder.
func (c *condition) arg(v any) string {
	c.args = append(c.args, v)
	return "$" + strconv.Itoa(len(c.args))
}

func (c *condition) and(part string) { c.parts = append(c.parts, part) }

// in is "column IN (…)" for a list that is not empty.
func in[T ~string](c *condition, column string, list []T) string {
	marks := make([]string, len(list))
	for i, v := range list {
		marks[i] = c.arg(string(v))
	}
	return column + " IN (" + strings.Join(marks, ", ") + ")"
}

func (c *condition) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

// readable adds what the reader may see.
func (c *condition) readable(r Reader) {
	var ways []string
	if len(r.Guards) > 0 {
		ways = append(ways, in(c, "guard", r.Guards))
	}
	if open := c.unguarded(r); open != "" {
		accused := ""
		if r.Own != "" {
			accused = " AND accused NOT LIKE " + c.arg(`%"`+r.Own+`"%`)
		}
		ways = append(ways, "(guard = ''"+accused+open+")")
	}
	if len(ways) == 0 {
		ways = []string{"FALSE"}
	}
	c.and("(" + strings.Join(ways, " OR ") + ")")
}

// unguarded is what more must hold of a letter without guard; "" when the reader
// sees none of them.
func (c *condition) unguarded(r Reader) string {
	if r.All {
		return " "
	}
	var ways []string
	if r.Urgent {
		ways = append(ways, "urgency = "+c.arg(string(letter.Critical)), "queue = "+c.arg(string(letter.DutyQueue)))
	}
	if len(r.Units) > 0 {
		ways = append(ways, in(c, "unit", r.Units), "number IN (SELECT letter FROM clocks WHERE part > 0 AND "+in(c, "unit", r.Units)+")")
	}
	if len(ways) == 0 {
		return ""
	}
	return " AND (" + strings.Join(ways, " OR ") + ")"
}
