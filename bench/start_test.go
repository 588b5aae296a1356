//go:build bench

package bench_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"huiyin/bench"
)

// A clerk who restarts the program waits two seconds, and a small machine has
// room for it: the dictionary and its tables are most of what it takes.
func TestStartOnAnExistingFolder(t *testing.T) {
	const letters, atMost, megabytes = 5_000, 2 * time.Second, 350
	data := t.TempDir()
	first := serve(t, data)
	o := send(t, bench.Load{Host: first.host, Clients: 16, Letters: letters})
	first.stop(t)
	for range 3 {
		began := time.Now()
		p := serve(t, data)
		for !ready(p.host) {
			if time.Since(began) > time.Minute {
				t.Fatal("the server does not get ready")
			}
			time.Sleep(2 * time.Millisecond) // between two questions, not for something to happen
		}
		took := time.Since(began)
		all, own, files := resident(t, p.cmd.Process.Pid)
		t.Logf("start on %d letters: ready after %v; resident %d MB, of it %d MB own memory and %d MB pages of the program's file",
			o.Accepted, took.Round(time.Millisecond), all, own, files)
		if took > atMost {
			t.Errorf("ready after %v, at most %v", took, atMost)
		}
		if all > megabytes {
			t.Errorf("resident %d MB, at most %d", all, megabytes)
		}
		p.stop(t)
	}
}

func ready(host string) bool {
	a, err := http.Get("http://" + host + "/readyz")
	if err != nil {
		return false
	}
	a.Body.Close()
	return a.StatusCode == http.StatusOK
}

// resident reads a process's memory in MB from the kernel: all, its own, and
// pages of files.
func resident(t *testing.T, pid int) (all, own, files int) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		t.Fatal(err)
	}
	field := func(name string) int {
		m := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(text)
		if m == nil {
			t.Fatalf("no %s in %s", name, text)
		}
		n, err := strconv.Atoi(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		return n >> 10
	}
	return field("VmRSS"), field("RssAnon"), field("RssFile")
}
