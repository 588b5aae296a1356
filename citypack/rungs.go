package citypack

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"huiyin/internal/letter"
	"huiyin/sla"
)

// RungsField is the form field that a refusal of a ladder names.
const RungsField = "rungs"

// rungFields are what a rung may say.
var rungFields = []string{"name", "clocks", "percent", "before", "after", "to", "text"}

// WriteRungs gives a ladder as text, a rung a line, as ParseRungs reads it.
func WriteRungs(rungs []sla.Rung) string {
	var b strings.Builder
	for _, r := range rungs {
		parts := []string{"name: " + strconv.Quote(r.Name)}
		add := func(ok bool, format string, args ...any) {
			if ok {
				parts = append(parts, fmt.Sprintf(format, args...))
			}
		}
		to := make([]string, len(r.To))
		for i, t := range r.To {
			to[i] = string(t)
		}
		add(len(r.Clocks) > 0, "clocks: [%s]", strings.Join(r.Clocks, ", "))
		add(r.Percent > 0, "percent: %d", r.Percent)
		add(!r.Before.IsZero(), "before: {amount: %d, unit: %s}", r.Before.Amount, r.Before.Unit)
		add(!r.After.IsZero(), "after: {amount: %d, unit: %s}", r.After.Amount, r.After.Unit)
		add(len(to) > 0, "to: [%s]", strings.Join(to, ", "))
		add(r.Text != "", "text: %s", strconv.Quote(r.Text))
		fmt.Fprintf(&b, "- {%s}\n", strings.Join(parts, ", "))
	}
	return b.String()
}

// ParseRungs reads a ladder. A refusal names the line and what is wrong there.
func ParseRungs(text string) ([]sla.Rung, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var nodes []yaml.Node
	if err := yaml.Unmarshal([]byte(text), &nodes); err != nil {
		return nil, badRung(lineIn(err), "提示级别第 %d 行的写法不对：每一级一行，照下面的样子。").Because(err)
	}
	rungs := make([]sla.Rung, len(nodes))
	for i := range nodes {
		if err := parseRung(&nodes[i], &rungs[i]); err != nil {
			return nil, err
		}
	}
	return rungs, nil
}

func parseRung(n *yaml.Node, into *sla.Rung) error {
	if n.Kind != yaml.MappingNode {
		return badRung(n.Line, "提示级别第 %d 行的写法不对：每一级一行，照下面的样子。")
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i]; !slices.Contains(rungFields, key.Value) {
			return badRung(key.Line, "提示级别第 %d 行的“%s”不认识。可用：name、clocks、percent、before、after、to、text。", key.Value)
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, one := n.Content[i], yaml.Node{Kind: yaml.MappingNode, Content: n.Content[i : i+2]}
		if err := one.Decode(into); err != nil {
			return badRung(key.Line, "提示级别第 %d 行的“%s”的值不对。", key.Value).Because(err)
		}
	}
	if err := (sla.Policy{ID: "-", Source: "-", Rungs: []sla.Rung{*into}}).Check(); err != nil {
		return badRung(n.Line, "提示级别第 %d 行（“%s”）不对：名称要有，百分比在 0 到 100 之间，提前量不以月计，收件人只能是 handler、head、supervisor、leader，文字在一行以内。", into.Name).Because(err)
	}
	return nil
}

func badRung(line int, why string, args ...any) *letter.Error {
	return &letter.Error{Kind: letter.KindInvalid, Message: why, Args: append([]any{line}, args...), Fields: map[string]string{RungsField: "请改正上面写明的那一行。"}}
}

var yamlAt = regexp.MustCompile(`line (\d+)`)

// lineIn is the line of which YAML complains, 1 when it names none.
func lineIn(err error) int {
	if m := yamlAt.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[1]) // only digits
		return line
	}
	return 1
}
