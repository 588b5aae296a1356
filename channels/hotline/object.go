package hotline

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// maxBody holds an order of 20,000 characters even when each is written \uXXXX.
const maxBody = 256 << 10

// object reads one JSON object into its fields. encoding/json alone would take the
// last of two fields of one name, match names in any case and drop broken bytes.
func object(body []byte) (map[string]json.RawMessage, error) {
	switch {
	case len(body) > maxBody:
		return nil, letter.Fail(letter.KindTooLarge, "工单太大，最多 256 KB。")
	case len(bytes.TrimSpace(body)) == 0:
		return nil, letter.Fail(letter.KindInvalid, "请求没有内容。")
	case !utf8.Valid(body):
		return nil, letter.Fail(letter.KindInvalid, "请求不是 UTF-8 编码。")
	}
	malformed := func(err error) error {
		return letter.Fail(letter.KindInvalid, "请求不是一个完整的 JSON 对象，可能被截断。").Because(err)
	}
	d := json.NewDecoder(bytes.NewReader(body))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, malformed(err)
	}
	values := map[string]json.RawMessage{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, malformed(err)
		}
		field := name.(string) // the decoder gives nothing else where a name stands
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, malformed(err)
		}
		if _, twice := values[field]; twice {
			return nil, letter.Invalid("热线工单的内容有误。", map[string]string{field: "这个字段出现了两次。"})
		}
		values[field] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, malformed(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, malformed(err)
	}
	return values, nil
}

// reader takes fields out one by one and notes what is wrong with each.
type reader struct {
	values map[string]json.RawMessage
	wrong  map[string]string
}

// take gives a field's value; nil when it is not there or null.
func (r reader) take(field string) json.RawMessage {
	value := r.values[field]
	delete(r.values, field)
	if string(value) == "null" {
		return nil
	}
	return value
}

func (r reader) text(field string, into *string) {
	value := r.take(field)
	if value == nil {
		return
	}
	if err := json.Unmarshal(value, into); err != nil {
		r.wrong[field] = "应是文字。"
		return
	}
	if strings.ContainsRune(*into, 0) {
		r.wrong[field] = "有空字符（NUL）。"
	}
}

func (r reader) truth(field string, into *bool) {
	if value := r.take(field); value != nil && json.Unmarshal(value, into) != nil {
		r.wrong[field] = "应是 true 或 false。"
	}
}

func (r reader) moment(field string, into *time.Time) {
	var s string
	r.text(field, &s)
	if s == "" || r.wrong[field] != "" {
		return
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 2000 || t.Year() > 9999 {
		r.wrong[field] = "应是带时区的时间，例如 2026-03-02T09:00:00+08:00。"
		return
	}
	*into = t
}

// rest names the fields that an order does not have.
func (r reader) rest() {
	names := make([]string, 0, len(r.values))
	for name := range r.values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names[:min(len(names), 20)] {
		if len(name) > 100 {
			name = strings.ToValidUTF8(name[:100], "")
		}
		r.wrong[name] = "没有这个字段。"
	}
}
