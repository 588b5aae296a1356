package segment

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	callers = `(?:市民|群众|来电人|来信人|诉求人|反映人|当事人|网友|居民|业主|该市民)`
	offices = `(?:各位|市|区|县|街道)?(?:领导|市长|区长|县长|局长|书记|主任|处长|科长|镇长|乡长|院长|校长|同志|工作人员|热线)(?:们)?`
	marks   = `[，,。.！!：:；;～~\s]`
)

// What is stripped stands at the edges of a letter and says nothing of its matter: who wrote it down, greetings, thanks.
var (
	brackets   = regexp.MustCompile(`^\s*(?:(?:\[[^\]\n]{1,20}\]|【[^】\n]{1,20}】|〔[^〕\n]{1,20}〕|（[^）\n]{1,20}）|\([^)\n]{1,20}\))\s*)+`)
	salutation = regexp.MustCompile(`^\s*(?:尊敬的[^，,。！!：:\n]{0,12}?` + offices + `|尊敬的[^，,。！!：:\n]{1,10}[，,：:！!\n]|` + offices + `)?\s*` + marks + `*(?:您们好|你们好|您好|你好|大家好|早上好|下午好|晚上好)` + marks + `*`)
	addressed  = regexp.MustCompile(`^\s*尊敬的[^，,。！!：:\n]{0,12}?` + offices + marks + `+`)
	callerLead = regexp.MustCompile(`^\s*(?:` + callers + `(?:来电|来信|留言|致电)?(?:要求)?(?:反映|咨询|投诉|举报|建议|求助|表示|称)|(?:来电|来信|致电)?要求(?:反映|咨询|投诉|举报))` + marks + `*`)
	about      = regexp.MustCompile(`^\s*关于`)
	matterEnd  = regexp.MustCompile(`的?(?:相关|有关)?(?:问题|诉求|情况|事宜)[。.]?\s*$`)
	labels     = regexp.MustCompile(`(?:^|[。；;\n]|\s)\s*(?:地址|事发地址|诉求地址|事项|诉求|诉求内容|反映内容|问题描述|内容|处理意见)[：:]\s*`)
	dropped    = regexp.MustCompile(`(?:时间|来电时间|发生时间|来电号码|联系电话|联系方式)[：:][^。；;\n]{0,30}(?:[。；;\n]|$)`)
	closings   = []closing{{
		ends:    strings.Fields("敬礼 此致"),
		leads:   strings.Fields("此致 祝好 敬礼"),
		pattern: regexp.MustCompile(`^(?:此致|祝好)?` + marks + `*(?:敬礼|此致)` + marks + `*$`),
	}, {
		ends:    strings.Fields("感谢 谢谢 多谢 拜托 辛苦 您 你 各位 领导 大家 们 了 的 支持 帮助"),
		leads:   strings.Fields("非常感谢 十分感谢 万分感谢 谢谢 感谢 多谢 拜托 辛苦"),
		pattern: regexp.MustCompile(`^(?:非常感谢|十分感谢|万分感谢|谢谢|感谢|多谢|拜托|辛苦)(?:您|你|各位|领导|大家|们|了|的|支持|帮助)*` + marks + `*$`),
	}, {
		ends:    strings.Fields("处理 解决 回复 答复 回应 落实 为盼 反馈 关注 反映 改善 一下 结果 为感"),
		leads:   strings.Fields("请 望 盼 希望 恳请 烦请 敬请 特此"),
		behind:  "，,。！!；;\n",
		pattern: regexp.MustCompile(`^(?:请|望|盼|希望|恳请|烦请|敬请|请求|特此)(?:贵局|贵单位|有关部门|相关部门|政府|领导|您|你们)*(?:能|能够|给予|予以|帮忙|帮助|尽快|及时|早日|核实|调查|协调|重视|督促|并|、|，)*(?:处理|解决|回复|答复|回应|落实|为盼|反馈|关注|反映|改善)(?:一下|结果|为盼|为感)?` + marks + `*$`),
	}}
)

// closing is good manners at the end of a letter, from one of its leads, which stands behind one of some marks if it has
// such, to one of its ends and the marks behind that. Whether a text has these is told at once, while looking for a
// match at every character takes as long as all the rest of cutting.
type closing struct {
	ends, leads []string
	behind      string
	pattern     *regexp.Regexp
}

func (c closing) strip(text string) string {
	bare := strings.TrimRight(text, closingMarks)
	if !slices.ContainsFunc(c.ends, func(end string) bool { return strings.HasSuffix(bare, end) }) {
		return text
	}
	before := rune(-1)
	for at, r := range text {
		if (before < 0 || c.behind == "" || strings.ContainsRune(c.behind, before)) && c.begins(text[at:]) && c.pattern.MatchString(text[at:]) {
			return text[:at]
		}
		before = r
	}
	return text
}

func (c closing) begins(text string) bool {
	return slices.ContainsFunc(c.leads, func(lead string) bool { return strings.HasPrefix(text, lead) })
}

// closingMarks are those of marks.
const closingMarks = "，,。.！!：:；;～~ \t\n\f\r"

// StripTemplates takes off what a hotline form or good manners put around the matter of a letter, so that two letters
// are compared, and one routed, by their matter. If nothing but manners were there, the text comes back trimmed.
func StripTemplates(s string) string {
	text := strings.TrimSpace(s)
	text = brackets.ReplaceAllString(text, "")
	if strings.ContainsAny(text, "：:") {
		text = dropped.ReplaceAllString(text, "")
		text = strings.TrimSpace(labels.ReplaceAllStringFunc(text, keepMark))
	}
	text = salutation.ReplaceAllString(text, "")
	text = addressed.ReplaceAllString(text, "")
	text = stripLead(stripClosings(text))
	text = strings.Trim(text, "，,；; \n\t")
	if strings.Trim(text, "。！!：:") == "" {
		return strings.TrimSpace(s)
	}
	return text
}

// tail is how many bytes before the end manners may begin; looking for their end from every character of a long letter
// took longer than cutting it.
const tail = 300

// stripClosings takes 谢谢 off behind 望尽快处理 behind 此致敬礼.
func stripClosings(text string) string {
	for range 3 {
		from := max(0, len(text)-tail)
		for from > 0 && !utf8.RuneStart(text[from]) {
			from--
		}
		end := text[from:]
		for _, c := range closings {
			end = c.strip(end)
		}
		if len(end) == len(text)-from {
			return text
		}
		text = text[:from] + end
	}
	return text
}

// keepMark drops a field's label but keeps the mark that ended the field before it.
func keepMark(match string) string {
	for _, mark := range []string{"。", "；", ";", "\n"} {
		if strings.HasPrefix(match, mark) {
			return mark
		}
	}
	return ""
}

// stripLead takes 来电要求反映…的问题 and 关于…的问题 off together: without its lead the ending may well be content.
func stripLead(text string) string {
	bare := callerLead.ReplaceAllString(text, "")
	bare = about.ReplaceAllString(bare, "")
	if bare == text || strings.ContainsAny(strings.TrimRight(bare, "。. \n"), "。！？\n") {
		return bare
	}
	return matterEnd.ReplaceAllString(bare, "")
}
