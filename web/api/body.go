package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// maxBody holds a text of 20,000 characters even when each is written \uXXXX\uXXXX.
const maxBody = 256 << 10

// object reads one JSON object field by field: place gives the variable for a field, nil for a field that is not
// known. encoding/json alone would take the last of two fields of one name, match names in any case and replace broken
// bytes; a letter must be stored as it was written or not at all.
func object(body []byte, place func(field string) any) error {
	if err := readable(body); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return malformed(err)
	}
	wrong, seen := map[string]string{}, map[string]bool{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return malformed(err)
		}
		field := name.(string) // the decoder gives nothing else where a name stands
		sentence, err := value(d, place(field))
		if err != nil {
			return malformed(err)
		}
		if seen[field] {
			sentence = "这个字段出现了两次。"
		}
		if sentence != "" {
			wrong[short(field)] = sentence
		}
		seen[field] = true
		if len(wrong) > 20 {
			break // enough to see what is wrong
		}
	}
	if len(wrong) > 0 {
		return letter.Invalid("请求中有字段不对，请按提示修改。", wrong)
	}
	return end(d)
}

// value reads one value; the sentence says why it is none for that field.
func value(d *json.Decoder, into any) (sentence string, err error) {
	if into == nil {
		var skipped json.RawMessage
		return "没有这个字段。", d.Decode(&skipped)
	}
	err = d.Decode(into)
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return typeSentence(into), nil
	}
	return "", err
}

func typeSentence(into any) string {
	switch into.(type) {
	case *bool, **bool:
		return "应是 true 或 false。"
	case *int:
		return "应是整数。"
	case **openText:
		return "应是由 title、body、reply 三项文字组成的对象。"
	}
	return "应是文字。"
}

// end refuses what follows the object.
func end(d *json.Decoder) error {
	if _, err := d.Token(); err != nil {
		return malformed(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return malformed(err)
	}
	return nil
}

func readable(body []byte) error {
	switch {
	case len(body) > maxBody:
		return letter.Fail(letter.KindTooLarge, "请求太大，最多 256 KB。正文最多 20000 字，请缩短或分成几封信。")
	case len(bytes.TrimSpace(body)) == 0:
		return letter.Fail(letter.KindInvalid, "请求没有内容。请发送一个 JSON 对象。")
	case !utf8.Valid(body) || halfCharacter(body):
		return letter.Fail(letter.KindInvalid, "请求中有不是 UTF-8 的字符。请检查文字的编码。")
	case bytes.IndexByte(body, 0) >= 0:
		return letter.Fail(letter.KindInvalid, "请求中有空字符（NUL）。请去掉后再提交。")
	}
	return nil
}

var (
	pairs = regexp.MustCompile(`(?i)\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}`)
	half  = regexp.MustCompile(`(?i)\\ud[89a-f][0-9a-f]{2}`)
)

// halfCharacter finds an escaped surrogate without its other half, which is no character.
func halfCharacter(body []byte) bool {
	if !bytes.Contains(body, []byte(`\ud`)) && !bytes.Contains(body, []byte(`\uD`)) {
		return false
	}
	return half.Match(pairs.ReplaceAll(body, nil))
}

func malformed(cause error) error {
	return letter.Fail(letter.KindInvalid, "请求不是一个完整的 JSON 对象，可能被截断。").Because(cause)
}

func short(field string) string {
	if r := []rune(field); len(r) > 50 {
		return string(r[:50])
	}
	return field
}
