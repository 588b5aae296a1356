package portal_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/letter"
)

func (c *city) withSurvey() {
	c.t.Helper()
	must(c.t, c.surveys.Put(c.t.Context(), survey.Survey{
		ID: "bus", Title: "公共出行问卷", Intro: "两道题。", Unit: "jtj", Responsible: "fangqi",
		Opens: c.Now.AddDate(0, 0, -1), Closes: c.Now.AddDate(0, 0, 10), Questions: []survey.Question{
			{ID: "way", Kind: survey.Single, Text: "怎样出门？", Options: []survey.Option{{ID: "bus", Text: "公交车"}, {ID: "walk", Text: "步行"}}},
			{ID: "words", Kind: survey.Text, Text: "哪一段路最需要改？"},
		},
	}, c.Now))
}

func (c *city) withInterview() {
	c.t.Helper()
	must(c.t, c.interviews.Put(c.t.Context(), interview.Interview{
		ID: "meals", Title: "社区食堂", Topic: "养老", Guest: "民政局局长 冯以宁", Unit: "mzj", Responsible: "hejing", Notice: "现在就可以提问。",
		Opens: c.Now.AddDate(0, 0, -1), Starts: c.Now.AddDate(0, 0, 5), Ends: c.Now.AddDate(0, 0, 5).Add(time.Hour),
		Questions: []interview.Question{{ID: "q1", Name: "老张", Text: "能不能先叫号？", At: c.Now, Votes: 46}},
	}, c.Now))
}

func TestSurveyIsAnsweredOnceAndAddsUp(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.withSurvey()
		b := c.browser()
		b.Get("/take-part").Want(t, 200, "公共出行问卷", "0 人已经作答")
		b.Get("/").Want(t, 200, "公共出行问卷")
		key := once(t, b.Get("/surveys/bus").Want(t, 200, "怎样出门？", "方琪"))
		b.Post("/surveys/bus", url.Values{"once": {key}, "answer-words": {"文昌街"}}).Want(t, 400, "请选择一项", "文昌街")
		form := url.Values{"once": {key}, "answer-way": {"bus"}, "answer-words": {"文昌街"}}
		if page := b.Post("/surveys/bus", form).Want(t, 303); page.Location != "/surveys/bus/result" {
			t.Errorf("led to %s", page.Location)
		}
		b.Get("/surveys/bus/result").Want(t, 200, "公交车", "100%", "1 人已经作答").Lacks(t, "文昌街")
		b.Post("/surveys/bus", form).Want(t, 409, "您已经答过这份问卷")
		if n, err := c.Store.CountSurveyAnswers(t.Context(), "bus"); err != nil || n != 1 {
			t.Errorf("%d answers, %v", n, err)
		}
		b.Get("/surveys/none").Want(t, 404)
		c.Now = c.Now.AddDate(0, 0, 11)
		c.browser().Get("/surveys/bus").Want(t, 200, "现在不能作答")
		c.browser().Post("/surveys/bus", form).Want(t, 422, "已经结束")
	})
}

func TestSurveyAnswerThatAsksForActionBecomesALetter(t *testing.T) {
	c := newCity(t)
	c.withSurvey()
	b := c.browser()
	key := once(t, b.Get("/surveys/bus"))
	page := b.Post("/surveys/bus", url.Values{"once": {key}, "answer-way": {"walk"}, "body": {"文昌街路灯不亮，请修好路灯。"}}).Want(t, 303)
	b.Get(page.Location).Want(t, 200, "编号", "查询码")
	number := strings.Split(page.Location, "/")[2]
	if l := c.Read(number); l.Column != letter.SurveyColumn {
		t.Errorf("%+v", l)
	}
}

func TestInterviewQuestionBecomesALetterOfItsColumn(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.withInterview()
		b := c.browser()
		b.Get("/").Want(t, 200, "社区食堂")
		key := once(t, b.Get("/interviews/meals").Want(t, 200, "正在征集问题", "能不能先叫号？", "46 人也想问", "冯以宁"))
		b.Post("/interviews/meals/questions", url.Values{"once": {key}, "name": {"小柯"}}).Want(t, 400, "小柯", "请写下您的问题")
		b.Post("/interviews/meals/questions", url.Values{"once": {key}, "body": {strings.Repeat("问", 501)}}).Want(t, 400)
		form := url.Values{"once": {key}, "body": {"有没有少糖的套餐？"}, "name": {"小柯"}}
		first, second := b.Post("/interviews/meals/questions", form).Want(t, 303), b.Post("/interviews/meals/questions", form).Want(t, 303)
		if first.Location != second.Location {
			t.Errorf("%s and %s", first.Location, second.Location)
		}
		number := strings.Split(first.Location, "/")[2]
		if l := c.Read(number); l.Column != letter.InterviewColumn {
			t.Errorf("%+v", l)
		}
		b.Get(first.Location).Want(t, 200, "查询码")
		c.Now = c.Now.AddDate(0, 0, 6)
		b.Get("/interviews/meals").Want(t, 200, "实录整理好后").Lacks(t, "向嘉宾提问")
		b.Post("/interviews/meals/questions", url.Values{"body": {"晚了吗？"}}).Want(t, 422, "晚了吗？", "已经结束")
	})
}
