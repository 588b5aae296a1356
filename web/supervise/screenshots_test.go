//go:build screenshots

package supervise_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"huiyin/internal/store/storetest"
)

// TestPictures takes pictures of the pages, to be looked at. HUIYIN_GALLERY names the folder.
func TestPictures(t *testing.T) {
	folder := os.Getenv("HUIYIN_GALLERY")
	if folder == "" {
		folder = t.TempDir()
	}
	h := build(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")))
	matters := []string{"春晖路三盏路灯不亮", "公交 12 路晚点", "小区物业乱收停车费", "自来水水压不足", "拖欠工资三个月"}
	h.now = h.now.AddDate(0, -5, 0)
	for day := range 170 {
		n := h.file(t, fmt.Sprintf("%s（第 %d 次反映）", matters[day%len(matters)], day%7+1))
		later := h.now
		if day < 160 && day%19 != 3 && h.unitOf(t, n) != "" {
			h.now = h.now.AddDate(0, 0, 1+day*7%8)
			h.answer(t, n)
		}
		h.now = later.AddDate(0, 0, 1)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	go h.app.Listener(listener)
	t.Cleanup(func() { must(t, h.app.Shutdown()) })
	for name, path := range map[string]string{
		"overview": "/supervise?lang=zh", "overview-en": "/supervise?lang=en",
		"letters": "/supervise/letters?lang=zh&figure=overdue", "letters-en": "/supervise/letters?lang=en&figure=answered&from=2026-02-01&to=2026-02-28",
	} {
		for _, width := range []int{390, 1280} {
			shoot(t, "http://"+listener.Addr().String()+path, filepath.Join(folder, fmt.Sprintf("%s-%d.png", name, width)), width)
		}
	}
}

func shoot(t *testing.T, address, file string, width int) {
	chromium := os.Getenv("HUIYIN_TEST_CHROMIUM")
	if chromium == "" {
		chromium = "chromium"
	}
	out, err := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--user-data-dir="+t.TempDir(), "--screenshot="+file, fmt.Sprintf("--window-size=%d,2000", width), address).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", address, err, out)
	}
}
