package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"huiyin/internal/letter"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/search"
	"huiyin/web/page"
)

// openLibrary is a city that has answered letters about street lights in two districts and two years, one about a
// corridor and one about the housing fund.
func openLibrary(t *testing.T) (*city, house) {
	t.Helper()
	c := openCity(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")))
	for i := range 11 {
		c.turn([]string{"2025-11-24 10:00", "2026-11-23 10:00"}[i/6])
		place := []string{"东湖区", "南浦区"}[i%2] + "桂花巷" + fmt.Sprint(i+1) + "号"
		c.answers(place+"的路灯不亮", place+"门口的路灯坏了，晚上看不见路，请修一下。", "您好，路灯的电缆已经更换，当晚恢复照明。")
	}
	c.answers("楼道里堆满杂物", "单元楼道里堆满纸箱，路都走不通，请清理。", "您好，楼道已经清理干净。")
	c.answers("公积金可以提取吗", "租房子住，公积金可以提取吗？", "您好，租房可以提取公积金。")
	return c, house{address: c.address}
}

// answers publishes a letter with its answer.
func (c *city) answers(title, body, reply string) {
	c.t.Helper()
	number := c.Submit(letter.Draft{Title: title, Body: body, Kind: letter.Help, Unit: "cgj-sz", Publish: true})
	c.Answer(number, reply, "")
	testhouse.Must(c.t, c.index.Put(c.t.Context(), search.DocumentOf(c.Publish(number), c.City)))
}

// looksFor types words into the search box as it stands on the page, and sends them.
func (v *visitor) looksFor(words string) {
	v.Helper()
	v.open("/published?lang=" + string(v.lang))
	v.fill("q", words)
	v.leads(chromedp.SendKeys(chromedp.ID("q"), kb.Enter))
}

// types presses keys in the search box.
func (v *visitor) types(keys string) {
	v.Helper()
	v.fill("q", keys)
}

// pressIn follows the link with these words in a part of the page.
func (v *visitor) pressIn(selector, words string) {
	v.Helper()
	v.leads(chromedp.Click(chromedp.Search(fmt.Sprintf(`//*[contains(@class, %q)]//a[normalize-space()=%q]`, selector, words))))
}

// hears lists what a screen reader is told of the elements with a role, as Chromium computes it.
func (v *visitor) hears(role string) []string {
	v.Helper()
	var names []string
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		tree, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		for _, n := range tree.Nodes {
			if !n.Ignored && told(n.Role) == role {
				names = append(names, told(n.Name))
			}
		}
		return err
	}))
	return names
}

func told(v *accessibility.Value) (text string) {
	if v == nil || json.Unmarshal([]byte(v.Value), &text) != nil {
		return ""
	}
	return text
}

// attribute is one of the search box.
func (v *visitor) attribute(name string) string {
	v.Helper()
	value, err := chromedp.Run(v.ctx, chromedp.Evaluate[string](fmt.Sprintf(`document.getElementById("q").getAttribute(%q) ?? ""`, name)))
	testhouse.Must(v.T, err)
	return value
}

// chosen is the text of the option that the keys stand on.
func (v *visitor) chosen() string {
	v.Helper()
	id := v.attribute("aria-activedescendant")
	if id == "" {
		return ""
	}
	return v.text("#" + id + "[aria-selected=true]")
}

// What people type finds the letters they mean, in either script, in pinyin and by its initials; the page says how it
// understood them.
func TestAResidentFindsWhatOthersAsked(t *testing.T) {
	browser := openBrowser(t)
	_, h := openLibrary(t)
	see := accessible(t)
	v := newVisitor(t, browser, h, page.Chinese)
	for _, words := range []string{"路灯", "路燈"} {
		v.looksFor(words)
		v.sees("找到 11 封", "的路灯不亮")
		v.misses("没有一封信", "按拼音")
	}
	v.looksFor("ludeng")
	v.sees("“ludeng”按拼音读作：", "找到 11 封")
	v.looksFor("ld")
	v.sees("“ld”按拼音读作：", "楼道")
	see(v, "search-pinyin")
	v.pressIn("meant", "楼道")
	v.sees("楼道里堆满杂物")
	v.looksFor("luden")
	v.sees("没有“luden”，已按“路灯”查找。", "仍要查“luden”", "找到 11 封")
	see(v, "search-corrected")

	t.Run("narrowing", func(t *testing.T) { narrows(newVisitor(t, browser, h, page.Chinese), see) })
	t.Run("past the end", func(t *testing.T) {
		v := newVisitor(t, browser, h, page.English)
		v.open("/published?lang=en&page=7&q=" + url.QueryEscape("路灯"))
		v.sees("Only 2 pages in all")
		see(v, "search-past-the-end")
		v.press("Go to the last page")
		v.sees("11 letters found")
	})
	t.Run("nothing", func(t *testing.T) { findsNothing(newVisitor(t, browser, h, page.Chinese), see) })
	t.Run("keyboard", func(t *testing.T) { isSuggested(newVisitor(t, browser, h, page.Chinese), see) })
	t.Run("before writing", func(t *testing.T) { needNotWrite(newVisitor(t, browser, h, page.Chinese), see, true) })
	t.Run("without scripts", func(t *testing.T) {
		v := newVisitor(t, browser, h, page.Chinese).withoutScripts()
		narrows(v, unseen)
		needNotWrite(v, unseen, false)
	})
}

