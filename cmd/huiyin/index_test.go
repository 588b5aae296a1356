package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/bench"
	"huiyin/internal/store/storetest"
)

// archive writes so many answered letters as a file to import; each has its own word in its title.
func archive(t *testing.T, first, n int) (path string) {
	t.Helper()
	var lines strings.Builder
	out := json.NewEncoder(&lines)
	for i := first; i < first+n; i++ {
		title, body := bench.Letter(uint64(i))
		err := out.Encode(map[string]string{
			"title": fmt.Sprintf("%s 第%d件", title, i), "body": body, "reply": "您好，已安排处理，请等候。", "source_id": fmt.Sprint(i), "department": "城管局",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	path = filepath.Join(t.TempDir(), fmt.Sprintf("letters-%d.jsonl", first))
	if err := os.WriteFile(path, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// publish imports letters as published, in a process of its own, as an operator does.
func (h house) publish(t *testing.T, first, n int) {
	t.Helper()
	if out, code := h.run(t, "import", archive(t, first, n), "--published"); code != 0 {
		t.Errorf("import exits %d: %s", code, out)
	}
}

// found asks the public search and returns how many letters it knows.
func found(t *testing.T, p *process, text string) int {
	t.Helper()
	status, body, err := ask(http.DefaultClient, http.MethodGet, p.url+"/api/v1/published?per_page=1&q="+url.QueryEscape(text), "", nil)
	if err != nil || status != http.StatusOK {
		t.Fatalf("search %q: %d %s %v", text, status, body, err)
	}
	var answer struct{ Total int }
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Total
}

// untilFound waits until the index holds as many letters as wanted, at least.
func untilFound(t *testing.T, p *process, wanted int) {
	t.Helper()
	n := 0
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if n = found(t, p, ""); n >= wanted {
			return
		}
	}
	t.Fatalf("the index holds %d letters, want %d", n, wanted)
}

// Killed while it feeds the index, the program has all letters in it soon after it starts again; a folder that is gone
// is built again while pages go on; and while an index is built anew, searches find what there was, and what is published
// meanwhile is in it.
func TestTheIndexHoldsWhatIsPublishedWhateverHappens(t *testing.T) {
	t.Parallel() // both wait most of the time
	storetest.EachURL(t, func(t *testing.T, url string) {
		t.Parallel()
		const letters = 3_000
		h := houseAt(t, url)
		h.publish(t, 0, 10) // and what the first build finds
		p := h.serve(t)
		untilFound(t, p, 10)
		var wait sync.WaitGroup
		wait.Go(func() { h.publish(t, 10, letters-10) })
		untilFound(t, p, letters/10)
		begun := found(t, p, "")
		p.kill(t)
		wait.Wait() // the import goes on without it
		t.Logf("killed with %d letters in the index", begun)
		if begun >= letters {
			t.Error("killed too late to show anything")
		}
		p = h.serve(t)
		whole(t, h, p, letters)
		p = loseIndex(t, h, p, letters)
		rebuildInUse(t, h, p, letters)
		p.stop(t)
	})
}

// whole expects that the index comes to hold exactly so many letters, as many as are published, each by its number.
func whole(t *testing.T, h house, p *process, letters int) {
	t.Helper()
	s := storetest.Open(t, h.url)
	deliverAll(t, s)
	untilFound(t, p, letters)
	published, err := s.CountPublished(t.Context())
	if n := found(t, p, ""); err != nil || n != letters || published != letters {
		t.Errorf("the index holds %d letters, %d are published, want %d (%v)", n, published, letters, err)
	}
	numbers, err := s.NewestPublished(t.Context(), 200)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range numbers {
		if found(t, p, l.Number) == 0 {
			t.Errorf("%s is not found", l.Number)
		}
	}
}

func loseIndex(t *testing.T, h house, p *process, letters int) *process {
	t.Helper()
	p.stop(t)
	if err := os.RemoveAll(filepath.Join(h.data, "index")); err != nil {
		t.Fatal(err)
	}
	p = h.serve(t)
	for _, path := range []string{"/", "/published", "/write"} {
		if status, body, err := ask(http.DefaultClient, http.MethodGet, p.url+path, "", nil); err != nil || status != http.StatusOK {
			t.Errorf("%s while the index is built: %d %s %v", path, status, body, err)
		}
	}
	whole(t, h, p, letters)
	return p
}

// rebuildInUse asks for a new index and searches and publishes until it is there.
func rebuildInUse(t *testing.T, h house, p *process, letters int) {
	t.Helper()
	const more = 500
	s := storetest.Open(t, h.url)
	before := found(t, p, "路灯")
	if out, code := h.run(t, "reindex"); code != 0 {
		t.Fatalf("reindex exits %d: %s", code, out)
	}
	var wait sync.WaitGroup
	wait.Go(func() { h.publish(t, letters, more) })
	asked := 0
	for end := time.Now().Add(2 * time.Minute); ; asked++ {
		if n := found(t, p, "路灯"); n < before {
			t.Errorf("%d letters found during the rebuild, %d before", n, before)
			break
		}
		wish, err := s.Document(t.Context(), "system", "reindex")
		if err != nil {
			t.Fatal(err)
		}
		if string(wish) == `"done"` {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the index was not built in time: %s", wish)
		}
	}
	wait.Wait()
	t.Logf("asked %d times during the rebuild, %d letters found before it", asked, before)
	if before == 0 || asked < 10 {
		t.Error("too little was asked to show anything")
	}
	whole(t, h, p, letters+more)
}

// A letter can be found two seconds after it was published, and no longer as soon after its takedown.
func TestAPublishedLetterIsFoundWithinTwoSeconds(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		h := houseAt(t, url)
		p := h.serve(t)
		number := answer(t, h, p)
		began := time.Now()
		h.step(t, p, "fangqi", number, "publication", `{"open":{"title":"翠屏苑门口路灯","body":"翠屏苑门口三盏路灯不亮。","reply":"已修复。"}}`)
		for found(t, p, number) == 0 {
			if time.Since(began) > 2*time.Second {
				t.Fatal("published two seconds ago and not found")
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Logf("found after %v", time.Since(began).Round(time.Millisecond))
	})
}

// answer writes a letter that its unit answers, through the API.
func answer(t *testing.T, h house, p *process) (number string) {
	t.Helper()
	status, body, err := ask(http.DefaultClient, http.MethodPost, p.url+"/api/v1/letters", "", []byte(`{"title":"翠屏苑门口路灯",
		"body":"翠屏苑门口三盏路灯已经坏了一周，晚上出行不便，请维修。","name":"测试","phone":"13900000000","publish":true}`))
	var filed struct {
		Number     string
		Department struct{ ID string }
	}
	if err != nil || status != http.StatusCreated || json.Unmarshal(body, &filed) != nil || filed.Department.ID == "" {
		t.Fatalf("%d %s %v", status, body, err)
	}
	for login, about := range map[string][]string{
		"lina":   {"--unit", filed.Department.ID, "--role", "handler"},
		"fangqi": {"--unit", "zfb", "--role", "reviewer"},
	} {
		if out, code := h.run(t, append([]string{"staff", "add", login, "--name", "某人"}, about...)...); code != 0 {
			t.Fatal(out)
		}
	}
	h.step(t, p, "lina", filed.Number, "acceptance", "")
	h.step(t, p, "lina", filed.Number, "draft", `{"text":"您好，路灯已修复。"}`)
	h.step(t, p, "lina", filed.Number, "review", "")
	h.step(t, p, "fangqi", filed.Number, "approval", "")
	return filed.Number
}

// step takes a step as another system of the unit does, with a token of the member.
func (h house) step(t *testing.T, p *process, login, number, step, body string) {
	t.Helper()
	token, code := h.run(t, "staff", "token", login)
	if code != 0 {
		t.Fatal(token)
	}
	q, err := http.NewRequest(http.MethodPost, p.url+"/api/v1/desk/letters/"+number+"/"+step, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Authorization", "Bearer "+strings.TrimSpace(token))
	a, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", step, a.Status)
	}
}
