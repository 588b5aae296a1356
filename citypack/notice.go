package citypack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"gopkg.in/yaml.v3"

	"huiyin/internal/letter"
	"huiyin/sla"
)

// Notice is a year's holidays as they came in: the file, or what was pasted.
type Notice struct {
	Name string // of the file, "" when pasted
	Body []byte
}

// Rows is what a change of the city's rules needs of the store.
type Rows interface {
	ChangeCity(ctx context.Context, i letter.CityItem, c letter.CityChange, now time.Time) error
	ChangeCityItems(ctx context.Context, items []letter.CityItem, c letter.CityChange, now time.Time) error
}

// noticeField is the form field that a refusal of a notice names.
const noticeField = "text"

// Year reads the notice: a year file of holiday-cn, or our own form in JSON or
// YAML. A refusal says what is wrong and, where it can, in which line.
func (n Notice) Year() (sla.Year, error) {
	text := bytes.TrimSpace(bytes.TrimPrefix(n.Body, []byte("\xef\xbb\xbf")))
	if len(text) == 0 {
		return sla.Year{}, letter.Invalid("没有收到内容。请选择文件，或者把内容粘贴到框里。", map[string]string{noticeField: "请选择文件，或者粘贴内容。"})
	}
	y, err := parseYear(text)
	if err == nil {
		return y, nil
	}
	var e *letter.Error
	if !errors.As(err, &e) {
		return y, err
	}
	located := *e
	if line := lineOf(n.Body, e); line > 0 {
		located.Fields = map[string]string{noticeField: fmt.Sprintf("见第 %d 行。", line)}
	}
	return y, &located
}

func parseYear(text []byte) (sla.Year, error) {
	if text[0] == '{' {
		return sla.ParseYear(text)
	}
	var y sla.Year
	if err := yaml.Unmarshal(text, &y); err != nil {
		return y, letter.Refuse("这不是放假安排文件。").Because(err)
	}
	if y.Year == 0 {
		return y, letter.Refuse("没有写明是哪一年的放假安排（year）。")
	}
	return y, y.Check()
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// lineOf finds the line that a refusal speaks of, 0 when that cannot be told: where
// the text stops being JSON or YAML, or where the date stands that it names, the
// second time if twice.
func lineOf(body []byte, e *letter.Error) int {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	at := func(offset int64) int {
		lead := len(body) - len(bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), " \t\r\n"))
		return 1 + bytes.Count(body[:min(len(body), lead+int(offset))], []byte("\n"))
	}
	switch {
	case errors.As(e.Cause, &syntax):
		return at(syntax.Offset)
	case errors.As(e.Cause, &wrong):
		return at(wrong.Offset)
	}
	if e.Cause != nil {
		if m := yamlLine.FindStringSubmatch(e.Cause.Error()); m != nil {
			line, _ := strconv.Atoi(m[1]) // only digits
			return line
		}
	}
	for _, a := range e.Args {
		if date, ok := a.(string); ok && date != "" {
			if i := bytes.LastIndex(body, []byte(date)); i >= 0 {
				return 1 + bytes.Count(body[:i], []byte("\n"))
			}
		}
	}
	return 0
}

// ImportYear puts a year in force from now on, with the notice as it came in. by is
// the login of who does it.
func ImportYear(ctx context.Context, rows Rows, y sla.Year, n Notice, by string, now time.Time) error {
	pack := Pack{Years: []sla.Year{y}}
	items, err := pack.YearItems()
	if err != nil {
		return err
	}
	item := items[0]
	item.From = now
	return rows.ChangeCity(ctx, item, letter.CityChange{By: by, Name: n.Name, File: n.Body}, now)
}

// WithYear is the pack with one year more, or instead of the one it has.
func (p *Pack) WithYear(y sla.Year) *Pack {
	other := *p
	other.Years = nil
	for _, old := range p.Years {
		if old.Year != y.Year {
			other.Years = append(other.Years, old)
		}
	}
	other.Years = append(other.Years, y)
	return &other
}
