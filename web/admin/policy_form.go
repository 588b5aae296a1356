package admin

import (
	"maps"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/sla"
)

// policyForm is the form as typed.
type policyForm struct {
	Name   string
	Source string
	From   string // YYYY-MM-DD
	Limits []limitField
	scopeFields
	Start      string // legal start of the limits, "" for their own
	Extensions string // how often a letter may be extended, "" as more general policies say
	Rungs      string // the ladder, a rung a line; "" as more general policies say
}

// limitField is one number as typed.
type limitField struct {
	Name, Label, Means string
	Amount             string
	Unit               sla.Unit
	Source             string
}

// Written are the limits that the policy sets, and the sender's and the unit's in any case: most policies are about these.
func (f policyForm) Written() []limitField { return f.limits(true) }

// Left are the limits that are left to more general policies.
func (f policyForm) Left() []limitField { return f.limits(false) }

func (f policyForm) limits(written bool) []limitField {
	var list []limitField
	for _, l := range f.Limits {
		if written == (l.Amount != "" || l.Source != "" || l.Name == letter.SenderClock || l.Name == letter.UnitClock) {
			list = append(list, l)
		}
	}
	return list
}

// Steps is how many reminders are written, one a line.
func (f policyForm) Steps() int {
	return len(strings.FieldsFunc(f.Rungs, func(r rune) bool { return r == '\n' }))
}

// Longest texts of the form, in characters.
const (
	longestName   = 100
	longestSource = 500
)

func formOf(p sla.Policy, from string) policyForm {
	f := policyForm{Name: p.Name, Source: p.Source, From: from, scopeFields: scopeOf(p), Start: string(startOf(p)), Rungs: citypack.WriteRungs(p.Rungs)}
	if p.Extensions > 0 {
		f.Extensions = strconv.Itoa(p.Extensions)
	}
	for _, l := range labels {
		field := limitField{Name: l.Name, Label: l.Label, Means: l.Means, Unit: sla.WorkingDay, Source: p.Sources[l.Name]}
		if limit, ok := p.Limits[l.Name]; ok {
			field.Amount, field.Unit = strconv.Itoa(limit.Amount), limit.Unit
		}
		f.Limits = append(f.Limits, field)
	}
	return f
}

func readForm(c *fiber.Ctx) policyForm {
	read := func(name string) string { return strings.TrimSpace(c.FormValue(name)) }
	f := policyForm{Name: read("name"), Source: read("source"), From: read("from"), scopeFields: readScope(read), Start: read("start"), Extensions: read("extensions"),
		Rungs: strings.ReplaceAll(c.FormValue("rungs"), "\r\n", "\n")}
	for _, l := range labels {
		f.Limits = append(f.Limits, limitField{l.Name, l.Label, l.Means, read("amount-" + l.Name), sla.Unit(read("unit-" + l.Name)), read("source-" + l.Name)})
	}
	return f
}

// policy is the present one with what was typed, to take effect at the beginning of the day chosen; today it is now.
func (f policyForm) policy(was sla.Policy, city *citypack.Snapshot, now time.Time) (sla.Policy, error) {
	wrong := map[string]string{}
	p := was
	p.Name, p.Source, p.Until = f.Name, f.Source, time.Time{}
	p.Limits, p.Sources = maps.Clone(was.Limits), maps.Clone(was.Sources)
	if p.Limits == nil {
		p.Limits = map[string]sla.Limit{}
	}
	if p.Sources == nil {
		p.Sources = map[string]string{}
	}
	if f.Name == "" || utf8.RuneCountInString(f.Name) > longestName {
		wrong["name"] = "请填写名称，最多 100 字。"
	}
	if f.Source == "" || utf8.RuneCountInString(f.Source) > longestSource {
		wrong["source"] = "请写明这些数字依据什么，最多 500 字。"
	}
	p.From = f.from(now, wrong)
	f.scopeFields.into(&p, city, wrong)
	if whole(was) && was.ID != "" && !whole(p) {
		wrong["kind"] = "这条规则适用于所有来信，不能改为只适用于一部分。请另建一条。"
	}
	f.rest(&p, wrong)
	for _, field := range f.Limits {
		field.into(&p, wrong)
	}
	if whole(p) && (p.Limits[letter.SenderClock].IsZero() || p.Limits[letter.UnitClock].IsZero()) {
		wrong["amount-"+letter.SenderClock] = "适用于所有来信的规则须有答复和办理的时限。"
	}
	var err error
	if p.Rungs, err = citypack.ParseRungs(f.Rungs); err != nil && len(wrong) == 0 {
		return p, err
	}
	if len(wrong) > 0 {
		return p, letter.Invalid("有几处需要改一下。", wrong)
	}
	if len(p.Sources) == 0 {
		p.Sources = nil
	}
	return p, nil
}

// whole says that the policy is for every letter, so that nothing else sets what it leaves out.
func whole(p sla.Policy) bool {
	return p.Urgency == "" && p.Unit == "" && p.Category == "" && p.Kind == "" && p.Column == "" && p.Channel == ""
}

func (f policyForm) from(now time.Time, wrong map[string]string) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, f.From, now.Location())
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch {
	case err != nil:
		wrong["from"] = "请写成 2026-12-01 的样子。"
	case day.Before(today):
		wrong["from"] = "请选今天或以后的日期。"
	case day.After(today.AddDate(5, 0, 0)):
		wrong["from"] = "最多预定到五年以后。"
	case day.Equal(today):
		return now
	}
	return day
}

// into puts the number into the policy; an empty one leaves it to the less specific policies.
func (field limitField) into(p *sla.Policy, wrong map[string]string) {
	name := field.Name
	delete(p.Sources, name)
	if field.Amount == "" {
		delete(p.Limits, name)
		return
	}
	amount, err := strconv.Atoi(field.Amount)
	limit := sla.Limit{Amount: amount, Unit: field.Unit}
	if err != nil || limit.Check() != nil {
		wrong["amount-"+name] = "请填 1 以上的整数，并选好单位。"
		return
	}
	p.Limits[name] = limit
	if utf8.RuneCountInString(field.Source) > longestSource {
		wrong["amount-"+name] = "来源最多 500 字。"
	}
	if field.Source != "" {
		p.Sources[name] = field.Source
	}
}
