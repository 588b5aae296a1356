package portal_test

import (
	"net/url"
	"testing"
	"time"

	"huiyin/internal/letter"
)

// The whole way: written, answered, rated, published, found.
func TestLetterIsWrittenAnsweredRatedPublishedAndFound(t *testing.T) {
	c := newCity(t, nil)
	b := c.browser()
	number := b.send(with(streetlight, "body", streetlight.Get("body")+"我的电话13800138000。"))
	b.get("/published/"+number).want(t, 404)
	c.now = c.now.Add(26 * time.Hour)
	c.answered(number, "三盏路灯的电缆已更换，当晚恢复照明。")
	b.post("/follow", login(number, c.code(number))).want(t, 303)
	b.get("/follow/"+number).want(t, 200, "电缆已更换")
	b.post("/follow/"+number+"/rating", url.Values{"solved": {"yes"}, "satisfied": {"5"}}).want(t, 303)
	b.get("/published/"+number).want(t, 404)
	c.published(number)
	reader := c.browser()
	reader.get("/published?q="+url.QueryEscape("文昌街的路灯坏了")).want(t, 200, "/published/"+number, "<mark>")
	reader.get("/published/"+number).want(t, 200, "电缆已更换", "老人走路容易摔倒", "非常满意", "个工作日").
		lacks(t, "13800138000", "王小明")
	reader.get("/").want(t, 200, "/published/"+number).lacks(t, "13800138000")
}

func TestSearchNarrowsByFacetsAndSaysWhatToDoWhenEmpty(t *testing.T) {
	c := newCity(t, nil)
	b := c.browser()
	b.get("/published").want(t, 200, "还没有公开的答复", `href="/write"`)
	number := b.send(streetlight)
	c.answered(number, "已修好。")
	c.published(number)
	l, err := c.Store.Letter(t.Context(), number)
	must(t, err)
	b.get("/published?department="+l.Unit).want(t, 200, "/published/"+number, "去掉这个条件")
	b.get("/published?department="+l.Unit+"&kind=praise").want(t, 200, "没有找到", "去掉一些条件", `href="/write"`)
	b.get("/published?from=2026-11-23&to=2026-11-23").want(t, 200, "/published/"+number)
	b.get("/published?from=2026-11-24").want(t, 200).lacks(t, "/published/"+number)
}

func TestSearchRefusesWhatItCannotAnswerAndKeepsWhatWasAsked(t *testing.T) {
	c := newCity(t, nil)
	b := c.browser()
	for _, query := range []string{"from=yesterday", "to=2026-13-01", "page=x", "page=0x10", "page=-1", "page=99999999", "kind=rant", "from=2026-11-24&to=2026-11-23"} {
		b.get("/published?q="+url.QueryEscape("路灯")+"&"+query).want(t, 400, "查询条件有误", `value="路灯"`)
	}
	for _, text := range []string{"\x00", "\xff\xfe", "<script>alert(1)</script>", `"`, "路灯 AND (", "。", string(make([]byte, 600))} {
		b.get("/published?q="+url.QueryEscape(text)).want(t, 200).lacks(t, "<script>alert")
	}
}

func TestOnlyPublishedLettersHaveAPublicPage(t *testing.T) {
	c := newCity(t, nil)
	b := c.browser()
	for _, number := range []string{"x", letter.NewNumber(monday, 5), "%00", "..%2f"} {
		b.get("/published/"+number).want(t, 404)
	}
}
