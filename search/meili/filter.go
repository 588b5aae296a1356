package meili

import (
	"strconv"
	"strings"

	"huiyin/search"
)

// filter is conditions that all must hold, in the server's language. It has no builder and takes its values as text, so
// each is quoted here; nothing typed goes in otherwise.
type filter []string

// filterOf is the conditions of a query beside its text. ok is false when one of them cannot be met by any letter.
func filterOf(q search.Query) (f filter, ok bool) {
	for _, one := range []struct{ field, value string }{
		{unitField, q.Department}, {categoryField, q.Category}, {kindField, q.Kind}, {districtField, q.District}, {yearField, yearOf(q.Year)},
	} {
		if one.value == "" {
			continue
		}
		if !quotable(one.value) {
			return nil, false
		}
		f = append(f, one.field+" = "+quoted(one.value))
	}
	if !q.From.IsZero() {
		f = append(f, answeredField+" >= "+strconv.FormatInt(q.From.UnixMilli(), 10))
	}
	if !q.To.IsZero() {
		f = append(f, answeredField+" <= "+strconv.FormatInt(q.To.UnixMilli(), 10))
	}
	return f, true
}

func yearOf(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// and adds a condition; f itself stays as it is.
func (f filter) and(condition string) filter { return append(f[:len(f):len(f)], condition) }

// value is the filter as the request holds it: nothing at all when there is none.
func (f filter) value() any {
	if len(f) == 0 {
		return nil
	}
	return []string(f)
}

func among(field string, values []string) string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = quoted(value)
	}
	return field + " IN [" + strings.Join(all, ", ") + "]"
}

func notAmong(field string, values []string) string {
	return strings.Replace(among(field, values), " IN ", " NOT IN ", 1)
}

// quoted is a value in quotes. The server undoes an escaped quote and no other escape.
func quoted(value string) string { return `"` + strings.ReplaceAll(value, `"`, `\"`) + `"` }

// quotable says whether the server can be asked for the value: it has no way to write a backslash, and no id of ours, no
// district and hardly a source's id holds one.
func quotable(value string) bool { return !strings.ContainsAny(value, "\\\x00") }
