package meili_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/search/meili"
	"huiyin/search/meili/meilitest"
)

// These are the faults of meilisearch-go v0.36.3 that this package goes round, by their numbers in its list (see
// docs/search.md). Where the fault itself can be shown, it is: a newer client then says that the way round may go.

// 1: a POST that the client tries again has an empty body.
func TestARetriedWriteKeepsItsBody(t *testing.T) {
	server := meilitest.Start(t)
	bare := meilisearch.New(server.URL(), meilisearch.WithAPIKey(meilitest.Master))
	server.Break(meilitest.Fault{On: "POST /indexes", Times: 1, Status: http.StatusServiceUnavailable})
	_, err := bare.CreateIndexWithContext(t.Context(), &meilisearch.IndexConfig{Uid: "letters", PrimaryKey: "number"})
	if sent := of(server.Requests(), "POST"); err == nil || len(sent) != 2 || sent[1].Body != "" {
		t.Errorf("the client sent %q and says %v: its retries work now", sent, err)
	}
	index := open(t, server)
	defer index.Close()
	server.Break(meilitest.Fault{On: "POST /indexes/letters/documents", Times: 2, Status: http.StatusServiceUnavailable})
	server.Requests()
	if err := index.Put(t.Context(), fullLetter()); err != nil {
		t.Fatal(err)
	}
	sent := of(server.Requests(), "POST /indexes/letters/documents")
	if len(sent) != 3 || sent[2].Body == "" || sent[2].Body != sent[0].Body {
		t.Errorf("sent %d times, the last with %d bytes", len(sent), len(sent[len(sent)-1].Body))
	}
}

// 2: a GET that goes well the second time is reported as failed.
func TestASecondTryThatGoesWellIsWell(t *testing.T) {
	server := meilitest.Start(t)
	bare := meilisearch.New(server.URL(), meilisearch.WithAPIKey(meilitest.Master),
		meilisearch.WithCustomRetries([]int{http.StatusServiceUnavailable}, 1))
	server.Break(meilitest.Fault{On: "GET /version", Times: 1, Status: http.StatusServiceUnavailable})
	if _, err := bare.VersionWithContext(t.Context()); err == nil {
		t.Error("the client counts its last try now")
	}
	index := open(t, server)
	defer index.Close()
	server.Break(meilitest.Fault{On: "GET /indexes/letters/stats", Times: 2, Status: http.StatusBadGateway, HTML: true})
	if _, err := index.Count(t.Context()); err != nil {
		t.Errorf("count: %v", err)
	}
	server.Break(meilitest.Fault{On: "GET /indexes/letters/stats", Times: 3, Status: http.StatusServiceUnavailable})
	if _, err := index.Count(t.Context()); !letter.IsKind(err, letter.KindUnavailable) {
		t.Errorf("count of a server that cannot: %v", err)
	}
}

// 3: a refused connection is not tried again.
func TestARefusedConnectionIsTriedAgain(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	server.Down()
	up := time.AfterFunc(50*time.Millisecond, func() { server.Up(t) })
	defer up.Stop()
	if err := index.Put(t.Context(), fullLetter()); err != nil {
		t.Errorf("put while the server starts again: %v", err)
	}
}

// 4: no time-out, and a proxy of the environment.
func TestAServerThatDoesNotAnswerIsNotWaitedForLong(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	server.Break(meilitest.Fault{On: "POST /indexes/letters/search", With: "facets", Times: 1, Stall: time.Minute})
	began := time.Now()
	if _, err := index.Search(t.Context(), search.Query{}); !letter.IsKind(err, letter.KindUnavailable) {
		t.Errorf("search: %v", err)
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("a search took %v to fail", took)
	}
	began = time.Now()
	if _, err := index.Search(t.Context(), search.Query{}); !letter.IsKind(err, letter.KindUnavailable) || time.Since(began) > time.Second/2 {
		t.Errorf("the next search took %v to say %v", time.Since(began), err)
	}
}

// Also while somebody else waits for a server that says nothing.
func TestNobodyWaitsForAnothersConnection(t *testing.T) {
	server := meilitest.Start(t)
	server.Down()
	index := open(t, server)
	defer index.Close()
	server.Break(meilitest.Fault{On: "GET /version", Times: 100, Stall: time.Minute})
	server.Up(t)
	time.Sleep(1200 * time.Millisecond) // the index looks for its server
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := index.Search(ctx, search.Query{}); err == nil || time.Since(began) > time.Second {
		t.Errorf("a search of 100 ms took %v: %v", time.Since(began), err)
	}
}

