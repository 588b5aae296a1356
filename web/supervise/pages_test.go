package supervise

import (
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/routing"
	"huiyin/routing/training"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

func TestEveryPageRenders(t *testing.T) {
	at := time.Date(2026, 3, 9, 15, 59, 59, 0, time.UTC)
	set, err := page.New(page.Site{City: "云川市"}, page.Desk, templates)
	if err != nil {
		t.Fatal(err)
	}
	list := []standing{
		{Number: "26030200000015", Title: "<路灯>", Unit: "城市管理局", State: letter.Handling, Due: at, Mark: page.Overdue},
		{Number: "26030200000023", Title: "路灯", State: letter.Answered, Received: at, Due: at, Answered: at, Mark: page.Late, Days: 2},
		{Number: "26030200000031", Title: "导入", State: letter.Closed, Received: at},
	}
	row := unitRow{Name: "城市管理局", Performance: store.Performance{Received: 2, Answered: 1, OnTime: 1, Due: 1, DueOnTime: 1, Overdue: 1},
		Percent: 100, Any: true, Median: 1.5, Measured: true, links: func(f store.Figure) string { return "/x?figure=" + string(f) }}
	months := monthsUntil(at, 6, page.Chinese)
	drawn := trend{Width: 100, Height: 100, Bars: []bar{draw(0, months[0], store.DueRate{Due: 3, DueOnTime: 2}, page.Chinese), draw(1, months[1], store.DueRate{}, page.Chinese)}}
	weeks := []int{0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 0, 5}
	topic := hot{TopicFigures: store.TopicFigures{Topic: letter.Topic{ID: "0a1b2c", Name: "<夜市>油烟", Place: "柳堤路", First: at, Last: at, Started: at},
		Received: 6, People: 5, Open: 2, Weeks: weeks}, Units: "城市管理局", Category: "环境污染", New: true, Heat: heatOf(weeks), Drawing: drawWeeks(weeks)}
	calm := hot{TopicFigures: store.TopicFigures{Topic: letter.Topic{ID: "1a", Name: "公交", Last: at}, Weeks: make([]int, drawnWeeks)}, Heat: heatOf(make([]int, drawnWeeks))}
	quality := qualityPage(at, months)
	pagetest.Renders(t, set, map[string]page.View{
		"routing": quality,
		"searches": &searchesPage{Head: page.Head{Title: "市民查了什么"}, Month: months[0], Months: months, Common: []searched{{store.SearchCount{Text: "<路灯>", Asked: 9}}},
			Empty: []searched{{store.SearchCount{Text: "<巴士>", Asked: 4, Nothing: 3}}}, Chosen: []store.AnswerCount{{Number: "26030200000015", Title: "<路灯>", Chosen: 2}, {Number: "26030200000023", Chosen: 1}}, Admin: true},
		"topics": &topicsPage{Head: page.Head{Title: "热点"}, Topics: []hot{topic, calm}, Spans: spans, Chosen: spans[1]},
		"topic":  &topicPage{Head: page.Head{Title: "热点"}, Topic: topic, Letters: list, Pages: page.Pages{Page: 1, PerPage: 1, Total: 3}},
		"overview": &overviewPage{Head: page.Head{Title: "督办"}, Hottest: []hot{topic}, Overdue: list, OverdueTotal: 30, OverdueUnits: []unitRow{row}, Soon: list, SoonTotal: 3,
			Yellow: onLadder{list, 30, "/x"}, Leaders: onLadder{list, 30, "/x"}, LeadersFirst: true,
			Month: months[0], Months: months, City: row, Units: []unitRow{row, {Name: "交通运输局"}}, Trend: drawn, Meanings: meanings},
		"letters": &lettersPage{Head: page.Head{Title: "收到"}, Meaning: meanings[0], From: at, To: at, Letters: list, Pages: page.Pages{Page: 1, PerPage: 1, Total: 3}},
	})
	pagetest.Renders(t, set, map[string]page.View{"overview": &overviewPage{Months: months}, "letters": &lettersPage{},
		"routing": &routingPage{Months: months, learned: learned{Damaged: "20260301-aa", Course: training.Course{Asked: at}, Waiting: true}},
		"topics":  &topicsPage{Older: 3}, "topic": &topicPage{}, "searches": &searchesPage{Months: months}})
}

// qualityPage has something in each of its parts.
func qualityPage(at time.Time, months []month) *routingPage {
	some := share{N: 3, Of: 4, Link: "/x"}
	trial := training.Comparison{Letters: 90, Corrections: 9, OnAside: training.Match{N: 4, Old: 2, New: 3}, Why: "在没学过的更正上比现用的好，已启用。",
		Unseen: routing.Figures{N: 90, Accuracy: 0.875}, Offers: []training.Offer{{Routed: 0.5, Wrong: 0.01}, {AtMost: 0.02, Certain: 0.81, Routed: 0.625, Wrong: 0.0185}}}
	active := edition{Edition: routing.Edition{Version: "20260309-0a1b2c3d", State: routing.Active, Trained: at, Adopted: at, Whole: true}, Comparison: trial}
	old, refused := active, active
	old.State, old.Version, refused.State = routing.Kept, "20260301-ffffffff", routing.Refused
	v := &routingPage{Head: page.Head{Title: "派单质量"}, Month: months[0], Months: months, Total: 4, Alone: some, ByHand: some, Back: some, Astray: some,
		Units:    []placedRow{{Name: "<城管>", Precision: some, Recall: share{N: 1, Of: 2}, Back: share{}, Sent: some}},
		Mixed:    []mixedUp{{From: "城市管理局", To: "公安局", N: 2, Link: "/x", Letters: []store.Misplaced{{Number: "26030200000015", Title: "<夜市>"}}}},
		Meanings: routingMeanings, MayOpen: true, Admin: true}
	v.learned = learned{InUse: &active, Models: []edition{active, old}, Refused: []edition{refused}, Course: training.Course{Began: at, Ended: at, Version: "x", Why: trial.Why},
		Took: 2, Tried: 90, Few: true}
	for i, o := range trial.Offers {
		v.Offers = append(v.Offers, offer{o, i == 1})
	}
	return v
}

// Nothing in time is drawn as a line, months without letters due as nothing.
func TestTheDrawingSaysWhatTheNumbersSay(t *testing.T) {
	m := monthsUntil(time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC), 1, page.English)[0]
	for _, c := range []struct {
		rate    store.DueRate
		any     bool
		percent int
		height  int
	}{
		{store.DueRate{}, false, 0, 0},
		{store.DueRate{Due: 7}, true, 0, 1},
		{store.DueRate{Due: 3, DueOnTime: 2}, true, 67, 56},
		{store.DueRate{Due: 8, DueOnTime: 1}, true, 13, 10},
		{store.DueRate{Due: 5, DueOnTime: 5}, true, 100, barHeight},
	} {
		b := draw(0, m, c.rate, page.English)
		if b.Any != c.any || b.Percent != c.percent || b.H != c.height || b.Y+b.H != barTop+barHeight || b.Short != "Mar" {
			t.Errorf("%+v: %+v", c.rate, b)
		}
	}
}

