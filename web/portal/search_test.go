package portal_test

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/portal"
)

// lamps puts n letters about street lights into the index, one a day, the newest last.
func (c *city) lamps(n int) {
	c.t.Helper()
	for i := range n {
		must(c.t, c.index.Put(c.t.Context(), search.Document{
			Number: letter.NewNumber(c.Now, i+1), Kind: letter.Help, Unit: c.City.Router.Units()[i%2].ID, District: c.City.Pack.City.Districts[i%2],
			Year: 2024 + i%3, Title: fmt.Sprintf("第%d盏路灯不亮", i+1), Reply: "已经修好。", Answered: c.Now.AddDate(0, 0, i-n),
		}))
	}
}

func TestFacetsKeepTheQuestionAndAreTakenOffOneByOne(t *testing.T) {
	c := newCity(t)
	c.lamps(12)
	b, q := c.browser(), "/published?q="+url.QueryEscape("路灯")
	district := c.City.Pack.City.Districts[0]
	b.Get(q).Want(t, 200, "地区", district, "答复年份", "2024年", "year=2024", "district="+url.QueryEscape(district), "找到 12 封")
	narrow := b.Get(q+"&year=2024&district="+url.QueryEscape(district)).Want(t, 200, "找到 2 封", "去掉这个条件", `name="year" value="2024"`)
	narrow.Want(t, 200, `href="/published?q=`+url.QueryEscape("路灯")+`&amp;year=2024"`, `href="/published?district=`+url.QueryEscape(district)+`&amp;q=`+url.QueryEscape("路灯")+`"`)
	narrow.Lacks(t, "答复年份")
}

func TestLettersCanBeReadFromTheOldest(t *testing.T) {
	c := newCity(t)
	c.lamps(3)
	b := c.browser()
	order := func(path, first, last string) {
		t.Helper()
		page := b.Get(path).Want(t, 200, first, last).Text
		if strings.Index(page, first) > strings.Index(page, last) {
			t.Errorf("%s: %s stands after %s", path, first, last)
		}
	}
	order("/published?sort=oldest", "第1盏", "第3盏")
	order("/published", "第3盏", "第1盏")
	b.Get("/published?sort=oldest").Want(t, 200, `href="/published?sort=oldest" aria-current="true">旧的在前`, `href="/published">新的在前`)
	b.Get("/published?sort=loudest").Want(t, 400, "没有这种排序")
	b.Get("/published?year=x").Want(t, 400, "没有这一年")
}

func TestAPageBehindTheLastSaysHowManyThereAre(t *testing.T) {
	c := newCity(t)
	c.lamps(23)
	b, q := c.browser(), "/published?q="+url.QueryEscape("路灯")
	b.Get(q+"&page=3").Want(t, 200, "第").Lacks(t, "一共只有")
	b.Get(q+"&page=9").Want(t, 200, "一共只有 3 页", "您要看的是第 9 页", "page=3").Lacks(t, "没有找到")
}

func TestNothingFoundOffersToWriteWithTheWordsFilledIn(t *testing.T) {
	c := newCity(t)
	c.lamps(2)
	b := c.browser()
	page := b.Get("/published?kind=praise&q="+url.QueryEscape("火星 & 签证")).Want(t, 200, "没有找到“火星 &amp; 签证”", "在全部问答里找")
	write := regexp.MustCompile(`href="(/write\?title=[^"]+)"`).FindStringSubmatch(page.Text)
	if write == nil {
		t.Fatalf("no way to write:\n%s", page.Text)
	}
	b.Get(html.UnescapeString(write[1])).Want(t, 200, `name="title" value="火星 &amp; 签证"`)
}

func TestSuggestionsAreOptionsOfAListThatIsCounted(t *testing.T) {
	c := newCity(t, func(s *portal.Server) { s.PerHour = 1 })
	c.lamps(1)
	b := c.browser()
	a := b.Get("/published/suggest?q="+url.QueryEscape("路灯")).Want(t, 200, `role="option"`, `data-address="/published/`+letter.NewNumber(c.Now, 1), "条建议")
	a.Lacks(t, "<html")
	if got := a.Header.Get("Cache-Control"); got != "private, max-age=30" {
		t.Errorf("kept %q", got)
	}
	for range portal.SuggestionsAMinute - 1 {
		b.Get("/published/suggest?q=").Want(t, 200)
	}
	b.Get("/published/suggest?q=").Want(t, 204)
}

