package web_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"huiyin/web/page"
)

// By keys alone a member goes to the box in the head, searches, walks the letters found and opens one; each page on the
// way is accessible, the one that found nothing too.
func TestAMemberSearchesByKeys(t *testing.T) {
	browser := openBrowser(t)
	c, h := openCalendar(t, "2026-11-23 10:00")
	first := c.lamps("柳荫街")
	c.lamps("梧桐路")
	c.files()
	see, lina := accessible(t), newMember(t, browser, h, "lina")
	lina.open("/desk")
	see(lina, "desk-with-search")
	lina.do(chromedp.KeyEvent("/"), chromedp.KeyEvent("柳荫街路灯"))
	lina.leads(chromedp.KeyEvent(kb.Enter))
	lina.sees(page.T(lina.lang, "查信"))
	see(lina, "desk-search")
	lina.do(chromedp.KeyEvent("j"))
	lina.leads(chromedp.KeyEvent(kb.Enter))
	lina.sees(page.Number(first))
	lina.open("/desk/search?q=麒麟")
	lina.sees(page.T(lina.lang, "没有找到"))
	see(lina, "desk-search-nothing")
	lina.open("/desk/search")
	see(lina, "desk-search-empty")
}
