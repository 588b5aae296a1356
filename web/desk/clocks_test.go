package desk_test

import (
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/testhouse"
)

// The desk lists every limit of a letter with its full explanation: those that run, then those that are over.
func TestTheDeskExplainsEveryLimit(t *testing.T) {
	o := open(t)
	o.Now = time.Date(2026, 9, 29, 10, 0, 0, 0, o.City.Zone())
	number := o.Submit(lamps)
	lina := o.as("lina")
	lina.sees("/desk/letters/"+number, "各项期限", "对来信人的期限", "单位办理期限", "签收期限", "退单期限", "派单当天不计", "国庆节放假", "调休上班",
		"依据：本市默认值，参照各地热线规定：退单一个工作日", "开始的当日不计入，从下一日起算（民法典第二百零一条第一款）",
		"日历版本 "+o.City.Clocks.Calendar.Version(), "答复到期在先，阶段答复不另行催办。").Lacks(t, "已经结束的期限", "阶段答复期限</dt>")
	o.Now = o.Now.Add(48 * time.Hour)
	if _, err := o.Casework.Sweep(t.Context(), o.Now); err != nil { // time has accepted it at the end of its limit
		t.Fatal(err)
	}
	lina.sees("/desk/letters/"+number, "已经结束的期限：1 项", "期限内结束", "已截止")
	lina.sees("/desk/letters/"+number+"?lang=en", "All limits", "Limits that are over: 1", "National Day holiday", "make-up day", "day assigned", "Civil Code, Article 201 (1)", "Calendar version")
}

// A limit that was over before a notice came keeps its date, says by which version it was counted, and shows no days.
func TestALimitThatIsOverNamesItsCalendar(t *testing.T) {
	o := open(t)
	o.Now = time.Date(2026, 12, 28, 10, 0, 0, 0, o.City.Zone())
	number, before := o.Submit(lamps), o.City.Clocks.Calendar.Version()
	open := o.Submit(letter.Draft{Kind: letter.Help, Title: "文昌街路灯不亮", Body: "文昌街路灯不亮，请修。"})
	o.Answer(number, "您好，已修复。", "")
	o.Announce(testhouse.WorkedNewYear)
	o.as("lina").sees("/desk/letters/"+open, "2027年1月4日（周一）", "正在重新计算") // nobody has touched it yet
	o.as("lina").sees("/desk/letters/"+number, "2027年1月4日（周一）", "日历后来有变，按现在的 2027-", "会算到2027年1月2日（周六）", "仍以当时的 "+before+" 版为准")
}
