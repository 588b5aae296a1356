package desk

import (
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/routing"
	"huiyin/sla"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

// Every word of the desk can be read in English.
func TestEveryTextIsTranslated(t *testing.T) {
	pagetest.Translations(t, ".")
}

// Every page renders with everything on it in both languages, without what the
// content policy would block and without two equal ids.
func TestEveryPageRenders(t *testing.T) {
	set, err := page.New(page.Site{City: "澜川市"}, page.Desk, templates)
	if err != nil {
		t.Fatal(err)
	}
	pagetest.Renders(t, set, views())
}

func views() map[string]page.View {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	one := row{Row: store.Row{Number: "26112300000015", Title: "路灯不亮", State: letter.Handling, Kind: letter.Help, Urgency: letter.Urgent,
		Flags: []letter.Flag{letter.Health}, Received: at}, UnitName: "城管局", Due: at, Mark: page.Soon, Own: true, Link: "/desk/letters/1", Here: true}
	two := one
	two.Number = "26112300000023"
	three, four := one, one
	four.Number, four.Answered = "26112300000049", at
	three.Number, three.Merged, three.Unit = "26112300000031", one.Number, "cgj"
	l := &letter.Letter{Number: one.Number, Title: "路灯不亮", Body: "正文", Channel: letter.Web, Column: letter.Complaints, Kind: letter.Help,
		Urgency: letter.Urgent, Flags: []letter.Flag{letter.Health}, Place: "梧桐路", Received: at, Reply: letter.Reply{Text: "答复", Note: "记录"}}
	l.State, l.Designated, l.PublishedAt = letter.Handling, true, at
	l.Merged = two.Number
	l.Placement.Reasons = []letter.Reason{{Text: "文中出现“路灯”"}, {Rule: "unsure", Text: "请人工确认"}}
	suggestions := []suggestion{{Unit: "cgj", Name: "城管局", Percent: 60, Words: []letter.Word{{Text: "路灯"}}}, {Unit: "jtj", Name: "交通局", Accused: true}}
	proposed, returned := &proposal{By: "周萍", Reason: "没有具体内容", Text: "为什么", Own: true}, &objection{Unit: "城管局", Reason: "不在本单位辖区", Basis: "依据", Text: "说明"}
	var all []option
	for i, step := range order {
		all = append(all, option{step, i == 0})
	}
	doors := []door{{"待审", "等待签发的答复。自己拟的稿由别的审核员签发。", "/desk/review", 3}, {"来电登记", "来电人说着，您记着；相似的答复随时出现。", "/desk/calls/new", -1}}
	like := []similar{{Number: two.Number, Heading: "路灯", Snippet: "修好", UnitName: "城管局", Answered: at, Reply: "修好了"}}
	clock := letter.Clock{Due: at}
	q := queues[0]
	full := &letterPage{
		Head: page.Head{Title: "路灯不亮", Wrong: "错了", Wrongs: map[string]string{"text": "请填写文字。"}}, From: q, Queue: []row{one}, Letter: l,
		Mark: page.Soon, UnitName: "城管局", Category: "城市管理", Leader: "市长", Guarded: "值班员", Earlier: []row{two},
		Sender: person{Contact: letter.Contact{Name: "周敏", Phone: "1"}, Known: true, Shown: true}, Refusal: proposed, Objection: returned,
		Suggestions: suggestions, Similar: like, Merged: merged{Lead: []row{four}, Members: []row{three}, Total: 1}, Reader: staff.Member{Unit: "cgj"}, UnitDue: &clock, Options: all, Why: "这份答复是您拟的，由别的审核员签发。",
		Units: []routing.Unit{{ID: "cgj", Name: "城管局"}}, Kinds: letter.Kinds, Urgencies: letter.Urgencies, Topics: []routing.Category{{Code: "01", Name: "城市管理", Children: []routing.Category{{Code: "0101", Name: "路灯"}}}},
		Came: letter.Objection, Typed: casework.Input{Text: "文字"}, Used: two.Number,
		Timing: timing{Present: at, Asking: &asking{By: "李娜", Reason: "需要多个单位配合", Text: "文字", Until: at, Days: 3}, MoreTime: []choice{{casework.Extension{Until: at, Amount: 3, Unit: sla.WorkingDay}, true}, {casework.Extension{Until: at, Amount: 12, Unit: sla.Hour}, false}},
			Admitted: at, Corrected: true, Capped: at, Interim: at, Next: at, Window: at, Closed: true, Suspended: "听证"},
		Masked:  &maskedText{Open: letter.OpenText{Title: "标题", Body: "正文", Reply: "答复"}, TitleMarked: "标题", Found: 2},
		History: []moment{{Word: "退单", At: at, Until: at, By: "李娜", Detail: []string{"不在本单位辖区"}, Moves: []move{{"单位办理期限", at, at, false, "已告知的期限不提前"}, {"单位办理期限", at, at, true, ""}}, Lines: []line{{"依据", "三定规定"}}}},
	}
	told := reminders{Total: 9, Works: true, Year: 2027, List: []reminder{
		{Told: store.Told{Entry: staff.Entry{Subject: one.Number, Number: one.Number, At: at}, Due: at}, Heading: "路灯不亮", Link: "/desk/letters/1", Says: "催办", Mark: page.Urged, UnitName: "城管局"},
		{Heading: "放假安排", Says: "2027"}}}
	return map[string]page.View{
		"sign_in": &signInPage{Head: page.Head{Title: "工作人员登录", Wrong: "错了"}, Login: "lina", Next: "/desk"},
		"start":   &startPage{Doors: doors, Told: told, Kept: []row{one}, Posts: []staff.Role{staff.Leader, staff.Reviewer}},
		"queue":   &queuePage{Queue: q, Doors: doors, Told: &told, Tabs: []tab{{"办理中", "/desk", 3, true}}, Kept: []row{one}, Rows: []row{two}, Pages: page.Pages{Page: 1, PerPage: 1, Total: 3}},
		"search": &searchPage{Head: page.Head{Title: "查信", Sought: "路灯"}, Text: "路灯", State: stateOpen, Unit: "cgj", States: letter.States, Narrow: true,
			Units: []routing.Unit{{ID: "cgj", Name: "城管局"}}, Rows: []hit{{row: one, Heading: "<mark>路灯</mark>", Snippet: "坏了"}, {row: two, Heading: "路", Nearest: true}},
			Total: 60, Exact: 1, Pages: page.Pages{Page: 1, PerPage: perPage, Total: 60, Address: "/desk/search?q=路灯"}},
		"dispatch": &dispatchPage{List: "assignment", Tabs: []tab{{"待派单", "/desk/dispatch", 1, true}}, Copies: []row{two}, Cards: []card{{row: one, Letter: l, Suggestions: suggestions, Reasons: l.Placement.Reasons, Refusal: proposed, Objection: returned, Steps: all}}},
		"letter":   full,
		"call":     &callPage{Caller: "1", Earlier: []row{two}, Similar: like, Kinds: letter.Kinds, Units: full.Units},
		"call_done": func() page.View {
			v := &callDone{UnitName: "城管局"}
			v.Receipt.Number, v.Receipt.QueryCode, v.Receipt.Due.Due = one.Number, "418207", at
			return v
		}(),
	}
}
