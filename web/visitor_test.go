package web_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"huiyin/web/page"
)

// patience is how long a page may take on a busy machine.
const patience = 15 * time.Second

// openBrowser starts Debian's Chromium without a window. Without one the test is skipped, except where it must run.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("HUIYIN_TEST_CHROMIUM")
	if path == "" {
		path = "/usr/bin/chromium"
	}
	if _, err := exec.LookPath(path); err != nil {
		missing(t, "Chromium is not at %s: install it or set HUIYIN_TEST_CHROMIUM", path)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	ctx, free := chromedp.NewExecAllocator(ctx, options...)
	ctx, leave := chromedp.NewContext(ctx)
	t.Cleanup(func() { leave(); free(); cancel() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// missing skips the test on a machine that lacks something, and fails where it was promised.
func missing(t *testing.T, why string, args ...any) {
	t.Helper()
	if os.Getenv("CI") != "" || os.Getenv("HUIYIN_TEST_REQUIRE") != "" {
		t.Fatalf(why, args...)
	}
	t.Skipf(why, args...)
}

// visitor is one person at a browser of his own: his cookies, his language. He reads what is on the page and presses
// what he can name.
type visitor struct {
	*testing.T
	house
	ctx  context.Context
	lang page.Language
}

// newVisitor opens a browser with no history, and watches what it complains about.
func newVisitor(t *testing.T, browser context.Context, h house, lang page.Language) *visitor {
	t.Helper()
	ctx, leave := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	v := &visitor{t, h, ctx, lang}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil { // the first step opens the tab, which lives as long as its context
		t.Fatal(err)
	}
	complaints := chromedp.Console(ctx)
	var watching sync.WaitGroup
	watching.Go(func() {
		for m, err := range complaints {
			if err != nil {
				return
			}
			if m.Type == chromedp.ConsoleError || m.IsException() || m.Source == "security" {
				t.Errorf("the browser complains: %s (%s)", m, m.URL)
			}
		}
	})
	t.Cleanup(func() { leave(); watching.Wait() })
	return v
}

// member opens a browser and signs in.
func newMember(t *testing.T, browser context.Context, h house, login string) *visitor {
	t.Helper()
	v := newVisitor(t, browser, h, page.Chinese)
	v.open("/sign-in?lang=zh")
	v.fill("login", login)
	v.fill("password", h.passwords[login])
	v.press("登录")
	v.sees("退出")
	return v
}

func (v *visitor) withoutScripts() *visitor {
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	return v
}

// open goes to an address of the house.
func (v *visitor) open(path string) {
	v.Helper()
	v.leads(chromedp.Navigate(v.address + path))
}

// press presses the button or follows the link with these words.
func (v *visitor) press(words string) {
	v.Helper()
	v.leads(chromedp.Click(chromedp.Search(fmt.Sprintf(
		`//*[self::button or self::a][normalize-space()=%[1]q or .//h3[normalize-space()=%[1]q] or .//span[@class="title" or @class="name"][normalize-space()=%[1]q]]`, v.t(words)))))
}

// leads takes steps that end on another page, which must be a good one.
func (v *visitor) leads(steps ...chromedp.Action[chromedp.Void]) {
	v.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, steps...)
	for replaced(err) {
		answer, err = chromedp.RunResponse(ctx, steps...)
	}
	if err != nil {
		v.Fatalf("%v; the page says:\n%s", err, v.text("body"))
	}
	if answer.Status != 200 {
		v.Fatalf("%s answers %d:\n%s", answer.URL, answer.Status, v.text("body"))
	}
}

// does presses what changes the page without leaving it: a fold, a box, a choice.
func (v *visitor) does(selector string) {
	v.Helper()
	v.do(chromedp.Click(chromedp.CSS(selector)))
}

// fill types into the field with this id.
func (v *visitor) fill(id, words string) {
	v.Helper()
	v.do(chromedp.SendKeys(chromedp.ID(id), words))
}

// sees checks that the page shows each of the texts, in the visitor's language, waiting for what is on its way.
func (v *visitor) sees(texts ...string) {
	v.Helper()
	for _, text := range texts {
		v.soon(v.t(text), func() bool { return strings.Contains(v.text("body"), v.t(text)) })
	}
}

// misses checks that the page shows none of the texts.
func (v *visitor) misses(texts ...string) {
	v.Helper()
	for _, text := range texts {
		if page := v.text("body"); strings.Contains(page, text) {
			v.Fatalf("the page shows %q:\n%s", text, page)
		}
	}
}

// soon waits until something is so.
func (v *visitor) soon(what string, is func() bool) {
	v.Helper()
	for end := time.Now().Add(patience); !is(); v.do(chromedp.Sleep(50 * time.Millisecond)) {
		if time.Now().After(end) {
			v.Fatalf("the page does not show %q:\n%s", what, v.text("body"))
		}
	}
}

// text is what a reader sees of the first element that fits the selector, on the next page if this one is being left.
func (v *visitor) text(selector string) string {
	v.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	read := chromedp.Evaluate[string](fmt.Sprintf(`document.querySelector(%q)?.innerText ?? ""`, selector))
	text, err := chromedp.Run(ctx, read)
	for replaced(err) {
		text, err = chromedp.Run(ctx, read)
	}
	if err != nil {
		v.Fatalf("read %s: %v", selector, err)
	}
	return text
}

func (v *visitor) do(steps ...chromedp.Action[chromedp.Void]) {
	v.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	err := chromedp.Do(ctx, steps...)
	for len(steps) == 1 && replaced(err) {
		err = chromedp.Do(ctx, steps...)
	}
	if err != nil {
		v.Fatalf("%v; the page says:\n%s", err, v.text("body"))
	}
}

// replaced says that a step met what was there no more: the page was left, or a part of it came anew. Nothing was pressed.
func replaced(err error) bool {
	return err != nil && slices.ContainsFunc([]string{"navigated", "Could not find node", "does not have a layout object", "compute box model"},
		func(why string) bool { return strings.Contains(err.Error(), why) })
}

// t gives words of the pages in the visitor's language.
func (v *visitor) t(words string) string { return page.T(v.lang, words) }
