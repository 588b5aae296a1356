//go:build screenshots

package admin_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/internal/store/storetest"
	"huiyin/web/page/pagetest"
)

// TestPictures takes pictures of the pages, to be looked at. What is posted is put in the place of a page by a route of
// the test, since Chromium only opens addresses.
func TestPictures(t *testing.T) {
	h := build(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")))
	h.letters()
	pictures := h.posted(t)
	for name, path := range map[string]string{"start": "/admin", "calendar": "/admin/calendar", "policies": "/admin/policies", "words": "/admin/words", "words-group": "/admin/words/groups/路灯", "words-places": "/admin/words/places", "policy": "/admin/policies/hotline"} {
		pictures[name] = path
	}
	base := pagetest.Serve(t, h.app)
	for name, path := range pictures {
		if only := os.Getenv("HUIYIN_PICTURE"); only != "" && !strings.Contains(name, only) {
			continue
		}
		for _, lang := range []string{"zh", "en"} {
			for _, width := range []int{390, 1280} {
				join := "?"
				if strings.Contains(path, "?") {
					join = "&"
				}
				pagetest.Shoot(t, base+path+join+"lang="+lang, fmt.Sprintf("admin-%s-%s-%d", name, lang, width), width, 3000)
			}
		}
	}
}

// letters fills the last quarter with answers and the present with letters in work.
func (h *house) letters() {
	now := h.Now
	for i := range 60 {
		h.Now = time.Date(2026, 7, 1, 9, 0, 0, 0, now.Location()).AddDate(0, 0, i)
		n := h.file(fmt.Sprintf("春晖路路灯不亮（第 %d 次反映）", i+1))
		h.Now = h.Now.AddDate(0, 0, i%9)
		if h.Read(n).Unit != "" {
			h.Answer(n, "您好，已修好。", "")
		}
	}
	h.Now = time.Date(2026, 12, 29, 10, 0, 0, 0, now.Location())
	for i := range 7 {
		h.file(fmt.Sprintf("公交 %d 路晚点", i+1))
	}
}
