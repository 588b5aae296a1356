//go:build screenshots

package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"huiyin/web/page"
)

const pictures = "../docs/screenshots"

// others are the pages beside the walk: who looks ("" is a resident), the name of the picture, the address.
var others = []struct{ login, name, path string }{
	{"", "how", "/how"}, {"", "privacy", "/privacy"}, {"", "accessibility", "/accessibility"},
	{"", "write-leaders", "/write?column=leaders"}, {"", "take-part", "/take-part"},
	{"", "search-nothing", "/published?q=火星旅游签证"}, {"", "published-all", "/published"}, {"", "search-pinyin", "/published?q=ld"}, {"", "search-past-the-end", "/published?page=99"},
	{"", "survey", "/surveys/bus-and-walk"}, {"", "survey-result", "/surveys/bus-and-walk/result"},
	{"zhouping", "desk-dispatch", "/desk/dispatch"}, {"duanwei", "desk-duty", "/desk/duty"},
	{"duanwei", "desk-call", "/desk/calls/new"}, {"luoming", "supervise", "/supervise"}, {"luoming", "supervise-letters", "/supervise/letters"},
}

// TestScreenshots takes a picture of each page at the width of a phone and of a desk, to be looked at.
func TestScreenshots(t *testing.T) {
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	browser, h := openBrowser(t), openHouse(t)
	t.Run("Chinese", func(t *testing.T) {
		walk(t, browser, h, storyAt("柳荫街"), picture(""))
		for _, o := range others {
			v := newVisitor(t, browser, h, page.Chinese)
			if o.login != "" {
				v = newMember(t, browser, h, o.login)
			}
			v.open(o.path + map[bool]string{true: "&", false: "?"}[strings.Contains(o.path, "?")] + "lang=zh")
			picture("")(v, o.name)
		}
	})
	t.Run("English", func(t *testing.T) {
		s, v := storyAt("槐树巷"), newVisitor(t, browser, h, page.English)
		s.writes(v, picture("-en"))
		s.follows(v, s.submits(v, picture("-en")), picture("-en"))
		picture("-en")(v, "letter-assigned")
	})
}

// picture saves what a page looks like, whole, at both widths.
func picture(suffix string) look {
	return func(v *visitor, name string) {
		v.Helper()
		for _, width := range []int64{390, 1280} {
			v.do(chromedp.EmulateViewport(width, 900))
			shot, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				v.Fatal(err)
			}
			if name == "desk-letter-assigned" && width == 1280 {
				v.shows("../docs/letter.png")
			}
			file := filepath.Join(pictures, fmt.Sprintf("%s%s-%d.png", name, suffix, width))
			if err := os.WriteFile(file, shot, 0o644); err != nil {
				v.Fatal(err)
			}
			if wide, err := chromedp.Run(v.ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); err != nil || wide > width {
				v.Errorf("%s is %d px wide on a screen of %d px (%v)", name, wide, width, err)
			}
		}
	}
}

// shows saves what is on the screen, for the README.
func (v *visitor) shows(file string) {
	v.Helper()
	v.do(chromedp.EmulateViewport(1280, 920))
	shot, err := chromedp.Run(v.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(file, shot, 0o644)
	}
	if err != nil {
		v.Fatal(err)
	}
}
