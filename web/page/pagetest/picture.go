package pagetest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// Serve has the app answer real browsers for the length of the test, and gives its address.
func Serve(t *testing.T, app *fiber.App) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go app.Listener(listener)
	t.Cleanup(func() {
		if err := app.Shutdown(); err != nil {
			t.Error(err)
		}
	})
	return "http://" + listener.Addr().String()
}

// Shoot takes a picture of a page with Chromium, to be looked at: NAME.png in the folder that HUIYIN_GALLERY names.
func Shoot(t *testing.T, address, name string, width, height int) {
	t.Helper()
	folder := os.Getenv("HUIYIN_GALLERY")
	if folder == "" {
		folder = t.TempDir()
	}
	chromium := os.Getenv("HUIYIN_TEST_CHROMIUM")
	if chromium == "" {
		chromium = "chromium"
	}
	out, err := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--user-data-dir="+t.TempDir(), "--virtual-time-budget=4000", "--screenshot="+filepath.Join(folder, name+".png"),
		fmt.Sprintf("--window-size=%d,%d", width, height), address).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", address, err, out)
	}
}
