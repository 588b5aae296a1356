package letter

import (
	"fmt"
	"strings"
	"time"
)

// NewNumber makes the public number of a letter: YYMMDD of the day in the
// city's zone, seven digits, and a check digit after ISO 7064 MOD 11,10, so
// that a number misheard on the phone is noticed.
func NewNumber(day time.Time, serial int) string {
	s := fmt.Sprintf("%s%07d", day.Format("060102"), serial%10_000_000)
	return s + string(rune('0'+checkDigit(s)))
}

// ParseNumber reads a number as people type it (spaces, dashes, full-width
// digits) and checks its check digit.
func ParseNumber(typed string) (string, error) {
	var b strings.Builder
	for _, r := range strings.TrimSpace(typed) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune(r - '０' + '0')
		case r == ' ' || r == '-' || r == '　':
		default:
			return "", errNumber()
		}
	}
	n := b.String()
	if len(n) != 14 || checkDigit(n[:13]) != int(n[13]-'0') {
		return "", errNumber()
	}
	return n, nil
}

// Digits are the digits in a text, full-width ones as ordinary, and nothing else.
func Digits(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return -1
	}, text)
}

func errNumber() *Error {
	return Invalid("编号不对。编号是 14 位数字，请核对后再输入。", map[string]string{"number": "请核对编号。"})
}

// checkDigit is ISO 7064 MOD 11,10 over decimal digits.
func checkDigit(digits string) int {
	p := 10
	for _, r := range digits {
		p += int(r - '0')
		if p %= 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (11 - p) % 10
}
