package meilitest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// condition is a filter as it is tried on a letter.
type condition func(document) bool

// parseFilter reads a filter: a text, or a list of conditions that all hold, in which a list means that one does.
func parseFilter(raw json.RawMessage, filterable []string) (condition, *refusal) {
	if len(raw) == 0 || string(raw) == "null" {
		return func(document) bool { return true }, nil
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return parseText(text, filterable)
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil, bad("invalid_search_filter", "Invalid syntax for the filter parameter.")
	}
	var all []condition
	for _, one := range list {
		c, fault := parseFilter(one, filterable)
		if fault != nil {
			return nil, fault
		}
		all = append(all, c)
	}
	return func(d document) bool {
		return !slices.ContainsFunc(all, func(c condition) bool { return !c(d) })
	}, nil
}

// parser reads a text of conditions; it fails on whatever it does not know.
type parser struct {
	tokens     []token
	filterable []string
	fault      *refusal
}

type token struct {
	text   string
	quoted bool
}

func parseText(text string, filterable []string) (condition, *refusal) {
	tokens, ok := scan(text)
	p := &parser{tokens: tokens, filterable: filterable}
	if !ok {
		p.fail("malformed value")
	}
	c := p.either()
	if p.fault == nil && len(p.tokens) > 0 {
		p.fail("found unexpected characters at the end: " + p.tokens[0].text)
	}
	if p.fault != nil {
		return nil, p.fault
	}
	return c, nil
}

func (p *parser) fail(why string) {
	if p.fault == nil {
		p.fault = bad("invalid_search_filter", "%s", why)
	}
}

// scan cuts a filter into tokens. A backslash keeps the quote after it from ending a value, and a value that it stands at
// the end of has no end; only an escaped quote is undone, so a backslash cannot be said.
func scan(text string) (all []token, ok bool) {
	for text != "" {
		switch first := rune(text[0]); {
		case unicode.IsSpace(first):
			text = text[1:]
		case first == '"' || first == '\'':
			value, rest, ok := quotedValue(text[1:], text[:1])
			if !ok {
				return nil, false
			}
			all, text = append(all, token{value, true}), rest
		case strings.ContainsRune("()[],", first):
			all, text = append(all, token{text[:1], false}), text[1:]
		case strings.ContainsRune("=<>!", first):
			n := 1
			if len(text) > 1 && text[1] == '=' {
				n = 2
			}
			all, text = append(all, token{text[:n], false}), text[n:]
		default:
			end := strings.IndexFunc(text, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' && r != '.' && r != '/'
			})
			if end < 0 {
				end = len(text)
			}
			if end == 0 {
				return nil, false
			}
			all, text = append(all, token{text[:end], false}), text[end:]
		}
	}
	return all, true
}

func quotedValue(text, quote string) (value, rest string, ok bool) {
	for i := 0; i < len(text); i++ {
		switch text[i : i+1] {
		case quote:
			return strings.ReplaceAll(text[:i], `\`+quote, quote), text[i+1:], true
		case `\`:
			i++
		}
	}
	return "", "", false
}

func (p *parser) next() token {
	if len(p.tokens) == 0 {
		p.fail("unexpected end")
		return token{}
	}
	t := p.tokens[0]
	p.tokens = p.tokens[1:]
	return t
}

// takes goes on when the next token is the word or sign.
func (p *parser) takes(word string) bool {
	if len(p.tokens) > 0 && !p.tokens[0].quoted && p.tokens[0].text == word {
		p.tokens = p.tokens[1:]
		return true
	}
	return false
}

func (p *parser) either() condition {
	left := p.both()
	for p.fault == nil && p.takes("OR") {
		a, b := left, p.both()
		left = func(d document) bool { return a(d) || b(d) }
	}
	return left
}

func (p *parser) both() condition {
	left := p.one()
	for p.fault == nil && p.takes("AND") {
		a, b := left, p.one()
		left = func(d document) bool { return a(d) && b(d) }
	}
	return left
}

func (p *parser) one() condition {
	if p.takes("NOT") {
		c := p.one()
		return func(d document) bool { return !c(d) }
	}
	if p.takes("(") {
		c := p.either()
		if !p.takes(")") {
			p.fail("missing )")
		}
		return c
	}
	field := p.next()
	if !slices.Contains(p.filterable, field.text) {
		p.fail("Attribute `" + field.text + "` is not filterable.")
		return nil
	}
	if p.takes("NOT") {
		if !p.takes("IN") {
			p.fail("IN expected")
		}
		c := p.in(field.text)
		return func(d document) bool { return !c(d) }
	}
	if p.takes("IN") {
		return p.in(field.text)
	}
	return p.compared(field.text, p.next().text, p.next().text)
}

func (p *parser) in(field string) condition {
	var values []string
	if !p.takes("[") {
		p.fail("[ expected")
	}
	for p.fault == nil && !p.takes("]") {
		values = append(values, p.next().text)
		p.takes(",")
	}
	return func(d document) bool { _, ok := d[field]; return ok && slices.Contains(values, d.text(field)) }
}

func (p *parser) compared(field, operator, value string) condition {
	n, err := strconv.ParseFloat(value, 64)
	switch operator {
	case "=", "!=":
		return func(d document) bool {
			_, ok := d[field]
			return (ok && d.text(field) == value) == (operator == "=")
		}
	case "<", "<=", ">", ">=":
		if err != nil {
			p.fail("`" + value + "` is not a number")
		}
		return func(d document) bool {
			m, ok := number(d[field])
			return ok && (m < n && operator[0] == '<' || m > n && operator[0] == '>' || m == n && len(operator) == 2)
		}
	}
	p.fail("unknown operator " + operator)
	return nil
}
