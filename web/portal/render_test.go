package portal

import (
	"testing"
	"time"

	"huiyin/intake"
	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/letter"
	"huiyin/sla"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

// Every page renders in both languages with everything it can show, and has
// nothing the content policy would block.
func TestEveryPageRenders(t *testing.T) {
	set, err := page.New(page.Site{City: "澜川市", Organizer: "政府办", Phone: "12345"}, page.Resident, templates)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	l := &letter.Letter{Number: "26112300000015", Title: "路灯", Body: "不亮", Place: "文昌街", Kind: letter.Help, Received: at, Consent: true}
	l.State = letter.Answered
	hit := found{Number: l.Number, Heading: "<mark>路灯</mark>", Snippet: "已修好", Unit: "城管局", Kind: letter.Help, Answered: at}
	g := guess{Shown: true, Unit: "城管局", Words: []string{"路灯"}, Leader: "市长", Office: "政府办", Kind: letter.Help, Urgent: true, Similar: []found{hit}}
	e := entry{Entry: letter.Entry{Step: letter.Approval, At: at, Text: "已修好", Due: at}, By: "城管局", Unit: "市政所"}
	s := survey.Survey{ID: "bus", Title: "问卷", Analysis: "用于改线", Questions: []survey.Question{
		{ID: "way", Kind: survey.Single, Text: "怎样出门", Options: []survey.Option{{ID: "bus", Text: "公交"}}}, {ID: "words", Kind: survey.Text, Text: "还有"}}}
	cards := []surveyCard{{ID: "bus", Title: "问卷", Open: true}, {ID: "old", Title: "旧问卷", Closed: true}, {ID: "next", Title: "新问卷"}}
	talks := []interviewCard{{ID: "meals", Title: "食堂", Guest: "局长", Asking: true}, {ID: "school", Title: "入学", Finished: true}}
	p := letter.Public{Number: l.Number, Kind: letter.Help, Title: "路灯", Body: "不亮", Reply: "已修好", Received: at, Answered: at, WorkingMinutes: 60, Satisfied: 4}
	pagetest.Renders(t, set, map[string]page.View{
		"home": &homePage{Promises: promises{Answered: 3, Median: 2.5, OnTime: 97}, Newest: []newAnswer{{Public: p, Unit: "城管局", Days: 1}}, Surveys: cards, Interviews: talks},
		"write": &writePage{Form: letterForm{Column: letter.Leaders}, Tabs: []tab{{Column: letter.Leaders, Name: "领导信箱", Here: true}},
			Leaders: []choice{{ID: "m", Name: "市长"}}, Units: []choice{{ID: "u", Name: "城管局"}}, Kinds: letter.Kinds, Guess: g},
		"receipt": &receiptPage{Receipt: intake.Receipt{Number: l.Number, QueryCode: "123456"}, Where: g, Line: page.LineOf(l, at, nil), Public: true},
		"follow":  &followPage{Number: "2611"},
		"letter": &letterPage{Letter: l, Unit: "城管局", Line: page.LineOf(l, at, nil), Timeline: []entry{e}, Answer: &e, Public: true,
			Steps: map[letter.Step]bool{letter.Rating: true, letter.Supplement: true, letter.RefusalObjection: true, letter.Withdrawal: true}},
		"published": &publishedPage{Form: searchForm{Text: "路灯", From: "2026-11-01"}, Total: 30, Exact: 1, Hits: []found{hit}, Nearest: []found{hit},
			Facets: []facet{{Word: "性质", Values: []facetValue{{Name: "求助", Count: 1}}, More: []facetValue{{Name: "咨询", Count: 1}}}},
			Chosen: []facetValue{{Name: "城管局", Address: "/published"}}, Orders: searchForm{Text: "路灯"}.orders(),
			Understood: understood{Corrected: "路灯", Means: []otherText{{"路障", "/"}}, Read: []reading{{"ludeng", []otherText{{"路灯", "/"}}}}},
			Pages:      page.Pages{Page: 1, PerPage: 10, Total: 30, Address: "/published"}},
		"answered":  &answeredPage{Letter: p, Unit: "城管局"},
		"answer":    &answerPage{Letter: p, Unit: "城管局", Column: "建议投诉", Category: "市政", Days: 1, Line: page.LineOfPublic(p), Similar: []found{hit}},
		"take_part": &takePartPage{Surveys: cards, Interviews: talks},
		"survey":    &surveyPage{Survey: s, Open: true, Unit: "交通局", Asked: "方琪", Action: survey.Action{Body: "修路灯"}},
		"survey_result": &surveyResultPage{Open: true, Result: survey.Result{Survey: s, Answers: 9, Tallies: []survey.Tally{
			{Question: s.Questions[0], Cells: []survey.Cell{{Option: s.Questions[0].Options[0], Count: 9, Share: 1}, {Hidden: true}}}, {Question: s.Questions[0], Later: true}}}},
		"interview": &interviewPage{Asking: true, Standing: interview.Collects, Interview: interview.Interview{ID: "meals", Topic: "养老",
			Questions: []interview.Question{{Name: "老张", Text: "叫号？", Votes: 3}}, Transcript: []interview.Exchange{{Asker: "甲", Question: "问", Answer: "答"}}}},
		"how": &howPage{Limits: []limit{{Name: "咨询", Answer: sla.Limit{Amount: 2, Unit: sla.WorkingDay}, Source: "默认值"},
			{Name: "紧急", Answer: sla.Limit{Amount: 24, Unit: sla.Hour}, Redo: sla.Limit{Amount: 12, Unit: sla.Hour}}}, Columns: []column{{Name: "领导信箱", Responsible: "罗明"}}},
		"privacy": &statementPage{}, "accessibility": &statementPage{},
	})
}