// An index that is not in time is as good as none.
func TestPagesGoOnWithoutTheIndex(t *testing.T) {
	c := newCity(t)
	number := c.browser().send(streetlight)
	c.Answer(number, "已修好。", "")
	c.published(number)
	down := cityOn(t, c.Store, func(s *portal.Server) { s.Index = search.Patient(s.Index, 0) })
	b := down.browser()
	b.Get("/published?q="+url.QueryEscape("路灯")).Want(t, 503, "检索暂时不可用，来信照常受理", "/published/"+number, `value="路灯"`, "/write?title=")
	b.Get("/published/suggest?q=x").Want(t, 204)
	b.Get("/").Want(t, 200, "/published/"+number)
	b.Get("/published/"+number).Want(t, 200)
	b.Post("/write/guess", streetlight).Want(t, 200, "交给：")
	b.send(with(streetlight, "body", "桂花巷的下水道堵了，污水流到路面上。"))
}

// tally is the counter as it stands in these tests.
type tally struct {
	asked    []string
	answered []string
}

func (x *tally) Asked(_ context.Context, a portal.Asking) {
	if a.Visitor == "" {
		panic("nobody asks")
	}
	x.asked = append(x.asked, fmt.Sprintf("%s %d", a.Text, a.Exact))
}
func (x *tally) Answered(_ context.Context, number string) { x.answered = append(x.answered, number) }

func TestAQuestionIsCountedOnceHoweverItIsReadOn(t *testing.T) {
	x := &tally{}
	c := newCity(t, func(s *portal.Server) { s.Counter = x })
	c.lamps(12)
	b, q := c.browser(), "/published?q="+url.QueryEscape("路灯")
	for _, path := range []string{q, q + "&page=2", q + "&kind=help", q + "&sort=newest", q + "&exactly=1", "/published", "/published?q=zzz"} {
		b.Get(path).Want(t, 200)
	}
	if got := strings.Join(x.asked, ", "); got != "路灯 12, zzz 0" {
		t.Errorf("counted %s", got)
	}
}

// Whoever finds his answer while he writes needs no letter; the answer is counted once a day for him.
func TestAPublishedAnswerSparesALetter(t *testing.T) {
	x := &tally{}
	c := newCity(t, func(s *portal.Server) { s.Counter = x })
	b := c.browser()
	old := b.send(streetlight)
	b.Get("/write/answered/"+old).Want(t, 404)
	b.Post("/write/answered/"+old, nil).Want(t, 404)
	c.Answer(old, "三盏路灯已于当晚修好，恢复照明。", "")
	c.published(old)
	form := with(streetlight, "body", "我家门口文昌街的路灯又坏了，晚上看不见路。", "once", "a key of mine")
	looked := b.Post("/write/look", form).Want(t, 200, "交给：", "恢复照明", "这就是我要的答案", `formaction="/write/answered/`+old, "我家门口文昌街的路灯又坏了")
	looked.Want(t, 200, `value="13800138000"`, `name="publish" value="yes" checked`, `value="a key of mine"`)
	b.Post("/write/look", url.Values{"body": {"路"}}).Want(t, 200, "先写上几个字")
	b.Get("/published/"+old+"?writing=1").Want(t, 200, "这就是我要的答案", "接着写信")
	b.Get("/published/"+old).Want(t, 200).Lacks(t, "接着写信")
	for range 2 {
		to := b.Post("/write/answered/"+old, nil).Want(t, 303).Location
		b.Get(to).Want(t, 200, "不用写信了", "恢复照明", `data-draft-sent="write"`)
	}
	if len(x.answered) != 1 || x.answered[0] != old || c.letters() != 1 {
		t.Errorf("counted %v, %d letters", x.answered, c.letters())
	}
}

func TestSimilarLettersStandUnderAnAnswer(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	first := b.send(streetlight)
	second := b.send(with(streetlight, "title", "东湖路路灯不亮", "body", "东湖路的路灯坏了一个月，晚上漆黑，请修好路灯。"))
	for _, number := range []string{first, second} {
		c.Answer(number, "路灯已修好。", "")
		c.published(number)
	}
	b.Get("/published/"+first).Want(t, 200, "类似的问答", "/published/"+second)
}
