//go:build bench

package bench_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"huiyin/bench"
	"huiyin/citypack"
	"huiyin/internal/segment"
	"huiyin/internal/testhouse"
	"huiyin/search/local"
)

// askRole is a process that asks, see TestMain.
const askRole = "ask"

// The real program answers over HTTP, marks and facets included, from an index of 100,000 letters that is filled
// beforehand, which is measured too. HUIYIN_BENCH_SEARCH names a folder to keep it in, so that a second run need not.
func TestSearchOf100000(t *testing.T) {
	const letters = 100_000
	data := filled(t, letters)
	p := serve(t, data)
	warm := asked(t, bench.Asking{Host: p.host, Clients: 2, Letters: letters, First: 1_000, Count: 300})
	if warm.Hits < warm.Count {
		t.Fatalf("%d letters shown for %d questions: the server does not have them", warm.Hits, warm.Count)
	}
	one := asked(t, bench.Asking{Host: p.host, Clients: 1, Letters: letters, First: 10_000, Count: 1_500, Seconds: 15})
	told(t, "one client", one)
	within(t, "median of one client", one.P50, 6*time.Millisecond)
	within(t, "95th of one client", one.P95, 15*time.Millisecond)
	distinct := asked(t, bench.Asking{Host: p.host, Clients: 8, Letters: letters, First: 100_000, Count: 20_000, Seconds: 12})
	told(t, "eight clients, all questions distinct", distinct)
	atLeast(t, "distinct questions", distinct.Rate(), 300)
	repeated := asked(t, bench.Asking{Host: p.host, Clients: 8, Letters: letters, First: 200_000, Count: 40_000, Repeated: 80, Seconds: 12})
	told(t, "eight clients, 80 % repeated", repeated)
	atLeast(t, "repeated questions", repeated.Rate(), 800)
	all, own, _ := resident(t, p.cmd.Process.Pid)
	t.Logf("resident %d MB, of it %d MB own memory", all, own)
}

// A million letters take a while to fill in, so they must be asked for: HUIYIN_BENCH_MILLION=1.
func TestSearchOfAMillion(t *testing.T) {
	if os.Getenv("HUIYIN_BENCH_MILLION") == "" {
		t.Skip("HUIYIN_BENCH_MILLION is not set")
	}
	const letters = 1_000_000
	p := serve(t, filled(t, letters))
	asked(t, bench.Asking{Host: p.host, Clients: 2, Letters: letters, First: 1_000, Count: 200})
	with := asked(t, bench.Asking{Host: p.host, Clients: 1, Letters: letters, First: 10_000, Count: 1_000, Seconds: 20})
	told(t, "a million, with facets", with)
	// 150 ms would do with facets, and 60 without, which the API does not offer: here they cost next to nothing.
	within(t, "95th", with.P95, 60*time.Millisecond)
	all, own, _ := resident(t, p.cmd.Process.Pid)
	t.Logf("resident %d MB, of it %d MB own memory", all, own)
}

// filled is a data folder whose index holds so many letters and whose database holds none.
func filled(t *testing.T, letters int) string {
	t.Helper()
	data := t.TempDir()
	if kept := os.Getenv("HUIYIN_BENCH_SEARCH"); kept != "" {
		data = filepath.Join(kept, strconv.Itoa(letters))
	}
	if _, err := os.Stat(filepath.Join(data, "filled")); err == nil {
		return data
	}
	serve(t, data).stop(t)
	pack, err := citypack.Demo()
	testhouse.Must(t, err)
	city, err := pack.Snapshot(time.UTC, "bench")
	testhouse.Must(t, err)
	words := city.Words()
	cut, err := segment.Open(t.TempDir(), words)
	testhouse.Must(t, err)
	index, err := local.Open(filepath.Join(data, "index"), cut, words...)
	testhouse.Must(t, err)
	corpus, err := bench.NewCorpus()
	testhouse.Must(t, err)
	began := time.Now()
	testhouse.Must(t, index.Rebuild(t.Context(), corpus.Letters(letters)))
	rate := float64(letters) / time.Since(began).Seconds()
	t.Logf("indexed %d letters in %v: %.0f a second", letters, time.Since(began).Round(time.Millisecond), rate)
	testhouse.Must(t, index.Close())
	atLeast(t, "letters indexed", rate, 1_000)
	testhouse.Must(t, os.WriteFile(filepath.Join(data, "filled"), nil, 0o600))
	return data
}

// asked asks from a process of its own.
func asked(t *testing.T, a bench.Asking) bench.Answered {
	t.Helper()
	text, err := json.Marshal(a)
	testhouse.Must(t, err)
	cmd := exec.Command(os.Args[0], string(text))
	cmd.Env = append(os.Environ(), role+"="+askRole)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	testhouse.Must(t, err)
	var all bench.Answered
	testhouse.Must(t, json.Unmarshal(out, &all))
	if all.Failure != "" {
		t.Fatal(all.Failure)
	}
	return all
}

func told(t *testing.T, what string, a bench.Answered) {
	t.Logf("%s: %d answers, %.0f a second; p50 %v, p95 %v, p99 %v, longest %v", what, a.Count, a.Rate(),
		round(a.P50), round(a.P95), round(a.P99), round(a.Max))
}

func within(t *testing.T, what string, took, most time.Duration) {
	t.Helper()
	if took > most {
		t.Errorf("%s: %v, at most %v", what, round(took), most)
	}
}

func atLeast(t *testing.T, what string, rate, least float64) {
	t.Helper()
	if rate < least {
		t.Errorf("%s: %.0f a second, at least %.0f", what, rate, least)
	}
}