func TestTheContextsOwnErrorIsReported(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	server.Break(meilitest.Fault{On: "POST /indexes/letters/search", With: "facets", Times: 1, Stall: time.Minute})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := index.Search(ctx, search.Query{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("search: %v", err)
	}
	if _, err := index.Search(t.Context(), search.Query{}); err != nil {
		t.Errorf("a reader in a hurry spoiled the next search: %v", err)
	}
}

// 5: waiting for a task that fails gives no error.
func TestAFailedTaskIsAFailure(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	bare := meilisearch.New(server.URL(), meilisearch.WithAPIKey(meilitest.Master))
	made, err := bare.CreateIndexWithContext(t.Context(), &meilisearch.IndexConfig{Uid: "letters"})
	if err != nil {
		t.Fatal(err)
	}
	if task, err := bare.WaitForTaskWithContext(t.Context(), made.TaskUID, time.Millisecond); err != nil || task.Status != meilisearch.TaskStatusFailed {
		t.Errorf("the client says %v of a task %v: it reports failed tasks now", err, task)
	}
	server.Break(meilitest.Fault{On: "POST /indexes/letters/documents", Times: 1, Task: "no_space_left_on_device"})
	if err := index.Put(t.Context(), fullLetter()); err == nil || !strings.Contains(err.Error(), "no_space_left_on_device") {
		t.Errorf("put: %v", err)
	}
}

// 6: an empty list cannot be sent.
func TestTheLastSynonymCanBeTakenBack(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	if err := index.Put(t.Context(), search.Document{Number: "26030100000018", Title: "医疗保险断缴"}); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		synonyms [][]string
		want     int
	}{{[][]string{{"医保", "医疗保险"}}, 1}, {nil, 0}} {
		if err := index.Use(t.Context(), search.Vocabulary{Words: cityWords, Synonyms: row.synonyms}); err != nil {
			t.Fatal(err)
		}
		wantTotal(t, index, "医保", row.want)
	}
	server.Requests()
	if err := index.Use(t.Context(), search.Vocabulary{Words: cityWords}); err != nil {
		t.Fatal(err)
	}
	if sent := of(server.Requests(), "PUT", "DELETE", "PATCH"); len(sent) > 0 {
		t.Errorf("nothing changed, yet the server was told %v", sent)
	}
}

// 9: the client's batches lose the tasks before a failed one.
func TestWritesGoInBatchesOfBoundedSize(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	many := make([]search.Document, 2_100)
	for i := range many {
		many[i] = search.Document{Number: fmt.Sprintf("2603%010d", i), Title: "路灯", Answered: day(1)}
	}
	server.Requests()
	if err := index.Put(t.Context(), many...); err != nil {
		t.Fatal(err)
	}
	if n := len(of(server.Requests(), "POST /indexes/letters/documents")); n != 3 {
		t.Errorf("2,100 letters went in %d requests, want 3", n)
	}
	// 16: totals are true beyond the thousand that a server counts by default.
	if got, err := index.Search(t.Context(), search.Query{Text: "路灯"}); err != nil || got.Total != len(many) {
		t.Errorf("total %d, %v, want %d", got.Total, err, len(many))
	}
	long := make([]search.Document, 3)
	for i := range long {
		long[i] = search.Document{Number: fmt.Sprintf("2604%010d", i), Title: "长", Body: strings.Repeat(" ", 3<<20)}
	}
	server.Requests()
	if err := index.Put(t.Context(), long...); err != nil {
		t.Fatal(err)
	}
	for _, r := range of(server.Requests(), "POST /indexes/letters/documents") {
		if len(r.Body) > 9<<20 {
			t.Errorf("one request holds %d bytes", len(r.Body))
		}
	}
	server.Break(meilitest.Fault{On: "POST /indexes/letters/documents", Times: 1, Status: http.StatusRequestEntityTooLarge, HTML: true})
	if err := index.Put(t.Context(), fullLetter()); !letter.IsKind(err, letter.KindUnavailable) {
		t.Errorf("a proxy takes no large body: %v", err)
	}
}

// 8, 15, 17: what the client does wrong and this program never asks for.
func TestWhatTheClientCannotDoIsNotAsked(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	if err := index.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Search(t.Context(), search.Query{Text: "污水"}); err != nil {
		t.Fatal(err)
	}
	for _, r := range server.Requests() {
		if r.Method == http.MethodGet && strings.HasSuffix(r.Path, "/settings") || strings.Contains(r.Path, "cancel") ||
			strings.Contains(r.Body, "Highlight") || strings.Contains(r.Path, "EnqueuedAt") {
			t.Errorf("asked %s %s %s", r.Method, r.Path, r.Body)
		}
	}
}

// 11: a wrong address is found out at once.
func TestAddressesAreReadWhenTheProgramStarts(t *testing.T) {
	for _, row := range []struct{ address, host string }{
		{"meilisearch+http://10.0.0.7:7700", "http://10.0.0.7:7700"},
		{"meilisearch+https://search.example/", "https://search.example"},
		{"meilisearch+http://", ""}, {"meilisearch+ftp://h:1", ""}, {"http://h:7700", ""}, {"h:7700", ""},
		{"meilisearch+http://h:7700/sub", ""}, {"meilisearch+http://:key@h:7700", ""}, {"meilisearch+http://h:7700?key=abc", ""},
		{"meilisearch+http://h:7700?key-file=/nosuch/file", ""},
	} {
		got, err := meili.ReadAccess(row.address, "s", "w")
		if row.host == "" {
			if !letter.IsRefused(err) {
				t.Errorf("%s: %v, want a refusal", row.address, err)
			}
			continue
		}
		if want := (meili.Access{Host: row.host, SearchKey: "s", WriteKey: "w"}); err != nil || got != want {
			t.Errorf("%s: %+v, %v", row.address, got, err)
		}
	}
}
