package hotline

import (
	"strings"
	"time"

	"huiyin/internal/letter"
)

// Call is one order as the operator typed it. Lengths and the city's own codes
// are checked by intake.
type Call struct {
	CallID    string // of the telephone system: one order a call
	Operator  string // login of the operator
	Title     string
	Body      string
	Kind      letter.Kind
	Name      string
	Phone     string // number to call back
	Place     string
	Category  string
	Unit      string // unit the operator chose
	Addressee string
	Time      time.Time // of the call; zero: now
	Deadline  string    // of a higher level, a date or a moment: intake reads it in the city's zone
	Anonymous bool
	Publish   bool
}

// ParseCall reads an order. Nothing is guessed: unknown, repeated and mistyped
// fields are errors that name the field.
func ParseCall(body []byte) (Call, error) {
	values, err := object(body)
	if err != nil {
		return Call{}, err
	}
	var c Call
	r := reader{values: values, wrong: map[string]string{}}
	r.text("call_id", &c.CallID)
	r.text("operator", &c.Operator)
	r.text("title", &c.Title)
	r.text("body", &c.Body)
	r.text("kind", (*string)(&c.Kind))
	r.text("name", &c.Name)
	r.text("phone", &c.Phone)
	r.text("place", &c.Place)
	r.text("category", &c.Category)
	r.text("unit", &c.Unit)
	r.text("addressee", &c.Addressee)
	r.moment("time", &c.Time)
	r.text("deadline", &c.Deadline)
	r.truth("anonymous", &c.Anonymous)
	r.truth("publish", &c.Publish)
	r.rest()
	c.check(r.wrong)
	if len(r.wrong) > 0 {
		return Call{}, letter.Invalid("热线工单的内容有误。", r.wrong)
	}
	return c, nil
}

// check adds what an order cannot do without.
func (c Call) check(wrong map[string]string) {
	need := func(field, value string) {
		if wrong[field] == "" && strings.TrimSpace(value) == "" {
			wrong[field] = "请填写。"
		}
	}
	need("call_id", c.CallID)
	need("operator", c.Operator)
	need("body", c.Body)
	if len(c.CallID) > 100 {
		wrong["call_id"] = "最多 100 个字符。"
	}
	if c.Kind != "" && !c.Kind.Known() {
		wrong["kind"] = "没有这种类型。"
	}
}

// Draft is the order as intake takes it. The call is its source, so that an
// order sent twice is filed once.
func (c Call) Draft() letter.Draft {
	return letter.Draft{
		Channel: letter.Hotline, Kind: c.Kind, Title: c.Title, Body: c.Body, Name: c.Name, Phone: c.Phone,
		Anonymous: c.Anonymous, Publish: c.Publish, Place: c.Place, Addressee: c.Addressee, Unit: c.Unit, Category: c.Category,
		Received: c.Time, Source: "hotline", SourceID: c.CallID, Operator: c.Operator,
	}
}
