//go:build screenshots

package page_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/web/page"
)

// TestGallery takes pictures of the shared parts, to be looked at. HUIYIN_GALLERY names the folder.
func TestGallery(t *testing.T) {
	folder := os.Getenv("HUIYIN_GALLERY")
	if folder == "" {
		folder = t.TempDir()
	}
	base := "http://" + serveGallery(t)
	for _, picture := range []struct{ name, path string }{
		{"home", "/home?lang=zh"}, {"letter", "/letter?lang=zh"}, {"desk", "/desk?lang=zh"}, {"failure", "/nowhere?lang=zh"},
		{"home-en", "/home?lang=en"}, {"letter-en", "/letter?lang=en"}, {"letter-large", "/letter?lang=zh&type=large"},
	} {
		for _, width := range []int{390, 1280} {
			shoot(t, base+picture.path, filepath.Join(folder, fmt.Sprintf("%s-%d.png", picture.name, width)), width)
		}
	}
}

func serveGallery(t *testing.T) string {
	handler, err := page.ErrorHandler(site, quiet)
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New(fiber.Config{Immutable: true, ErrorHandler: handler, DisableStartupMessage: true})
	app.Use(page.Headers(), page.SameOrigin())
	page.ServeAssets(app)
	for path, chrome := range map[string]page.Chrome{"home": page.Resident, "letter": page.Resident, "desk": page.Desk} {
		set, err := page.New(site, chrome, gallery)
		if err != nil {
			t.Fatal(err)
		}
		app.Get("/"+path, func(c *fiber.Ctx) error {
			v := newSpecimen("写信")
			v.Here = ""
			if chrome == page.Desk {
				page.SetMember(c, lina)
			}
			if path == "letter" {
				v.Refused(letter.Invalid("账号的内容有误，请按提示修改。", map[string]string{"title": "请填写文字。"}))
				v.Status = fiber.StatusOK
			}
			return set.Render(c, path, v)
		})
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go app.Listener(listener)
	t.Cleanup(func() { app.Shutdown() })
	return listener.Addr().String()
}

func shoot(t *testing.T, address, file string, width int) {
	chromium := os.Getenv("HUIYIN_TEST_CHROMIUM")
	if chromium == "" {
		chromium = "chromium"
	}
	out, err := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--user-data-dir="+t.TempDir(), "--screenshot="+file, fmt.Sprintf("--window-size=%d,2400", width), address).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", address, err, out)
	}
}
