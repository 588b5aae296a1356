package privacy

import (
	"regexp"
	"strings"
)

var (
	email      = regexp.MustCompile(`[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,63})\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)
	plate      = regexp.MustCompile(`(?i)([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]\s?[A-Z])[ .·•-]?([A-HJ-NP-Z0-9](?: ?[A-HJ-NP-Z0-9]){3,4} ?[A-HJ-NP-Z0-9挂学警港澳领])`)
	barePlate  = regexp.MustCompile(`(?i)车牌(?:号码|号)?(?:尾号)?[是为:\s]{0,3}([A-Z][ .·•-]?)([A-HJ-NP-Z0-9]{5,6})`)
	passport   = regexp.MustCompile(`(?i)(?:护照|通行证|台胞证|回乡证)(?:号码|号|证号)?[是为:\s]{0,3}([A-Z]{0,2}\d{7,10})`)
	noWordPass = regexp.MustCompile(`[EG]\d{8}|E[A-HJ-NP-Z]\d{7}`)
	document   = regexp.MustCompile(`(?i)(?:社保|社会保障|医保|病历|病案|住院|门诊|就诊|准考证|学籍|学号|驾驶证|档案|合同|产权证|房产证|房权证|低保证|残疾证|军官证|退役证)(?:卡|编|证|备案)?(?:号码|编号|号)[是为:\s]{0,3}([A-Z0-9][A-Z0-9-]{4,24}[A-Z0-9])`)
	weChat     = regexp.MustCompile(`(?i)(?:微信|薇信|威信|微x|v信|weixin|wechat|\bwx|\bvx)(?:号码|号|id)?(?:同号|联系)?[是为加:\s]{0,3}([A-Z][A-Z0-9_-]{5,19}|\d{5,12})`)
	qq         = regexp.MustCompile(`(?i)(?:\bqq|扣扣|企鹅)(?:号码|号|群号|群)?[是为加:\s]{0,3}([1-9]\d{4,11})`)
	birth      = regexp.MustCompile(`(?:出生日期|出生年月日|出生年月|出生时间|生日|出生于|^生于|[^先]生于)[是为在:\s]{0,3}((?:\d{4}|[一二三四五六七八九零〇]{4})[年.\-/](?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[月.\-/](?:\d{1,2}|[一二三四五六七八九十]{1,3}))?[月日号]?)`)
	bornOn     = regexp.MustCompile(`((?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}[日号])?)(?:出生|生人)`)
)

func findEmails(p *plain, c *claims) {
	for _, at := range email.FindAllStringIndex(p.text, -1) {
		found := p.text[at[0]:at[1]]
		domain := strings.TrimSpace(found[strings.Index(found, "@")+1:])
		c.addBytes(at[0], at[1], Email, found[:1]+"***@"+domain)
	}
}

// findPlates takes province, letter and five or six places of which two at least are digits; 鲁A12345 becomes 鲁A***45.
func findPlates(p *plain, c *claims) {
	for _, pattern := range []*regexp.Regexp{plate, barePlate} {
		for _, at := range pattern.FindAllStringSubmatchIndex(p.text, -1) {
			places := []rune(strings.ReplaceAll(p.text[at[4]:at[5]], " ", ""))
			digits := 0
			for _, r := range places {
				if isDigit(r) {
					digits++
				}
			}
			if digits < 2 || isAlphanumeric(p.following(at[1])) {
				continue
			}
			head := strings.ToUpper(strings.Trim(strings.ReplaceAll(p.text[at[2]:at[3]], " ", ""), ".·•-"))
			tail := strings.ToUpper(string(places[len(places)-2:]))
			c.addBytes(at[2], at[5], Plate, head+strings.Repeat("*", len(places)-2)+tail)
		}
	}
}

// findDocuments takes passports and the numbers that follow the name of their document.
func findDocuments(p *plain, c *claims) {
	for _, at := range noWordPass.FindAllStringIndex(p.text, -1) {
		found := p.text[at[0]:at[1]]
		if isAlphanumeric(p.preceding(at[0])) || isAlphanumeric(p.following(at[1])) || possibleDate(found[1:]) {
			continue // G20231015 is a file number
		}
		c.addBytes(at[0], at[1], Passport, hide(found, 1, 2))
	}
	if !p.mentions("证", "照", "号") {
		return
	}
	for _, at := range passport.FindAllStringSubmatchIndex(p.text, -1) {
		found := p.text[at[2]:at[3]]
		c.addBytes(at[2], at[3], Passport, hide(found, 1, 2))
	}
	if !p.mentions("号") {
		return
	}
	for _, at := range document.FindAllStringSubmatchIndex(p.text, -1) {
		c.addBytes(at[2], at[3], Document, hide(p.text[at[2]:at[3]], 0, 2))
	}
}

func findAccounts(p *plain, c *claims) {
	if !p.mentions("信", "微", "x", "X", "q", "Q", "we", "We", "WE", "扣扣", "企鹅") {
		return
	}
	for _, at := range weChat.FindAllStringSubmatchIndex(p.text, -1) {
		found := p.text[at[2]:at[3]]
		if strings.EqualFold(found, "wechat") || strings.EqualFold(found, "weixin") {
			continue
		}
		c.addBytes(at[2], at[3], WeChat, found[:1]+"***")
	}
	for _, at := range qq.FindAllStringSubmatchIndex(p.text, -1) {
		c.addBytes(at[2], at[3], QQ, p.text[at[2]:at[2]+1]+"***")
	}
}

func findBirths(p *plain, c *claims) {
	if !p.mentions("生") {
		return
	}
	for _, pattern := range []*regexp.Regexp{birth, bornOn} {
		for _, at := range pattern.FindAllStringSubmatchIndex(p.text, -1) {
			c.addBytes(at[2], at[3], Birth, "某年某月")
		}
	}
}

// preceding and following give the character before and after a byte of the plain text, 0 at its ends.
func (p *plain) preceding(at int) rune {
	if at == 0 {
		return 0
	}
	return p.r(p.at[at-1])
}

func (p *plain) following(at int) rune {
	if at >= len(p.at) {
		return 0
	}
	return p.r(p.at[at])
}
