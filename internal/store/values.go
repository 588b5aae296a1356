package store

import (
	"encoding/json"
	"fmt"
	"time"
)

// millis is how a time is stored: UTC milliseconds, NULL for none.
func millis(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// moment reads what millis wrote.
type moment struct{ to *time.Time }

func (m moment) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*m.to = time.Time{}
	case int64:
		*m.to = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("a time cannot be %T", v)
	}
	return nil
}

// word reads a text into a type of its own. Scan would find that type by
// reflection, for each value of each row.
type word[T ~string] struct{ to *T }

func (w word[T]) Scan(v any) error {
	switch v := v.(type) {
	case string:
		*w.to = T(v)
	case []byte:
		*w.to = T(v)
	default:
		return fmt.Errorf("a word cannot be %T", v)
	}
	return nil
}

func wordOf[T ~string](to *T) word[T] { return word[T]{to} }

// count reads a whole number, likewise.
type count struct{ to *int }

func (c count) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a number cannot be %T", v)
	}
	*c.to = int(n)
	return nil
}

// blob stores an empty payload as NULL, so that both databases read it alike.
func blob(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

// listed is how a short list is stored: JSON, an empty one as no text.
func listed[T any](list []T) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	b, err := json.Marshal(list)
	return string(b), err
}

// document reads a JSON column; no text leaves the value as it is.
type document struct{ to any }

func (d document) Scan(v any) error {
	switch v := v.(type) {
	case string:
		if v == "" {
			return nil
		}
		return json.Unmarshal([]byte(v), d.to)
	case []byte:
		if len(v) == 0 {
			return nil
		}
		return json.Unmarshal(v, d.to)
	}
	return fmt.Errorf("JSON cannot be %T", v)
}
