package admin

import (
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/sla"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

func TestEveryPageRenders(t *testing.T) {
	set, err := page.New(page.Site{City: "云川市"}, page.Desk, templates)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	year := sla.Year{Year: 2027, Source: "<通知>", Announced: "2026-11-05", Off: []sla.Special{{Date: "2027-01-01", Name: "元旦"}}}
	calendar, err := sla.NewCalendar(time.UTC, "2027-aa", nil, year)
	if err != nil {
		t.Fatal(err)
	}
	unknown := missing{Years: []int{2027}, Since: true}
	pagetest.Renders(t, set, map[string]page.View{
		"start": &startPage{Head: page.Head{Title: "管理"}, KnownTo: 2026, Missing: unknown, Policies: 7},
		"calendar": &calendarPage{Head: page.Head{Title: "工作日历"}, Version: "2027-aa", Missing: unknown, Years: []knownYear{{year, at, "魏然", true}, {Year: year}},
			Drawn: drawYear(calendar, 2027, page.English), Shown: 2027, Choice: []int{2026, 2027}, Hours: sla.DefaultHours, Minutes: 420,
			Orders: []localOrder{{sla.Overlay{ID: "a", Unit: "cgj", Source: "<令>", Effective: "2027-01-01", Off: year.Off}, "", "城管局"}, {sla.Overlay{ID: "b"}, "", ""}}},
		"notice": &noticePage{Year: year, Name: "2027.json", Raw: "eA==", Replaces: true, Changed: true, More: true, Days: 3, Stir: sla.Stir{Letters: 9, Later: 2, Answers: 1, Stay: 3, Firm: 1},
			Changes: []changedDay{{at, "工作日", "元旦放假", false, true}, {at, "周末", "调休上班（元旦）", true, true}, {at, "周末", "元旦放假", false, false}}},
		"policies": &policiesPage{}, "policy": &policyPage{}, "profile": &profilePage{}, "order": &orderPage{}, "order_end": &orderEndPage{}, "hours": &hoursPage{},
		"words": &wordsPage{Query: "<灯>", Groups: []wordGroup{{"路灯", []string{"路灯", "<街灯>"}}}, Pages: page.Pages{Page: 1, PerPage: 1, Total: 2}, Weak: held([]string{"咨询"}, ""), Places: held([]string{"柳溪"}, "江"), Earlier: []wordChange{{at, "", "改了本市词语", ""}}, Waiting: 2,
			Changes: []wordChange{{at, "魏然", "写入一组", "路灯、街灯"}, {at, "", "改了本市词语", ""}}, Building: search.Building{Began: at, Ended: at, Letters: 2, Of: 2}},
		"words_group": &wordGroupPage{ID: "路灯", Text: "路灯、<街灯>"}, "words_list": &wordListPage{Head: page.Head{Title: "不计分的词"}, wordList: weakWords, Text: "<咨询>"},
	})
	p := sla.Policy{ID: "hotline", Name: "<一般>", Source: "本市", From: at, Limits: map[string]sla.Limit{"sender": {Amount: 5, Unit: sla.WorkingDay}}, Sources: map[string]string{"sender": "第八条"}}
	shown := shownPolicy{Policy: p, For: []condition{{"单位", "", "城管局"}, {"类型", "咨询", ""}}, Limits: []shownLimit{{"sender", "答复来信人", amount{p.Limits["sender"]}, "第八条"}}, Coming: []sla.Policy{p}, At: at, By: "魏然"}
	tried := &trial{From: at, Changes: append(changed(p, sla.Policy{ID: "hotline"}), changed(sla.Policy{}, p)...), Quarter: lastQuarter(at), More: true, Older: true,
		Past: sla.Past{All: sla.Tally{Answers: 3, OnTime: 2}}, Moves: sla.Stir{Letters: 3, Later: 1}, Would: sla.Stir{Letters: 3, Later: 1}}
	pagetest.Renders(t, set, map[string]page.View{
		"start": &startPage{}, "calendar": &calendarPage{}, "notice": &noticePage{},
		"words": &wordsPage{Query: "灯", Building: search.Building{Began: at, Of: 9, Letters: 3}}, "words_group": &wordGroupPage{}, "words_list": &wordListPage{wordList: placeWords},
		"order":     &orderPage{Form: orderForm{Unit: "cgj", Below: "yes"}, For: "<局>", Trial: &localPreview{Changed: true, Changes: []changedDay{{at, "工作日", "周末", false, true}}}},
		"order_end": &orderEndPage{Order: localOrder{sla.Overlay{ID: "a", Unit: "cgj"}, "", "城管局"}, Trial: &localPreview{}},
		"hours":     &hoursPage{Periods: []period{{1, sla.DefaultHours[0]}, {Number: 2}}, Minutes: 420, Trial: &localPreview{Minutes: 450}},
		"policies":  &policiesPage{Policies: []shownPolicy{shown}, Profiles: []shownProfile{{"petition", "信访", "<条例>"}}},
		"policy":    &policyPage{Is: shown, Form: formOf(p, "2026-12-01"), Units: units, Today: "2026-12-01", Versions: []version{{p, shown.Limits, "现行", at, "魏然"}}, Trial: tried},
		"profile":   &profilePage{Is: citypack.Profile{ID: "petition", Narrow: true}, Name: "<信访>", Policies: []shownPolicy{shown}, Columns: letter.Columns, Channels: channels, Trial: &trial{From: at, Quarter: lastQuarter(at)}},
	})
	bare := &policyPage{Trial: &trial{}}
	bare.Refused(errNothing)
	pagetest.Renders(t, set, map[string]page.View{"start": &startPage{}, "calendar": &calendarPage{}, "notice": &noticePage{}, "policies": &policiesPage{}, "policy": bare, "profile": &profilePage{}, "order": &orderPage{}, "order_end": &orderEndPage{}, "hours": &hoursPage{},
		"words": &wordsPage{Building: search.Building{Began: at, Ended: at, Failed: true}}, "words_group": &wordGroupPage{}, "words_list": &wordListPage{}})
}

// The days of the week stand in their columns, and what is unusual is told in words as well.
func TestAMonthIsDrawnAsItIs(t *testing.T) {
	year := sla.Year{Year: 2027, Source: "通知", Off: []sla.Special{{Date: "2027-01-01", Name: "元旦"}, {Date: "2027-01-02", Name: "元旦"}}, Work: []sla.Special{{Date: "2027-01-03", Name: "元旦"}}}
	calendar, err := sla.NewCalendar(time.UTC, "v", nil, year)
	if err != nil {
		t.Fatal(err)
	}
	m := drawYear(calendar, 2027, page.Chinese)[0]
	if m.Name != "1月" || len(m.Days) != 31 || m.Worked != 21 || m.Days[0].Class != "off col-5" || m.Days[2].Class != "makeup" || m.Days[8].Class != "rest" || m.Days[8].Mark != "" {
		t.Errorf("%+v", m)
	}
	if len(m.Special) != 2 || m.Special[0] != "1–2 日：元旦放假" || m.Special[1] != "3 日：调休上班（元旦）" {
		t.Errorf("%v", m.Special)
	}
}
