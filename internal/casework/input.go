package casework

import (
	"strings"
	"unicode/utf8"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
)

// mostText is the longest text of a step, in characters, as for a letter.
const mostText = 20_000

// check names every faulty field of the input at once.
func (in *Input) check() error {
	fields := map[string]string{}
	texts := map[string]*string{
		"unit": &in.Unit, "category": &in.Category, "reason": &in.Reason, "route": &in.Route,
		"basis": &in.Basis, "text": &in.Text, "note": &in.Note, "lead": &in.Lead, "until": &in.Until,
	}
	if in.Open != nil {
		texts["open_title"], texts["open_body"], texts["open_reply"] = &in.Open.Title, &in.Open.Body, &in.Open.Reply
	}
	for field, text := range texts {
		if err := segment.Check(*text); err != nil {
			fields[field] = "这里有无法识别的字符（编码错误或控制字符），请重新输入。"
			continue
		}
		*text = strings.TrimSpace(strings.ReplaceAll(*text, "\r\n", "\n"))
		if utf8.RuneCountInString(*text) > mostText {
			fields[field] = "文字太长，请缩短到 20000 字以内。"
		}
	}
	if in.Route != "" && known(RefusalReasons[:legalRoutes], in.Route) != nil {
		fields["route"] = "没有这条法定途径。"
	}
	if in.Kind != "" && !in.Kind.Known() {
		fields["kind"] = "没有这种类型。请从咨询、求助、投诉、举报、建议、表扬中选一种。"
	}
	if in.Urgency != "" && !in.Urgency.Known() {
		fields["urgency"] = "没有这种紧急程度。请从一般、紧急、特急中选一种。"
	}
	if len(fields) > 0 {
		return letter.Invalid("有内容需要修改，请看标出的地方。", fields)
	}
	return nil
}

// Reason is a code with its word, as pages offer it.
type Reason struct {
	Code string
	Word string
}

// RefusalReasons are the codes of a refusal; the first ones name a legal route
// that the sender is told (domain.md 3.4).
var RefusalReasons = []Reason{
	{"litigation", "已经或应当通过诉讼解决"}, {"arbitration", "已经或应当通过仲裁解决"},
	{"admin_review", "已经或应当通过行政复议解决"}, {"discipline", "属于纪检监察受理范围"},
	{"disclosure", "属于政府信息公开申请"}, {"already_petition", "已在信访程序中办理"},
	{"emergency", "应立即拨打 110、119、120 或 122"}, {"state_secret", "涉及国家秘密"},
	{"commercial_secret", "涉及商业秘密"}, {"privacy", "涉及他人隐私"}, {"illegal_or_immoral", "违反法律或公序良俗"},
	{"in_progress_same", "同一事项正在办理"}, {"finished_same_no_new_facts", "同一事项已办结且没有新的事实"},
	{"recheck_done", "复核已经终结"}, {"not_this_region", "不属于本市管辖"},
	{"not_this_system", "属于党委、人大、法院、检察院或军队事务"}, {"beyond_duty", "属于市场行为或民事纠纷"},
	{"no_concrete_content", "没有具体内容"}, {"commercial_letter", "商业推销"}, {"malicious", "恶意占用资源"},
}

// legalRoutes is how many of RefusalReasons are also codes of a route.
const legalRoutes = 6

// ObjectionReasons are the codes of a returned letter.
var ObjectionReasons = []Reason{
	{"not_our_duty", "不属于本单位职责"}, {"other_level", "属于上级或下级单位职责"},
	{"not_our_area", "不在本单位辖区"}, {"needs_lead", "须由其他单位牵头"},
}

// WithholdingReasons are the codes of an answer that is not published; each one
// is counted (study, R40).
var WithholdingReasons = []Reason{
	{"cannot_be_masked", "隐去个人信息后已无法理解"}, {"third_party", "涉及第三人权益"},
	{"under_investigation", "事项仍在调查"}, {"duplicate", "与已公开的信件重复"}, {"outdated", "内容已经失效"},
}

func known(reasons []Reason, code string) error {
	for _, r := range reasons {
		if r.Code == code {
			return nil
		}
	}
	return letter.Invalid("请选择一项理由。", map[string]string{"reason": "请选择一项理由。"})
}
