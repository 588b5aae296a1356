// Package privacy finds and masks personal data in Chinese text before it is published. It finds much and proves what
// can be proved by a check digit; what is masked in the end, two people decide.
package privacy

import (
	"sort"
	"strings"
)

// Kind says what sort of personal data a span holds.
type Kind = string

// The kinds Find knows.
const (
	IDCard   Kind = "id_card"   // 居民身份证: 18 digits with a right check digit, 15 with a possible date, any after its word
	Mobile   Kind = "mobile"    // 手机号
	Landline Kind = "landline"  // 座机: with area code, or after a word such as 电话
	Plate    Kind = "plate"     // 车牌
	Email    Kind = "email"     // 电子邮箱
	BankCard Kind = "bank_card" // 银行卡: 16 to 19 digits passing Luhn's check, any account number after its word
	Passport Kind = "passport"  // 护照, 通行证
	WeChat   Kind = "wechat"    // 微信号, after its word
	QQ       Kind = "qq"        // QQ 号, after its word
	Address  Kind = "address"   // what lies below community or road: 幢, 单元, 室, 门牌号
	Name     Kind = "name"      // 姓名, after 我叫, 本人, 联系人… or before 先生, 女士
	Document Kind = "document"  // 社保, 病历, 准考证, 合同, 产权证 numbers after their word
	Birth    Kind = "birth"     // 出生日期
)

// Span is one find: the bytes [Start, End) of the text given, and what is to stand there instead.
type Span struct {
	Start, End int
	Kind       Kind
	Mask       string
}

// Find gives all personal data in text, sorted, without overlaps. Full-width or Chinese digits, and spaces, dots, dashes
// or invisible characters between digits, hide nothing. Public numbers (12345, 110, 955xx, 400-…) are no finds. It takes
// any text, broken UTF-8 included.
func Find(text string) []Span {
	p := plainOf(text)
	claimed := &claims{plain: p}
	// What is surest goes first: a later find that overlaps an earlier one is dropped.
	findEmails(p, claimed)
	findNumbers(p, arabic, claimed)
	findNumbers(p, anyDigit, claimed)
	findPlates(p, claimed)
	findDocuments(p, claimed)
	findAccounts(p, claimed)
	findBirths(p, claimed)
	findAddresses(p, claimed)
	findNames(p, claimed)
	sort.Slice(claimed.spans, func(i, j int) bool { return claimed.spans[i].Start < claimed.spans[j].Start })
	return claimed.spans
}

// Mask gives text with all personal data masked, and what was found.
func Mask(text string) (string, []Span) {
	return MaskKinds(text)
}

// MaskKinds masks like Mask but leaves the kinds in skip standing: an answer may well name the office's landline
// and address. The spans returned are those that were masked.
func MaskKinds(text string, skip ...Kind) (string, []Span) {
	var masked []Span
	var b strings.Builder
	from := 0
	for _, span := range Find(text) {
		if contains(skip, span.Kind) {
			continue
		}
		b.WriteString(text[from:span.Start])
		b.WriteString(span.Mask)
		from = span.End
		masked = append(masked, span)
	}
	b.WriteString(text[from:])
	return b.String(), masked
}

func contains(kinds []Kind, kind Kind) bool {
	for _, one := range kinds {
		if one == kind {
			return true
		}
	}
	return false
}

// claims collects finds and refuses overlaps.
type claims struct {
	plain *plain
	spans []Span
}

// add claims the characters [from, to) of the plain text; false if another find has some of them.
func (c *claims) add(from, to int, kind Kind, mask string) bool {
	if from >= to {
		return false
	}
	span := Span{Start: c.plain.chars[from].start, End: c.plain.chars[to-1].end, Kind: kind, Mask: mask}
	for _, other := range c.spans {
		if span.Start < other.End && other.Start < span.End {
			return false
		}
	}
	c.spans = append(c.spans, span)
	return true
}

// addBytes claims bytes of the plain text's string, as regular expressions give them.
func (c *claims) addBytes(from, to int, kind Kind, mask string) bool {
	return from < to && c.add(c.plain.at[from], c.plain.at[to-1]+1, kind, mask)
}
