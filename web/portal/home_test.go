package portal_test

import (
	"testing"
	"time"
)

func TestHomeIsHonestWithoutFigures(t *testing.T) {
	c := newCity(t)
	c.browser().Get("/").Want(t, 200, `name="q"`, "写信", "查进度", "还没有公开的答复", "暂时说不出我们有多快").Lacks(t, "%</")
}

// The two promises speak of the last whole month and are counted at most twice a minute.
func TestHomeTellsTheFiguresOfLastMonth(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		b := c.browser()
		number := b.send(streetlight)
		c.Answer(number, "已修好。", "")
		b.Get("/").Want(t, 200, "暂时说不出")
		c.Now = c.Now.AddDate(0, 0, 10) // December
		b.Get("/").Want(t, 200, "100<small>%</small>", "上月答复的 1 封信里")
		c.Now = c.Now.Add(time.Second)
		b.Get("/").Want(t, 200, "上月答复的 1 封信里")
	})
}

func TestRulesNameLimitsSourcesAndWhoAnswers(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	b.Get("/how").Want(t, 200, "5 个工作日", "24 小时", "参照各地热线规定", "罗明", "领导信箱")
	b.Get("/privacy").Want(t, 200, "澜川市人民政府办公室", "撤回公开的同意")
	b.Get("/accessibility").Want(t, 200, "GB/T 37668")
}

func TestPagesSpeakEnglishWhenAsked(t *testing.T) {
	c := newCity(t)
	c.withSurvey()
	b := c.browser()
	number := b.send(streetlight)
	for path, text := range map[string]string{
		"/": "Write", "/write": "Submit", "/follow": "Query code", "/follow/" + number: "What happened",
		"/follow/" + number + "/receipt": "Assigned to", "/published": "Answers", "/take-part": "Surveys", "/how": "working days",
		"/privacy": "personal", "/accessibility": "keyboard",
	} {
		b.Get(path+"?lang=en").Want(t, 200, text, `lang="en"`)
	}
}
