package routing

import (
	"strings"

	"huiyin/internal/letter"
)

// Reasons are sentences a dispatcher reads without knowing the rules.

func (r *Router) wordsReason(c letter.Candidate) letter.Reason {
	words := make([]string, len(c.Words))
	for i, w := range c.Words {
		words[i] = w.Text
	}
	if len(words) == 0 {
		return letter.Reason{Rule: "words", Text: "依据其他线索指向" + r.Name(c.Unit)}
	}
	return letter.Reason{Rule: "words", Text: "文中出现" + quoted(words) + "，属于" + r.Name(c.Unit) + "职责", Words: words}
}

func (r *Router) ruleReason(p *pad, rule Rule, f finding) letter.Reason {
	words := p.found(f)
	text := "文中出现" + quoted(words)
	if rule.Note != "" {
		text += "，" + rule.Note
	}
	return letter.Reason{Rule: rule.ID, Text: text, Words: words}
}

func unsure(text string) letter.Reason { return letter.Reason{Rule: "unsure", Text: text} }

// found lists the words of a finding in the order of the text.
func (p *pad) found(f finding) []string {
	if f.first == f.second {
		return []string{p.quote(f.first)}
	}
	if f.second.start < f.first.start {
		f.first, f.second = f.second, f.first
	}
	return []string{p.quote(f.first), p.quote(f.second)}
}

func quoted(words []string) string {
	return "“" + strings.Join(words, "”“") + "”"
}
