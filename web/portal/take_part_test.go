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
	must(c.t, c.Surveys.Put(c.t.Context(), survey.Survey{
		ID: "bus", Title: "公共出行问卷", Intro: "两道题。", Unit: "jtj", Responsible: "fangqi",
		Opens: monday.AddDate(0, 0, -1), Closes: monday.AddDate(0, 0, 10), Questions: []survey.Question{
			{ID: "way", Kind: survey.Single, Text: "怎样出门？", Options: []survey.Option{{ID: "bus", Text: "公交车"}, {ID: "walk", Text: "步行"}}},
			{ID: "words", Kind: survey.Text, Text: "哪一段路最需要改？"},
		},
	}, monday))
}

func (c *city) withInterview() {
	c.t.Helper()
	must(c.t, c.Interviews.Put(c.t.Context(), interview.Interview{
		ID: "meals", Title: "社区食堂", Topic: "养老", Guest: "民政局局长 冯以宁", Unit: "mzj", Responsible: "hejing", Notice: "现在就可以提问。",
		Opens: monday.AddDate(0, 0, -1), Starts: monday.AddDate(0, 0, 5), Ends: monday.AddDate(0, 0, 5).Add(time.Hour),
		Questions: []interview.Question{{ID: "q1", Name: "老张", Text: "能不能先叫号？", At: monday, Votes: 46}},
	}, monday))
}

func TestSurveyIsAnsweredOnceAndAddsUp(t *testing.T) {
	c := newCity(t, nil)
	c.withSurvey()
	b := c.browser()
	b.get("/take-part").want(t, 200, "公共出行问卷", "0 人已经作答")
	b.get("/").want(t, 200, "公共出行问卷")
	key := b.get("/surveys/bus").want(t, 200, "怎样出门？", "方琪").once(t)
	b.post("/surveys/bus", url.Values{"once": {key}, "answer-words": {"文昌街"}}).want(t, 400, "请选择一项", "文昌街")
	form := url.Values{"once": {key}, "answer-way": {"bus"}, "answer-words": {"文昌街"}}
	if page := b.post("/surveys/bus", form).want(t, 303); page.location != "/surveys/bus/result" {
		t.Errorf("led to %s", page.location)
	}
	b.get("/surveys/bus/result").want(t, 200, "公交车", "100%", "1 人已经作答").lacks(t, "文昌街")
	b.post("/surveys/bus", form).want(t, 409, "您已经答过这份问卷")
	if n, err := c.Store.CountSurveyAnswers(t.Context(), "bus"); err != nil || n != 1 {
		t.Errorf("%d answers, %v", n, err)
	}
	b.get("/surveys/none").want(t, 404)
	c.now = monday.AddDate(0, 0, 11)
	c.browser().get("/surveys/bus").want(t, 200, "现在不能作答")
	c.browser().post("/surveys/bus", form).want(t, 422, "已经结束")
}

func TestSurveyAnswerThatAsksForActionBecomesALetter(t *testing.T) {
	c := newCity(t, nil)
	c.withSurvey()
	b := c.browser()
	key := b.get("/surveys/bus").once(t)
	page := b.post("/surveys/bus", url.Values{"once": {key}, "answer-way": {"walk"}, "body": {"文昌街路灯不亮，请修好路灯。"}}).want(t, 303)
	b.get(page.location).want(t, 200, "编号", "查询码")
	number := strings.Split(page.location, "/")[2]
	if l, err := c.Store.Letter(t.Context(), number); err != nil || l.Column != letter.SurveyColumn {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestInterviewQuestionBecomesALetterOfItsColumn(t *testing.T) {
	c := newCity(t, nil)
	c.withInterview()
	b := c.browser()
	b.get("/").want(t, 200, "社区食堂")
	key := b.get("/interviews/meals").want(t, 200, "正在征集问题", "能不能先叫号？", "46 人也想问", "冯以宁").once(t)
	b.post("/interviews/meals/questions", url.Values{"once": {key}, "name": {"小柯"}}).want(t, 400, "小柯", "请写下您的问题")
	b.post("/interviews/meals/questions", url.Values{"once": {key}, "body": {strings.Repeat("问", 501)}}).want(t, 400)
	form := url.Values{"once": {key}, "body": {"有没有少糖的套餐？"}, "name": {"小柯"}}
	first, second := b.post("/interviews/meals/questions", form).want(t, 303), b.post("/interviews/meals/questions", form).want(t, 303)
	if first.location != second.location {
		t.Errorf("%s and %s", first.location, second.location)
	}
	number := strings.Split(first.location, "/")[2]
	if l, err := c.Store.Letter(t.Context(), number); err != nil || l.Column != letter.InterviewColumn {
		t.Errorf("%+v, %v", l, err)
	}
	b.get(first.location).want(t, 200, "查询码")
	c.now = monday.AddDate(0, 0, 6)
	b.get("/interviews/meals").want(t, 200, "实录整理好后").lacks(t, "向嘉宾提问")
	b.post("/interviews/meals/questions", url.Values{"body": {"晚了吗？"}}).want(t, 422, "晚了吗？", "已经结束")
}
