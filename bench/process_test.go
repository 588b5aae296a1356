//go:build bench

package bench_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"huiyin/bench"
)

// The test binary is bare server and load generator as well, each in a process
// of its own: role says which.
const role = "HUIYIN_BENCH_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(role) {
	case "bare":
		fail(bench.Bare(os.Args[1]))
	case "load":
		var l bench.Load
		fail(json.Unmarshal([]byte(os.Args[1]), &l))
		fail(json.NewEncoder(os.Stdout).Encode(l.Send()))
	case askRole:
		var a bench.Asking
		fail(json.Unmarshal([]byte(os.Args[1]), &a))
		answered, err := a.Ask()
		fail(err)
		fail(json.NewEncoder(os.Stdout).Encode(answered))
	default:
		code := m.Run()
		if path, err := huiyin(); err == nil {
			os.Remove(path)
		}
		os.Exit(code)
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// huiyin is the real program, built once.
var huiyin = sync.OnceValues(func() (string, error) {
	path := filepath.Join(os.TempDir(), fmt.Sprintf("huiyin-bench-%d", os.Getpid()))
	out, err := exec.Command("go", "build", "-o", path, "huiyin/cmd/huiyin").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, err
})

// program is a server in its own process.
type program struct {
	cmd  *exec.Cmd
	host string
	log  *bytes.Buffer
}

// serve starts the real program on a data folder.
func serve(t *testing.T, data string) *program {
	t.Helper()
	path, err := huiyin()
	if err != nil {
		t.Fatal(err)
	}
	return start(t, exec.Command(path, "serve", "--no-limits", "--listen", "127.0.0.1:0", "--data", data))
}

// bare starts the bare server on a fresh file.
func bare(t *testing.T) *program {
	t.Helper()
	cmd := exec.Command(os.Args[0], filepath.Join(t.TempDir(), "bare.db"))
	cmd.Env = append(os.Environ(), role+"=bare")
	return start(t, cmd)
}

// start waits until the server has printed its address.
func start(t *testing.T, cmd *exec.Cmd) *program {
	t.Helper()
	p := &program{cmd: cmd, log: &bytes.Buffer{}}
	cmd.Stderr = p.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.stop(t) })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, host, ok := strings.Cut(lines.Text(), "http://"); ok {
			p.host = host
			return p
		}
	}
	t.Fatalf("the server printed no address: %s", p.log)
	return nil
}

// stop ends the server gracefully, or at once when it does not end.
func (p *program) stop(t *testing.T) {
	if p.cmd.ProcessState != nil {
		return
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	late := time.AfterFunc(30*time.Second, func() { p.cmd.Process.Kill() })
	defer late.Stop()
	err := p.cmd.Wait()
	if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); err != nil && !(ok && status.Signal() == syscall.SIGTERM) {
		t.Errorf("%s: %v: %s", p.cmd.Path, err, p.log)
	}
}

// send loads a server from a third process.
func send(t *testing.T, l bench.Load) bench.Outcome {
	t.Helper()
	text, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], string(text))
	cmd.Env = append(os.Environ(), role+"=load")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var o bench.Outcome
	if err := json.Unmarshal(out, &o); err != nil {
		t.Fatal(err)
	}
	if o.Failed > 0 {
		t.Fatalf("%d clients were refused: %s", o.Failed, o.Failure)
	}
	return o
}

// setting is a whole number of the environment, to shorten a run.
func setting(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s is not a number", name, text)
	}
	return n
}