// The last seven days are measured by the four times seven days before, in which every weekday stands once as well.
func TestHeatComparesWithTheFourWeeksBefore(t *testing.T) {
	for _, c := range []struct {
		weeks  []int
		word   string
		before string
	}{
		{[]int{9, 0, 0, 0, 0, 5}, "升温", "0"},
		{[]int{0, 2, 2, 2, 2, 3}, "升温", "2"},
		{[]int{0, 2, 2, 2, 2, 2}, "平稳", "2"},
		{[]int{0, 3, 3, 2, 3, 1}, "降温", "2.8"},
		{[]int{0, 1, 0, 0, 0, 1}, "平稳", "0.3"}, // one letter is no rise
		{[]int{0, 5, 5, 5, 5, 0}, "暂时平息", "5"},
	} {
		if h := heatOf(c.weeks); h.Word != c.word || h.BeforeText() != c.before || h.Rising != (c.word == "升温") {
			t.Errorf("%v: %+v %s", c.weeks, h, h.BeforeText())
		}
	}
	if d := drawWeeks([]int{0, 1, 4}); len(d.Bars) != 2 || d.Bars[0].H != weekHeight/4 || d.Bars[1].Y != 0 || !d.Bars[1].Last {
		t.Errorf("%+v", d)
	}
}
