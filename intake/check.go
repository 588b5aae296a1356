package intake

import (
	"net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/routing"
)

// Limits are the settings for what a draft may hold, in characters.
type Limits struct {
	Title int
	Body  int
	Name  int
	Place int

	Deadline int // days that a deadline of a higher level may lie ahead
}

// DefaultLimits are the values used when a city sets none; the length of the
// text is that of contracts.md.
var DefaultLimits = Limits{Title: 100, Body: 20_000, Name: 50, Place: 200, Deadline: 180}

// titleOf is how many characters of the text stand in for a missing title.
const titleOf = 25

// check names every faulty field of a draft at once and brings the rest into
// the form that is kept: texts trimmed, an empty title filled in.
func (m Limits) check(d *letter.Draft, r *routing.Router, now time.Time) error {
	fields := map[string]string{}
	texts := []struct {
		field string
		text  *string
		most  int
		long  string
	}{
		{"title", &d.Title, m.Title, "标题太长，请缩短到 %d 字以内。"},
		{"body", &d.Body, m.Body, "正文太长，请缩短到 %d 字以内，或分成几封信。"},
		{"name", &d.Name, m.Name, "姓名太长，请核对。"},
		{"place", &d.Place, m.Place, "地点太长，请缩短到 %d 字以内。"},
		{"phone", &d.Phone, 30, "电话太长，请核对。"},
		{"email", &d.Email, 200, "邮箱太长，请核对。"},
		{"openid", &d.OpenID, 100, "微信标识太长。"},
		{"source_id", &d.SourceID, 200, "来源编号太长。"},
	}
	for _, t := range texts {
		if err := segment.Check(*t.text); err != nil {
			fields[t.field] = "这里有无法识别的字符（编码错误或控制字符），请重新输入。"
			continue
		}
		*t.text = strings.TrimSpace(*t.text)
		if utf8.RuneCountInString(*t.text) > t.most {
			fields[t.field] = strings.ReplaceAll(t.long, "%d", strconv.Itoa(t.most))
		}
	}
	m.choices(*d, r, fields)
	m.deadline(d, now, fields)
	if d.Body == "" && fields["body"] == "" {
		fields["body"] = "请写下您要反映的内容。"
	}
	if len(fields) > 0 {
		return letter.Invalid("有内容需要修改，请看标出的地方。", fields)
	}
	if d.Title == "" {
		d.Title = opening(d.Body)
	}
	if d.Column == "" {
		d.Column = letter.Complaints
	}
	return nil
}

// choices checks what was picked rather than written.
func (m Limits) choices(d letter.Draft, r *routing.Router, fields map[string]string) {
	if d.Kind != "" && !d.Kind.Known() {
		fields["kind"] = "没有这种类型。请从咨询、求助、投诉、举报、建议、表扬中选一种。"
	}
	if d.Column != "" && !d.Column.Known() {
		fields["column"] = "没有这个栏目。"
	}
	if !d.Channel.Known() {
		fields["channel"] = "没有这个渠道。"
	}
	if d.Email != "" {
		if _, err := mail.ParseAddress(d.Email); err != nil {
			fields["email"] = "邮箱格式不对，请核对。"
		}
	}
	if d.Phone != "" && !looksLikePhone(d.Phone) {
		fields["phone"] = "电话号码不对，请核对。"
	}
	if d.Unit != "" {
		if _, ok := r.Unit(d.Unit); !ok {
			fields["unit"] = "没有这个单位。"
		}
	}
	if d.Category != "" && !r.HasCategory(d.Category) {
		fields["category"] = "没有这个分类。"
	}
	if d.Addressee != "" {
		if _, ok := r.Leader(d.Addressee); !ok {
			fields["addressee"] = "没有这位领导的信箱。"
		}
	}
}

// looksLikePhone accepts what people type: 5 to 20 digits, also full-width,
// with spaces, dashes, brackets or a leading plus.
func looksLikePhone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= '０' && r <= '９':
			digits++
		case strings.ContainsRune(" -－—()（）+＋　", r):
		default:
			return false
		}
	}
	return digits >= 5 && digits <= 20
}

// opening is the first characters of the text, on one line, as its title.
func opening(body string) string {
	line := strings.Join(strings.Fields(body), " ")
	if utf8.RuneCountInString(line) <= titleOf {
		return line
	}
	return string([]rune(line)[:titleOf])
}