// narrows takes conditions one by one and gives them back.
func narrows(v *visitor, see look) {
	v.Helper()
	v.open("/published?lang=zh&q=" + url.QueryEscape("路灯"))
	v.sees("答复年份", "地区")
	v.pressIn("facets", "2025年")
	v.sees("找到 6 封")
	v.pressIn("facets", "南浦区")
	v.sees("找到 3 封")
	see(v, "search-narrowed")
	v.leads(chromedp.Click(chromedp.Search(`//ul[contains(@class, "choices")]//a[contains(., "2025年")]`)))
	v.sees("找到 5 封", "南浦区")
	v.press("旧的在前")
	v.sees("找到 5 封")
	v.leads(chromedp.Click(chromedp.CSS(".items h3 a")))
	v.sees("类似的问答", "的路灯不亮")
	see(v, "answer-similar")
}

// findsNothing ends at the form with the words filled in.
func findsNothing(v *visitor, see look) {
	v.Helper()
	v.open("/published?lang=zh&q=" + url.QueryEscape("zzqqxx"))
	v.sees("没有找到“zzqqxx”", "少写几个词")
	see(v, "search-nothing")
	v.press("就这件事写信")
	title, err := chromedp.Run(v.ctx, chromedp.Evaluate[string](`document.getElementById("title").value`))
	if err != nil || title != "zzqqxx" {
		v.Fatalf("the form has %q as its title (%v)", title, err)
	}
}

// isSuggested chooses from the list under the box with nothing but keys, and is told what there is.
func isSuggested(v *visitor, see look) {
	v.Helper()
	v.open("/?lang=zh")
	if boxes := v.hears("combobox"); !slices.Equal(boxes, []string{"搜索已公开的来信和答复"}) {
		v.Fatalf("a screen reader is told of these boxes: %q", boxes)
	}
	state := func(expanded, active string) {
		v.Helper()
		v.soon("suggestions "+expanded+", on "+active, func() bool {
			return v.attribute("aria-expanded") == expanded && strings.HasPrefix(v.chosen(), active) && (active != "" || v.chosen() == "")
		})
	}
	state("false", "")
	v.types("gong")
	v.types("ji") // the first answer may be on its way
	state("true", "")
	v.soon("条建议", func() bool { return strings.HasSuffix(v.text("#q-said"), "条建议") })
	options := v.hears("option")
	if len(options) < 2 || !slices.Contains(options, "公积金 1 封来信") || v.attribute("aria-controls") != "q-suggested" || !slices.Equal(v.hears("listbox"), []string{"搜索建议"}) {
		v.Fatalf("a screen reader is told %q in %q", options, v.hears("listbox"))
	}
	see(v, "suggestions")
	v.types(kb.ArrowDown)
	state("true", "公积")
	v.types(kb.ArrowUp)
	state("true", "")
	v.types(kb.Escape)
	state("false", "")
	v.types(kb.ArrowDown)
	state("true", "公积")
	v.leads(chromedp.SendKeys(chromedp.ID("q"), kb.Enter))
	v.sees("找到 1 封", "公积金可以提取吗")
	v.open("/?lang=zh")
	v.types("gongji")
	state("true", "")
	v.types(kb.ArrowUp) // to the last one, a letter
	state("true", "公积金可以提取吗")
	v.leads(chromedp.SendKeys(chromedp.ID("q"), kb.Enter))
	v.sees("租房可以提取公积金。")
}

// needNotWrite finds the answer while he writes, and is thanked. With scripts the page looks by itself, and once more when
// he asks it to: what he opens before that would be closed again.
func needNotWrite(v *visitor, see look, byItself bool) {
	v.Helper()
	const found = "别人问过类似的事，先看看答复"
	v.open("/write?lang=zh&title=" + url.QueryEscape("公积金可以提取吗"))
	v.fill("body", "租房子住，公积金可以提取吗？")
	if byItself {
		v.sees(found)
		v.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#guess").firstElementChild.id = "former"`))
	}
	v.does(`button[formaction="/write/look"]`)
	v.soon("a newer look", func() bool { return v.text("main:has(#former)") == "" })
	v.sees(found, "公积金可以提取吗")
	see(v, "write-similar")
	v.does("#guess details summary")
	v.sees("租房可以提取公积金。")
	v.press("这就是我要的答案")
	v.sees("不用写信了，很高兴答复帮上了您", "租房可以提取公积金。")
	see(v, "answered")
}
