package training_test

import (
	"fmt"
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/routing"
	"huiyin/routing/training"
)

// ordinary are letters that the rules send where they belong.
func ordinary(h *testhouse.House, n int) {
	h.T.Helper()
	matters := []string{"春晖路路灯不亮，晚上走路看不见", "公交 12 路经常晚点，上班迟到", "自来水水压不足，楼上没有水", "工地拖欠工资三个月不发", "小区物业乱收停车费"}
	people := []string{"老人", "孩子", "邻居", "学生", "租户", "店主", "快递员"}
	for i := range n {
		title := matters[i%len(matters)]
		h.Submit(letter.Draft{Kind: letter.Help, Title: title, Body: fmt.Sprintf("%s。%s第 %d 次反映，请尽快处理。", title, people[i%len(people)], i+1)})
	}
}

// answered leads all letters with a unit to their answers.
func answered(h *testhouse.House) {
	h.T.Helper()
	for _, unit := range h.City.Pack.Routing.Units {
		list, _, err := h.Store.List(h.T.Context(), store.Reader{All: true}, store.Filter{Units: []string{unit.ID}, States: []letter.State{letter.Assigned}}, store.Page{Number: 1, Size: 500})
		testhouse.Must(h.T, err)
		for _, l := range list {
			h.Answer(l.Number, "您好，已处理。", "")
		}
	}
}

// correct sends a letter on to the unit, whatever the router did.
func correct(h *testhouse.House, number, unit string) {
	h.T.Helper()
	if l := h.Read(number); l.State == letter.Assigned {
		h.Take(number, letter.Objection, casework.Input{Reason: "not_our_duty", Basis: "三定方案", Text: "不属于本单位职责"})
	}
	h.Take(number, letter.Assignment, casework.Input{Unit: unit})
}

func TestSpike(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		ordinary(h, 100)
		answered(h)
		d := func(i int) letter.Draft {
			where := []string{"东门", "西门", "操场", "车站"}[i%4]
			return letter.Draft{Kind: letter.Complaint, Title: "广场舞音响太吵", Body: "每天晚上在" + where + "跳广场舞，音响声音很大，孩子没法写作业，请管一管。"}
		}
		n := h.Submit(d(0))
		t.Log(h.Read(n).Placement.Unit, h.Read(n).Placement.Top)
		correct(h, n, "tyj")
		c := h.Learn()
		t.Logf("%+v", c)
		e, _ := s.Models(t.Context(), 5)
		tr, _ := training.TrialOf(e[0])
		t.Logf("%+v", tr)
		l := h.Read(h.Submit(d(1)))
		t.Log(l.Placement.Unit, l.Placement.Top, l.Placement.Reasons)
		_ = training.Levels
		_ = routing.Active
	})
}
