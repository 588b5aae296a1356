package admin

import (
	"strconv"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/sla"
)

// scopeFields say for which letters a policy is, as typed.
type scopeFields struct {
	Urgency, Unit, Category, Kind, Column, Channel string
}

// choices are what a policy's form offers.
type choices struct {
	Urgencies []letter.Urgency
	Units     []routing.Unit
	Topics    []routing.Category
	Kinds     []letter.Kind
	Columns   []letter.Column
	Channels  []letter.Channel
	Starts    []letter.Step
}

func choicesOf(city *citypack.Snapshot) choices {
	return choices{letter.Urgencies, city.Router.Tree(), city.Pack.Routing.Categories, letter.Kinds, letter.Columns, channels, []letter.Step{letter.Admission, letter.Supplement}}
}

func scopeOf(p sla.Policy) scopeFields {
	return scopeFields{string(p.Urgency), p.Unit, p.Category, string(p.Kind), string(p.Column), string(p.Channel)}
}

func readScope(read func(string) string) scopeFields {
	return scopeFields{read("urgency"), read("unit"), read("category"), read("kind"), read("column"), read("channel")}
}

// into puts the conditions into the policy.
func (f scopeFields) into(p *sla.Policy, city *citypack.Snapshot, wrong map[string]string) {
	p.Urgency, p.Unit, p.Category = letter.Urgency(f.Urgency), f.Unit, f.Category
	p.Kind, p.Column, p.Channel = letter.Kind(f.Kind), letter.Column(f.Column), letter.Channel(f.Channel)
	_, unit := city.Router.Unit(f.Unit)
	for _, c := range []struct {
		field, typed string
		known        bool
		why          string
	}{
		{"urgency", f.Urgency, p.Urgency.Known(), "没有这种紧急程度。请从一般、紧急、特急中选一种。"}, {"unit", f.Unit, unit, "没有这个单位。"},
		{"category", f.Category, city.Router.HasCategory(f.Category), "没有这个分类。"}, {"kind", f.Kind, p.Kind.Known(), "没有这种类型。请从咨询、求助、投诉、举报、建议、表扬中选一种。"},
		{"column", f.Column, p.Column.Known(), "没有这个栏目。"}, {"channel", f.Channel, p.Channel.Known(), "没有这个渠道。"},
	} {
		if c.typed != "" && !c.known {
			wrong[c.field] = c.why
		}
	}
}

// startOf is the step from which a policy counts, "" for the usual ones.
func startOf(p sla.Policy) letter.Step {
	if start := p.Starts[letter.SenderClock]; start != "" {
		return start
	}
	return p.Starts[letter.UnitClock]
}

// mostExtensions is how often a letter may be extended at most.
const mostExtensions = 9

// rest puts legal start and number of extensions into the policy.
func (f policyForm) rest(p *sla.Policy, wrong map[string]string) {
	if start := letter.Step(f.Start); start != startOf(*p) {
		p.Starts = nil
		if start != "" {
			p.Starts = map[string]letter.Step{letter.SenderClock: start, letter.UnitClock: start}
		}
	}
	if f.Start != "" && startWords[letter.Step(f.Start)] == "" {
		wrong["start"] = "起点只能是受理或者补正。"
	}
	p.Extensions = 0
	if f.Extensions != "" {
		n, err := strconv.Atoi(f.Extensions)
		if err != nil || n < 1 || n > mostExtensions {
			wrong["extensions"] = "请填 1 到 9，或者空着。"
		}
		p.Extensions = n
	}
}
