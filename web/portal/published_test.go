package portal_test

import (
	"net/url"
	"testing"
	"time"

	"huiyin/internal/letter"
)

// The whole way: written, answered, rated, published, found.
func TestLetterIsWrittenAnsweredRatedPublishedAndFound(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		b := c.browser()
		number := b.send(with(streetlight, "body", streetlight.Get("body")+"我的电话13800138000。"))
		b.Get("/published/"+number).Want(t, 404)
		c.Now = c.Now.Add(26 * time.Hour)
		c.Answer(number, "三盏路灯的电缆已更换，当晚恢复照明。", "")
		b.Post("/follow", login(number, c.code(number))).Want(t, 303)
		b.Get("/follow/"+number).Want(t, 200, "电缆已更换")
		b.Post("/follow/"+number+"/rating", url.Values{"solved": {"yes"}, "satisfied": {"5"}}).Want(t, 303)
		b.Get("/published/"+number).Want(t, 404)
		c.published(number)
		reader := c.browser()
		reader.Get("/published?q="+url.QueryEscape("文昌街的路灯坏了")).Want(t, 200, "/published/"+number, "<mark>")
		reader.Get("/published/"+number).Want(t, 200, "电缆已更换", "老人走路容易摔倒", "非常满意", "个工作日").
			Lacks(t, "13800138000", "王小明")
		reader.Get("/").Want(t, 200, "/published/"+number).Lacks(t, "13800138000")
	})
}

func TestSearchNarrowsByFacetsAndSaysWhatToDoWhenEmpty(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	b.Get("/published").Want(t, 200, "还没有公开的答复", `href="/write"`)
	number := b.send(streetlight)
	c.Answer(number, "已修好。", "")
	c.published(number)
	l := c.Read(number)
	b.Get("/published?department="+l.Unit).Want(t, 200, "/published/"+number, "去掉这个条件")
	b.Get("/published?department="+l.Unit+"&kind=praise").Want(t, 200, "没有找到", "去掉一些条件", `href="/write"`)
	b.Get("/published?from=2026-11-23&to=2026-11-23").Want(t, 200, "/published/"+number)
	b.Get("/published?from=2026-11-24").Want(t, 200).Lacks(t, "/published/"+number)
}

func TestSearchRefusesWhatItCannotAnswerAndKeepsWhatWasAsked(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	for _, query := range []string{"from=yesterday", "to=2026-13-01", "page=x", "page=0x10", "page=-1", "page=99999999", "kind=rant", "from=2026-11-24&to=2026-11-23"} {
		b.Get("/published?q="+url.QueryEscape("路灯")+"&"+query).Want(t, 400, "查询条件有误", `value="路灯"`)
	}
	for _, text := range []string{"\x00", "\xff\xfe", "<script>alert(1)</script>", `"`, "路灯 AND (", "。", string(make([]byte, 600))} {
		b.Get("/published?q="+url.QueryEscape(text)).Want(t, 200).Lacks(t, "<script>alert")
	}
}

func TestOnlyPublishedLettersHaveAPublicPage(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	for _, number := range []string{"x", letter.NewNumber(c.Now, 5), "%00", "..%2f"} {
		b.Get("/published/"+number).Want(t, 404)
	}
}
