package privacy

import (
	"regexp"
	"strings"
)

var (
	mobileDigits = regexp.MustCompile(`^(0086|086|86|0)?(1[3-9]\d{9})$`)
	twoMobiles   = regexp.MustCompile(`^(?:1[3-9]\d{9}){2,3}$`)
	areaDigits   = regexp.MustCompile(`^(?:0086|86)?(010|02\d|0[3-9]\d\d)([2-8]\d{6,7})$`)
	localDigits  = regexp.MustCompile(`^[2-8]\d{6,7}$`)
	phoneWord    = regexp.MustCompile(`(?i)(?:电话|手机|座机|联系方式|联系我|号码|致电|拨打|拨|呼|热线|固话|传真|tel|phone|来电)(?:号|号码|是|为|一下|我)*[^0-9。;\n]{0,3}$`)
	caseWord     = regexp.MustCompile(`(?:编号|单号|案号|文号|受理号|订单号|批号|条码|序列号)(?:是|为)?[\s:"“(\[]{0,3}$`)
	quantity     = regexp.MustCompile(`^\s?(?:元|万|亿|吨|平|㎡|度|°|千|公里|米|块钱|人民币)`)
	moneyOrPlace = regexp.MustCompile(`(?:[¥￥$]|东经|北纬|经度|纬度|金额)[\s:]{0,2}$`)
)

// claimMobile takes a mainland mobile number, its country code left standing. An amount, or a number called the
// number of a case, is none.
func (n number) claimMobile(c *claims) bool {
	if quantity.MatchString(n.after) || moneyOrPlace.MatchString(n.before) || caseWord.MatchString(n.before) {
		return false
	}
	if len(n.shape) == 1 && twoMobiles.MatchString(n.digits) { // written without a gap
		done := true
		for from := 0; from < len(n.digits); from += 11 {
			done = n.claim(c, from, from+11, Mobile, hide(n.digits[from:from+11], 3, 4)) && done
		}
		return done
	}
	found := mobileDigits.FindStringSubmatch(n.digits)
	if found == nil || !n.mobileShape(len(found[1])) && !phoneWord.MatchString(n.before) {
		return false
	}
	return n.claim(c, len(found[1]), len(n.digits), Mobile, hide(found[2], 3, 4))
}

// mobileShape says whether the groups look like a number written in pieces, not like a list (13、15、17、19…) that
// happens to have eleven digits. A prefix of its own is no piece.
func (n number) mobileShape(prefix int) bool {
	shape := n.shape
	if len(shape) > 1 && shape[0] == prefix {
		shape = shape[1:]
	}
	if len(shape) > 4 {
		for _, size := range shape {
			if size != 1 {
				return false
			}
		}
		return true
	}
	for i, size := range shape {
		if size < 2 || i > 0 && size < 3 {
			return false
		}
	}
	return true
}

// claimLandline takes a number with its area code, or, after a word such as 电话, one without. 400 and 800 numbers and
// the short public ones have neither form.
func (n number) claimLandline(c *claims) bool {
	if quantity.MatchString(n.after) || caseWord.MatchString(n.before) {
		return false
	}
	if found := areaDigits.FindStringSubmatch(n.digits); found != nil && n.areaShape(len(found[1])) {
		if len(found[1]) == 3 && len(found[2]) != 8 {
			return false
		}
		from := len(n.digits) - len(found[1]) - len(found[2])
		return n.claim(c, from, len(n.digits), Landline, found[1]+"-"+hide(found[2], 0, 4))
	}
	if localDigits.MatchString(n.digits) && phoneWord.MatchString(n.before) && len(n.shape) <= 2 && n.shape[0] >= 3 && !looksLikeYear(n.digits) {
		return n.claim(c, 0, len(n.digits), Landline, hide(n.digits, 0, 4))
	}
	return false
}

// areaShape wants the area code as a group of its own, or everything in one group, or digit by digit.
func (n number) areaShape(area int) bool {
	first := n.shape[0]
	return len(n.shape) == 1 || len(n.shape) == len(n.digits) || len(n.shape) <= 4 && (first == area || strings.HasPrefix(n.digits, "86") || strings.HasPrefix(n.digits, "0086"))
}

func looksLikeYear(digits string) bool {
	return len(digits) == 8 && possibleDate(digits)
}
