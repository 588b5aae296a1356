package portal

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/search"
	"huiyin/web/page"
)

// drawn is the page of a search that an index answered with the result.
func drawn(t *testing.T, f searchForm, q search.Query, r search.Result) string {
	t.Helper()
	city := testhouse.New(t, storetest.Open(t, t.TempDir()+"/huiyin.db")).City
	set, err := page.New(page.Site{City: "澜川市"}, page.Resident, templates)
	if err != nil {
		t.Fatal(err)
	}
	v := &publishedPage{Form: f}
	v.show(names{city, page.Chinese}, q, r)
	var b bytes.Buffer
	if err := set.Write(&b, "published", page.Chinese, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func hits(exact, others int) []search.Hit {
	var all []search.Hit
	for i := range exact + others {
		title := "只含部分词的信"
		if i < exact {
			title = "都有的信"
		}
		all = append(all, search.Hit{Number: letter.NewNumber(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), i+1), Heading: search.Marked(title), Exact: i < exact})
	}
	return all
}

func TestOneLinePartsTheNearestLettersFromThoseThatHoldEveryWord(t *testing.T) {
	for _, row := range []struct {
		name         string
		page         int
		total, exact int
		hits         []search.Hit
		has, lacks   string
	}{
		{"on the page", 1, 34, 2, hits(2, 8), "下面 32 封只含部分词", "这一页的信"},
		{"further on", 2, 34, 2, hits(0, 10), "这一页的信只含部分词", "下面 32 封"},
		{"all hold everything", 1, 34, 34, hits(10, 0), "找到 34 封<", "部分词</"},
		{"none does", 1, 34, 0, hits(0, 10), "没有一封信包含所有的词", "部分词</"},
	} {
		t.Run(row.name, func(t *testing.T) {
			html := drawn(t, searchForm{Text: "路灯 不亮"}, search.Query{Page: row.page}, search.Result{Total: row.total, Exact: row.exact, Hits: row.hits})
			if !strings.Contains(html, row.has) || strings.Contains(html, row.lacks) {
				t.Errorf("want %q and not %q:\n%s", row.has, row.lacks, html)
			}
			if line := strings.Index(html, "parting"); line > 0 && row.exact > 0 && row.page == 1 && (line < strings.LastIndex(html, "都有的信") || line > strings.Index(html, "只含部分词的信")) {
				t.Errorf("the line stands in the wrong place:\n%s", html)
			}
		})
	}
}

func TestThePageSaysWhatWasSearchedForInstead(t *testing.T) {
	html := drawn(t, searchForm{Text: "公基金", Year: "2026"}, search.Query{Page: 1}, search.Result{Total: 1, Exact: 1, Hits: hits(1, 0), Corrected: "公积金"})
	for _, want := range []string{"没有“公基金”，已按“公积金”查找。", "仍要查“公基金”", "exactly=1&amp;q=%E5%85%AC%E5%9F%BA%E9%87%91&amp;year=2026"} {
		if !strings.Contains(html, want) {
			t.Errorf("lacks %q:\n%s", want, html)
		}
	}
	html = drawn(t, searchForm{Text: "公基金", Exactly: true}, search.Query{Page: 1}, search.Result{MayMean: []string{"公积金"}})
	if !strings.Contains(html, "您是不是要找：") || !strings.Contains(html, `href="/published?q=%E5%85%AC%E7%A7%AF%E9%87%91"`) || !strings.Contains(html, "没有找到“公基金”") {
		t.Errorf("%s", html)
	}
}

func TestPinyinIsShownAsItWasRead(t *testing.T) {
	html := drawn(t, searchForm{Text: "ld 不亮"}, search.Query{Page: 1}, search.Result{Total: 1, Exact: 1, Hits: hits(1, 0),
		Read: []search.Reading{{Typed: "ld", Words: []string{"路灯", "楼道"}}}})
	for _, want := range []string{"“ld”按拼音读作：", `href="/published?q=%E8%B7%AF%E7%81%AF&#43;%E4%B8%8D%E4%BA%AE"`, ">楼道</a>", "不按拼音，只查“ld 不亮”"} {
		if !strings.Contains(html, want) {
			t.Errorf("lacks %q:\n%s", want, html)
		}
	}
}
