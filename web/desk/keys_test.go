//go:build screenshots

package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"huiyin/web/page/pagetest"
)

// j and k walk the queue, Enter opens, u goes back; similar answers appear while
// an operator types. A page whose content policy blocked the scripts would do none of it.
func TestKeysAndAnswersWhileTyping(t *testing.T) {
	o := open(t)
	old := o.published(lamps, "三盏路灯已经修好。")
	first, second := o.Submit(lamps), o.Submit(lamps)
	base := pagetest.Serve(t, o.app)
	at := func(path, login string) string {
		return fmt.Sprintf("%s%s?lang=zh&session=%s", base, path, o.desk(login).Cookie("session"))
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	ctx, free := chromedp.NewExecAllocator(ctx, options...)
	defer free()
	ctx, leave := chromedp.NewContext(ctx)
	defer leave()
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	read := func(expression string) string {
		t.Helper()
		return must(chromedp.Run(ctx, chromedp.Evaluate[string](expression)))(t)
	}

	do(chromedp.Navigate(at("/desk", "lina")), chromedp.WaitVisible(chromedp.CSS("#row-"+first)), chromedp.KeyEvent("j"))
	if focused := read("document.activeElement.id"); focused != "row-"+first {
		t.Errorf("j focuses %q", focused)
	}
	do(chromedp.KeyEvent("j"))
	if focused := read("document.activeElement.id"); focused != "row-"+second {
		t.Errorf("j again focuses %q", focused)
	}
	do(chromedp.KeyEvent("k"), chromedp.KeyEvent("j"))
	if link := read("document.activeElement.getAttribute('href')"); !strings.Contains(link, second) {
		t.Errorf("the focused row leads to %q", link)
	}
	do(chromedp.Navigate(at("/desk/letters/"+second, "lina")), chromedp.WaitVisible(chromedp.CSS("#now")), chromedp.KeyEvent("p"))
	if focused := read("document.activeElement.innerText"); focused != "签收" {
		t.Errorf("p focuses %q", focused)
	}
	do(chromedp.Navigate(at("/desk/calls/new", "duanwei")), chromedp.SendKeys(chromedp.CSS("#body"), "梧桐路路灯又不亮"))
	for range 40 {
		if strings.Contains(read("document.querySelector('#answers').innerHTML"), old) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("no answers while typing: %s", read("document.querySelector('#answers').innerHTML"))
}
