package supervise

import (
	"slices"

	"huiyin/internal/store"
)

// soonFigure is no figure of a period: open letters due by the end of the next working day.
const soonFigure store.Figure = "soon"

// meaning says what a number means, for people who will be measured by it.
type meaning struct {
	Figure  store.Figure
	Word    string
	Means   string
	Formula string
}

// meanings explain every number of the page, in the order of the table.
var meanings = []meaning{
	{store.ReceivedIn, "收到", "这段时间里收到的来信。", "按收到的时间计数，导入的旧信也算。"},
	{store.AnsweredIn, "已答复", "这段时间里作出答复的来信。", "按答复的时间计数；没有时限的旧信不算。"},
	{store.OnTimeIn, "按时答复", "答复了的信里，有多少没有超过答应来信人的期限。", "按时答复 ÷ 已答复。"},
	{store.DueIn, "到期", "期限落在这段时间里的来信，答复了没有都算。", "按期限的时间计数。"},
	{store.DueOnTime, "到期按时", "到期的信里，有多少按时答复了；拖着不答复的信不会从这里消失。", "到期按时 ÷ 到期。"},
	{store.Overdue, "现在超期", "此刻还没有答复、已经超过期限的来信，与所选月份无关。", "现在 > 期限，等来信人补充的不算。"},
	{"median", "中位工作日", "一半的答复不超过这么久。", "从收到到答复的上班时间，由短到长排在正中的那一封；等来信人补充的时间不算。"},
	{soonFigure, "即将到期", "今天或下一个工作日到期、还没有答复的来信。", "现在 ≤ 期限 ≤ 下一个工作日结束，等来信人补充的不算。"},
	{yellowFigure, "黄灯", "承办单位的时限已过半、还没有超期的来信。", "提示级别到了“过半”、还没到“超期”，等来信人补充的不算。"},
	{leadersFigure, "领导名单", "超期已久、列入领导名单、还没有答复的来信。", "提示级别到了“领导名单”；答复或者延期后离开。"},
}

// routingMeanings explain the numbers of the page about the router.
var routingMeanings = []meaning{
	{store.SentAlone, "自动派出", "系统有把握、没有经人就派给单位的来信。", "按收到的时间计数，导入的旧答复不算。"},
	{store.SentByHand, "请人派单", "系统没有把握、留给派单员的来信。", "已派的、还在等的和派单员直接答复的都算。"},
	{store.SentBack, "退过单", "单位退过至少一次的来信。", "退单率 = 退过单 ÷ 派给单位的来信。"},
	{store.StayedAlone, "派准", "自动派出后仍在那个单位的来信。", "精确率 = 派准 ÷ 自动派给该单位的来信；召回率 = 派准 ÷ 归该单位办的来信。退回后还没有裁定的暂算派准。"},
	{store.Astray, "派错", "自动派出后改由别的单位办的来信。", "退单改派和转派都算。"},
}

func meaningOf(f store.Figure) (meaning, bool) {
	for _, m := range append(slices.Clip(meanings), routingMeanings...) {
		if m.Figure == f && f != "median" {
			return m, true
		}
	}
	return meaning{}, false
}

// percent is a share in whole percent; false without anything to divide by.
func percent(part, whole int) (int, bool) {
	if whole == 0 {
		return 0, false
	}
	return (part*200 + whole) / (2 * whole), true
}
