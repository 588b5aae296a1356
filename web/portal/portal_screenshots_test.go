//go:build screenshots

package portal_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/bulk"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

// TestPictures takes pictures of every page of the demonstration city, to be
// looked at. HUIYIN_GALLERY names the folder, HUIYIN_PICTURES a part of their names.
func TestPictures(t *testing.T) {
	c := newCity(t)
	c.tell()
	c.withSurvey()
	for i := range 37 {
		_, err := c.surveys.Answer(t.Context(), "bus", surveyAnswer(i), c.Now)
		must(t, err)
	}
	c.withInterview()
	must(t, c.interviews.Put(t.Context(), interview.Interview{ID: "school", Title: "新学年入学报名，您关心的都来问", Guest: "教育局副局长 梁书言", Unit: "jyj",
		Responsible: "hejing", Notice: "划片怎样定，梁书言在线回答。", Opens: c.Now.AddDate(0, 0, -30), Starts: c.Now.AddDate(0, 0, -20), Ends: c.Now.AddDate(0, 0, -20).Add(time.Hour),
		Transcript: []interview.Exchange{{Asker: "星河湾业主", Question: "每年划片都在变，能不能提前一年告诉我们？", Answer: "可以早一点透底：每年十二月公布各校适龄人数预测和可能调整的路段。"}}}, c.Now))
	b := c.browser()
	number := b.send(streetlight)
	answered := b.send(with(streetlight, "title", "老人就餐补贴怎么申请", "body", "我母亲八十一岁，住在南浦街道，请问老人就餐补贴怎么申请，要带什么材料？", "kind", "consultation"))
	c.Now = c.Now.Add(25 * time.Hour)
	l := c.Read(answered)
	if l.Unit == "" {
		c.Take(answered, letter.Assignment, casework.Input{Unit: "mzj"})
	}
	c.Answer(answered, "您好！年满八十周岁的本市户籍老人，每餐补贴五元。请带身份证到社区便民服务站办理，当天生效。也可以由子女代办，请另带代办人身份证。", "")
	extended := b.send(with(streetlight, "title", "梧桐路东段路灯灯杆锈蚀", "body", "梧桐路东段有两根灯杆锈得厉害，风一吹就晃，请尽快处理。"))
	c.Take(extended, letter.Acceptance, casework.Input{})
	promised, _ := c.Read(extended).Clock(letter.SenderClock)
	c.Take(extended, letter.ExtensionRequest, casework.Input{Reason: "works", Until: promised.Due.AddDate(0, 0, 7).Format(time.DateOnly), Text: "内部说明"})
	c.Take(extended, letter.ExtensionApproval, casework.Input{Text: "灯杆需要重新浇筑基础，材料下周到货，到货后三天内装好。施工前已把两根灯杆临时加固。"})
	newest, err := c.Store.NewestPublished(t.Context(), 1)
	must(t, err)
	base := c.listen()
	for _, picture := range []struct{ name, path, number string }{
		{"home", "/", ""}, {"write", "/write", ""}, {"write-typed", "/typed", ""}, {"write-leaders", "/write?column=leaders", ""}, {"follow", "/follow", ""},
		{"receipt", "/follow/" + number + "/receipt", number}, {"letter", "/follow/" + number, number}, {"letter-answered", "/follow/" + answered, answered}, {"letter-extended", "/follow/" + extended, extended},
		{"published", "/published?q=" + url.QueryEscape("路灯坏了没人修"), ""}, {"published-all", "/published", ""}, {"published-none", "/published?q=zzzz", ""},
		{"answer", "/published/" + newest[0].Number, ""}, {"take-part", "/take-part", ""}, {"survey", "/surveys/bus", ""}, {"survey-result", "/surveys/bus/result", ""},
		{"interview", "/interviews/meals", ""}, {"interview-over", "/interviews/school", ""}, {"how", "/how", ""}, {"privacy", "/privacy", ""}, {"accessibility", "/accessibility", ""},
	} {
		if only := os.Getenv("HUIYIN_PICTURES"); !strings.Contains(picture.name, only) {
			continue
		}
		for _, look := range []struct {
			lang  string
			width int
		}{{"zh", 390}, {"zh", 1280}, {"en", 390}, {"en", 1280}} {
			pagetest.Shoot(t, base+"/picture?lang="+look.lang+"&number="+picture.number+"&path="+url.QueryEscape(picture.path),
				fmt.Sprintf("%s-%s-%d", picture.name, look.lang, look.width), look.width, 2600)
		}
	}
}

// tell seeds the stories of the demonstration city, as huiyin serve --demo does.
func (c *city) tell() {
	stories, err := citypack.DemoStories()
	must(c.t, err)
	teller := bulk.Teller{Start: c.Now, Intake: c.Intake, Casework: c.Casework,
		Take: func(ctx context.Context, work *casework.Service, l bulk.Standing, step letter.Step, in casework.Input) (string, error) {
			by := c.City.Cast(step, l.Unit, l.Guard, l.Avoid)
			_, err := work.Take(ctx, l.Number, step, by, in)
			return by.Login, err
		}}
	must(c.t, teller.Tell(c.t.Context(), stories, func(int) {}))
	must(c.t, c.index.Rebuild(c.t.Context(), func(yield func(search.Document, error) bool) {
		if err := c.Store.EachPublished(c.t.Context(), "", func(p letter.Public) error { yield(search.DocumentOf(p, c.City), nil); return nil }); err != nil {
			yield(search.Document{}, err)
		}
	}))
}

func (c *city) listen() string {
	// The browser that takes pictures cannot fill in forms: this shows the code for it.
	c.app.Get("/picture", func(r *fiber.Ctx) error {
		if number := r.Query("number"); number != "" {
			b := c.browser()
			r.Set(fiber.HeaderSetCookie, b.Post("/follow", login(number, c.code(number))).Header.Get(fiber.HeaderSetCookie))
		}
		page.Lang(r)
		return r.Redirect(r.Query("path"))
	})
	// What somebody sees after typing: the same page, its text already there and asking at once.
	c.app.Get("/typed", func(r *fiber.Ctx) error {
		html := c.browser().Get("/write?lang=" + string(page.Lang(r))).Text
		html = strings.Replace(html, "</textarea>", streetlight.Get("body")+"</textarea>", 1)
		html = strings.Replace(html, "input changed delay:700ms", "load", 1)
		return r.Type("html", "utf-8").SendString(html)
	})
	return pagetest.Serve(c.t, c.app)
}

func surveyAnswer(i int) survey.Answer {
	return survey.Answer{Values: map[string]string{"way": []string{"bus", "walk", "bus"}[i%3]}, Once: fmt.Sprint(i)}
}
