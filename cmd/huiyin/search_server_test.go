package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/internal/store/storetest"
	"huiyin/search/meili/meilitest"
)

// searching is a house whose index is on a played search server.
func searching(t *testing.T, h house, server *meilitest.Server) house {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(keys, []byte(meilitest.SearchKey+"\n"+meilitest.WriteKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.args = append(h.args, "--search", "meilisearch+"+server.URL()+"?key-file="+keys)
	return h
}

// publishOne imports one answered letter.
func (h house) publishOne(t *testing.T, title string) {
	t.Helper()
	line, err := json.Marshal(map[string]string{
		"title": title, "body": "请尽快处理。", "reply": "已经处理。", "reply_time": "2026-03-02 10:00:00", "source_id": title,
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "letters.jsonl")
	if err := os.WriteFile(file, line, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, code := h.run(t, "import", file, "--published"); code != 0 {
		t.Fatalf("import: %s", out)
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	status, body, err := ask(http.DefaultClient, http.MethodGet, url, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return status, string(body)
}

// found waits until the search of a process shows the title.
func (p *process) found(t *testing.T, title string) {
	t.Helper()
	last := ""
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var answer struct{ Hits []struct{ Title string } }
		status, body := get(t, p.url+"/api/v1/published?q="+title)
		last = fmt.Sprint(status, body)
		if status == http.StatusOK && json.Unmarshal([]byte(body), &answer) == nil {
			for _, hit := range answer.Hits {
				if hit.Title == title {
					return
				}
			}
		}
	}
	t.Fatalf("%s is not found within a minute: %s", title, last)
}

// The search server may be away at the start and later: letters are taken, pages are served and say what they cannot do,
// and what was published meanwhile is found when it is back.
func TestServingGoesOnWithoutTheSearchServer(t *testing.T) {
	t.Parallel()
	search := meilitest.Start(t)
	search.Down()
	h := searching(t, houseAt(t, t.TempDir()+"/huiyin.db"), search)
	p := h.serve(t)
	h.publishOne(t, "河道清淤")
	if status, body := get(t, p.url+"/readyz"); status != http.StatusOK || !strings.Contains(body, "without search") {
		t.Errorf("ready without the search server: %d %s", status, body)
	}
	for _, path := range []string{"/", "/write"} {
		if status, body := get(t, p.url+path); status != http.StatusOK {
			t.Errorf("%s without the search server: %d %s", path, status, body)
		}
	}
	if _, body := get(t, p.url+"/published?q=清淤"); !strings.Contains(body, "检索暂时不可用") {
		t.Errorf("the search page does not say it: %s", body)
	}
	if status, _ := get(t, p.url+"/api/v1/published?q=清淤"); status != http.StatusServiceUnavailable {
		t.Errorf("the API answers %d without the search server", status)
	}
	search.Up(t)
	p.found(t, "河道清淤")
	search.Down()
	h.publishOne(t, "井盖缺失")
	time.Sleep(3 * time.Second) // the outbox tries in vain
	search.Up(t)
	p.found(t, "井盖缺失")
	p.found(t, "河道清淤")
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if _, body := get(t, p.url+"/readyz"); body == "ready" {
			break
		} else if time.Now().After(end) {
			t.Fatalf("ready with the search server: %s", body)
		}
	}
	p.stop(t)
}

func TestAWrongSearchServerIsRefusedInASentence(t *testing.T) {
	t.Parallel()
	search := meilitest.Start(t)
	search.Version = "1.12.0"
	h := searching(t, houseAt(t, t.TempDir()+"/huiyin.db"), search)
	if out, code := h.run(t, "serve", "--listen", "127.0.0.1:0"); code != 1 || !strings.Contains(out, "太旧") {
		t.Errorf("an old search server: exit %d: %s", code, out)
	}
	if out, code := h.run(t, "doctor"); code != 1 || !strings.Contains(out, "太旧") {
		t.Errorf("doctor on an old search server: exit %d: %s", code, out)
	}
}

// besides is the same house served from another machine: a data folder of its own, with the same keys.
func besides(t *testing.T, h house) house {
	t.Helper()
	keys, err := os.ReadFile(filepath.Join(h.data, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	other := h
	other.data = t.TempDir()
	if err := os.WriteFile(filepath.Join(other.data, "keys"), keys, 0o600); err != nil {
		t.Fatal(err)
	}
	other.args = append([]string{"--data", other.data}, h.args[2:]...)
	return other
}

// On PostgreSQL, Redis and a search server processes serve side by side, and what is published is found by each. One with
// an index in its folder is refused beside them.
func TestSeveralProcessesShareServers(t *testing.T) {
	t.Parallel()
	redis := storetest.RedisURL(t, 7) // slots of work are of one city
	search := meilitest.Start(t)
	alone := houseAt(t, storetest.PostgresURL(t))
	alone.args = append(alone.args, "--redis", redis)
	h := searching(t, alone, search)
	first := h.serve(t)
	second := besides(t, h).serve(t)
	h.publishOne(t, "河道清淤")
	first.found(t, "河道清淤")
	second.found(t, "河道清淤")
	if out, code := alone.run(t, "serve", "--listen", "127.0.0.1:0"); code != 1 || !strings.Contains(out, "正由另一个 huiyin serve 使用") {
		t.Errorf("one with an index of its own beside them: exit %d: %s", code, out)
	}
	first.kill(t)
	h.publishOne(t, "井盖缺失")
	second.found(t, "井盖缺失")
	second.stop(t)
}
