//go:build screenshots

package desk_test

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
)

// TestPictures takes pictures of the desk, to be looked at. HUIYIN_GALLERY names the folder.
func TestPictures(t *testing.T) {
	folder := os.Getenv("HUIYIN_GALLERY")
	if folder == "" {
		folder = t.TempDir()
	}
	o := open(t)
	settle(t, o)
	listener := must(net.Listen("tcp", "127.0.0.1:0"))(t)
	go o.app.Listener(listener)
	t.Cleanup(func() { o.app.Shutdown() })
	base := "http://" + listener.Addr().String()

	handling := o.bring(o.submit(letter.Draft{Title: "文昌街路灯不亮，晚上看不清路", Body: lamps.Body, Name: "王丽", Phone: "13900001100", Place: "东湖区文昌街口", Publish: true}), turn{"lina", letter.Acceptance})
	review := o.bring(o.submit(lamps), turn{"lina", letter.Acceptance}, turn{"lina", letter.Review})
	answered := o.bring(o.submit(lamps), turn{"lina", letter.Acceptance}, turn{"lina", letter.Review}, turn{"fangqi", letter.Approval})
	returned := o.bring(o.submit(lamps), turn{"lina", letter.Objection})
	fresh := o.submit(unsure)
	pictures := []struct{ name, login, path string }{
		{"sign-in", "", "/sign-in"}, {"queue", "lina", "/desk"}, {"start", "zhouping", "/desk"}, {"both", "chenbo", "/desk"},
		{"dispatch", "zhouping", "/desk/dispatch"}, {"ruling", "zhouping", "/desk/dispatch?list=ruling"},
		{"letter-handling", "lina", "/desk/letters/" + handling + "?from=unit"}, {"letter-review", "fangqi", "/desk/letters/" + review + "?from=review"},
		{"letter-publication", "fangqi", "/desk/letters/" + answered + "?from=publication"},
		{"letter-returned", "zhouping", "/desk/letters/" + returned + "?from=dispatch"}, {"letter-fresh", "zhouping", "/desk/letters/" + fresh + "?from=dispatch"},
		{"call", "duanwei", "/desk/calls/new?caller=13900001137"}, {"admin", "weiran", "/desk"}, {"empty", "duanwei", "/desk/duty"},
	}
	for _, p := range pictures {
		if only := os.Getenv("HUIYIN_PICTURE"); only != "" && !strings.Contains(only, p.name) {
			continue
		}
		b := &browser{office: o}
		if p.login != "" {
			b = o.desk(p.login)
		}
		for _, lang := range []string{"zh", "en"} {
			for _, width := range []int{390, 1280} {
				if lang == "en" && width == 390 {
					continue
				}
				// Chromium cannot be given a cookie; the test's session is taken from the address.
				at := base + p.path
				sep := "?"
				if strings.Contains(at, "?") {
					sep = "&"
				}
				at += sep + url.Values{"lang": {lang}, "session": {b.cookie}}.Encode()
				shoot(t, at, filepath.Join(folder, fmt.Sprintf("%s-%s-%d.png", p.name, lang, width)), width)
			}
		}
	}
}

// settle fills the city with some of its demonstration letters, of different ages.
func settle(t *testing.T, o *office) {
	stories := must(citypack.DemoStories())(t)
	now := o.now
	n := 0
	for i, s := range stories {
		if i%4 != 0 || s.Age > 20*24*time.Hour {
			continue
		}
		o.now = now.Add(-s.Age)
		if _, err := o.intake.Submit(t.Context(), s.Draft); err == nil {
			n++
		}
	}
	o.now = now
	o.published(letter.Draft{Title: "望江小区南门路灯从来不亮", Body: "望江小区南门外的路灯从来不亮。", Phone: "13900001166", Publish: true}, "这段路的灯归市政设施管理所管。这七盏灯是道路改造时新立的，还没有接通电源，现已通电，每晚随全城路灯一起开关。")
	t.Log(n, "letters")
}

func shoot(t *testing.T, address, file string, width int) {
	out, err := exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--user-data-dir="+t.TempDir(), "--screenshot="+file, fmt.Sprintf("--window-size=%d,1900", width), address).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", address, err, out)
	}
}
