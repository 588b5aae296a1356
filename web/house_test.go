package web_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

var buildFlags = []string{"build"}

// house is the real program in a process of its own, serving the demonstration city.
type house struct {
	address   string
	passwords map[string]string // by login
}

var account = regexp.MustCompile(`^  (\w+)\s+(\w+-\w+-\d+-\w+)  `)

// openHouse builds the program, starts it the way ./run demo does, and reads from its output what a person would read:
// the address and the accounts. The process ends with the test, and must end well.
func openHouse(t *testing.T) house {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "huiyin")
	if out, err := exec.Command("go", append(buildFlags, "-o", binary, "huiyin/cmd/huiyin")...).CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	ctx, stop := context.WithCancel(context.Background())
	serve := exec.CommandContext(ctx, binary, "serve", "--demo", "--listen", "127.0.0.1:0")
	serve.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TMPDIR=" + t.TempDir(), "HUIYIN_LIMITS__PATIENCE=30000"} // a machine under test may be slow
	serve.Cancel = func() error { return serve.Process.Signal(syscall.SIGTERM) }
	serve.WaitDelay = 30 * time.Second
	var log bytes.Buffer
	serve.Stderr = &log
	out, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		if err := serve.Wait(); err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the server ended with %v", err)
		}
		if said := log.String(); strings.Contains(said, "level=ERROR") || strings.Contains(said, "DATA RACE") {
			t.Errorf("the server complained:\n%s", said)
		}
	})
	h := house{passwords: map[string]string{}}
	lines := bufio.NewScanner(out)
	for h.address == "" && lines.Scan() {
		line := lines.Text()
		if found := account.FindStringSubmatch(line); found != nil {
			h.passwords[found[1]] = found[2]
		}
		if at := strings.Index(line, "http://"); at >= 0 {
			h.address = strings.TrimSpace(line[at:])
		}
	}
	if h.address == "" {
		t.Fatal("the server named no address") // what it said instead, the clean-up shows
	}
	go io.Copy(io.Discard, out)
	return h
}
