package privacy

import (
	"regexp"
	"strings"
)

// number is one or more groups of digits, read as one: 138 1234 5678 has the shape 3, 4, 4.
type number struct {
	digits string
	chars  []int // the character each digit stands at
	shape  []int
	before string // what stands in front
	after  string // what stands behind
	x      int    // the character behind the end of an id card's X, 0 if none follows
}

type group struct {
	from, to int
	digits   string
}

const (
	maxGroups     = 20 // an id card written digit by digit, and a little more
	maxSeparators = 3
)

// findNumbers looks at every group of digits by itself, then at neighbouring groups read together. A find begins and
// ends where a group does, so that no part of a longer number is taken for a telephone.
func findNumbers(p *plain, digit func(*plain, int) int, c *claims) {
	for _, row := range rowsOfGroups(p, digit) {
		taken := make([]bool, len(row))
		for i := range row {
			taken[i] = claimNumber(p, row[i:i+1], c)
		}
		for i := 0; i < len(row); i++ {
			for j := min(i+maxGroups, len(row)); j > i+1; j-- {
				if !anyTaken(taken[i:j]) && claimNumber(p, row[i:j], c) {
					i = j - 1
					break
				}
			}
		}
	}
}

func anyTaken(taken []bool) bool {
	for _, one := range taken {
		if one {
			return true
		}
	}
	return false
}

// rowsOfGroups finds groups of digits; groups with at most three separators between them make a row.
func rowsOfGroups(p *plain, digit func(*plain, int) int) [][]group {
	var rows [][]group
	var row []group
	for i := 0; i < len(p.chars); {
		if digit(p, i) < 0 {
			i++
			continue
		}
		g := group{from: i}
		for ; i < len(p.chars); i++ {
			d := digit(p, i)
			if d < 0 {
				break
			}
			g.digits += string(rune('0' + d))
		}
		g.to = i
		row = append(row, g)
		next := i
		for next < len(p.chars) && next-i < maxSeparators && strings.ContainsRune(" .-·•_*~|/()\t、", p.r(next)) {
			if p.r(next) == '、' && (isDigit(p.r(next-1)) || isDigit(p.r(next+1))) {
				break // 19、812、501、213 are bus lines; only 一三八、一二三四、五六七八 is one number
			}
			next++
		}
		if next == i || digit(p, next) < 0 {
			rows, row = append(rows, row), nil
		}
		i = next
	}
	return append(rows, row)
}

func claimNumber(p *plain, groups []group, c *claims) bool {
	n := number{}
	for _, g := range groups {
		n.digits += g.digits
		n.shape = append(n.shape, g.to-g.from)
		for i := g.from; i < g.to; i++ {
			n.chars = append(n.chars, i)
		}
	}
	if len(n.digits) < 7 || len(n.digits) > 33 {
		return false
	}
	end := groups[len(groups)-1].to
	n.before, n.after = p.before(groups[0].from, 16), p.after(end, 3)
	n.x = tailX(p, end)
	return n.claimIDCard(c) || n.claimBankCard(c) || n.claimMobile(c) || n.claimLandline(c)
}

// tailX gives the character behind an X that ends a number, perhaps after one separator.
func tailX(p *plain, end int) int {
	if r := p.r(end); r == ' ' || r == '-' || r == '.' {
		end++
	}
	if r := p.r(end); (r == 'x' || r == 'X') && !isAlphanumeric(p.r(end+1)) {
		return end + 1
	}
	return 0
}

// claim takes the digits [from, to) of the number.
func (n number) claim(c *claims, from, to int, kind Kind, mask string) bool {
	return c.add(n.chars[from], n.chars[to-1]+1, kind, mask)
}

var (
	idWord   = regexp.MustCompile(`(?:身份证|身份号码|证件)(?:件|号|号码|号为|信息|编号)*[^0-9。;\n]{0,4}$`)
	bankWord = regexp.MustCompile(`(?:银行卡|储蓄卡|信用卡|借记卡|社保卡|卡号|账号|帐号|账户|帐户|农行|工行|建行|中行|邮储)[^0-9。;\n]{0,8}$`)
)

func (n number) claimIDCard(c *claims) bool {
	digits, end := n.digits, n.chars[len(n.chars)-1]+1
	if len(digits) == 17 && n.x > 0 {
		digits, end = digits+"X", n.x
	}
	named := (len(digits) == 15 || len(digits) == 18) && idWord.MatchString(n.before)
	if !named && !validID(digits) {
		return false
	}
	tail := 4
	if len(digits) == 15 { // without a check digit only its pieces tell it from a list of houses
		if !n.cardShape() {
			return false
		}
		tail = 3
	}
	return c.add(n.chars[0], end, IDCard, hide(digits, 6, tail))
}

func (n number) claimBankCard(c *claims) bool {
	named := n.digits[0] != '0' && len(n.digits) >= 12 && len(n.digits) <= 19 && bankWord.MatchString(n.before)
	if !n.cardShape() || !named && !validBankCard(n.digits) {
		return false
	}
	return n.claim(c, 0, len(n.digits), BankCard, hide(n.digits, 4, 4))
}

// cardShape says whether the groups look like a card's (4, 4, 4, 4, 3 or digit by digit), not like a list of houses.
func (n number) cardShape() bool {
	if len(n.shape) == len(n.digits) {
		return true
	}
	for _, size := range n.shape[:len(n.shape)-1] {
		if size < 4 {
			return false
		}
	}
	return len(n.shape) <= 5
}

// hide keeps the first head and last tail characters.
func hide(s string, head, tail int) string {
	return s[:head] + strings.Repeat("*", len(s)-head-tail) + s[len(s)-tail:]
}
