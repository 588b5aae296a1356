package main_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// huiyin is the program built from this folder, once for all tests; with the race
// detector when the tests have it.
var huiyin = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "huiyin-binary-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "huiyin")
	args := []string{"build", "-o", path}
	if raced() {
		args = append(args, "-race")
	}
	if out, err := exec.Command("go", append(args, ".")...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func raced() bool {
	info, ok := debug.ReadBuildInfo()
	for i := 0; ok && i < len(info.Settings); i++ {
		if s := info.Settings[i]; s.Key == "-race" && s.Value == "true" {
			return true
		}
	}
	return false
}

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := huiyin(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// house is a data folder and its database, served again and again.
type house struct {
	data string
	url  string // of the database, for a second look at it
	args []string
}

// houseAt is a house on a database of storetest: the SQLite file of a folder, or
// a PostgreSQL schema with a folder for keys and index beside it.
func houseAt(t *testing.T, url string) house {
	if strings.HasPrefix(url, "postgres") {
		data := t.TempDir()
		return house{data, url, []string{"--data", data, "--database", url}}
	}
	return house{filepath.Dir(url), url, []string{"--data", filepath.Dir(url)}}
}

// run runs a command to its end and returns what it printed and its exit code.
func (h house) run(t *testing.T, command ...string) (out string, code int) {
	t.Helper()
	cmd := h.command(t, command...)
	text, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(text), cmd.ProcessState.ExitCode()
}

func (h house) command(t *testing.T, command ...string) *exec.Cmd {
	t.Helper()
	path, err := huiyin()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, append(command, h.args...)...)
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "HUIYIN_") { // those are settings of the program
			cmd.Env = append(cmd.Env, e)
		}
	}
	return cmd
}

// process is a running server.
type process struct {
	cmd *exec.Cmd
	url string // http://host:port
	log *bytes.Buffer
}

// serve starts the server and waits until it says where it listens.
func (h house) serve(t *testing.T) *process {
	t.Helper()
	p := &process{cmd: h.command(t, "serve", "--no-limits", "--listen", "127.0.0.1:0"), log: &bytes.Buffer{}}
	p.cmd.Stderr = p.log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			p.cmd.Process.Kill()
			p.cmd.Wait()
		}
		if t.Failed() || strings.Contains(p.log.String(), "DATA RACE") {
			t.Errorf("log of the server:\n%s", p.log)
		}
	})
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if _, url, ok := strings.Cut(strings.TrimSpace(line), "回音已启动："); ok {
			p.url = url
			go io.Copy(io.Discard, lines)
			return p
		}
		if err != nil {
			p.cmd.Wait()
			t.Fatalf("the server did not start: %v\n%s", err, p.log)
		}
	}
}

// kill ends the server as a power cut does.
func (p *process) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.cmd.Wait() // its error is the kill
}

// stop asks the server to end and expects that it ends well.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(time.Minute, func() { p.cmd.Process.Kill() })
	defer late.Stop()
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
}

// ask sends a request and returns status and body.
func ask(c *http.Client, method, url, key string, body []byte) (int, []byte, error) {
	q, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	q.Header.Set("Content-Type", "application/json")
	if key != "" {
		q.Header.Set("Idempotency-Key", key)
	}
	a, err := c.Do(q)
	if err != nil {
		return 0, nil, err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	return a.StatusCode, text, err
}
