package meili_test

import (
	"errors"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/search/meili"
	"huiyin/search/meili/meilitest"
)

func each(all ...search.Document) iter.Seq2[search.Document, error] {
	return func(yield func(search.Document, error) bool) {
		for _, d := range all {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func wantTotal(t *testing.T, index search.Index, text string, want int) {
	t.Helper()
	if got, err := index.Search(t.Context(), search.Query{Text: text}); err != nil || got.Total != want {
		t.Errorf("search %q: %d, %v, want %d", text, got.Total, err, want)
	}
}

func wantUnavailable(t *testing.T, err error, part string) {
	t.Helper()
	if !letter.IsKind(err, letter.KindUnavailable) || !strings.Contains(err.Error(), part) {
		t.Errorf("%v, want a sentence with %q", err, part)
	}
}

func TestServerThatGoesAwayIsSaidAndComesBack(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	if err := index.Put(t.Context(), fullLetter()); err != nil {
		t.Fatal(err)
	}
	server.Down()
	_, err := index.Search(t.Context(), search.Query{Text: "污水"})
	wantUnavailable(t, err, "没有应答")
	wantUnavailable(t, index.Health(t.Context()), "没有应答")
	wantUnavailable(t, index.Put(t.Context(), fullLetter()), "没有应答")
	server.Up(t)
	wantSoon(t, func() bool { return index.Health(t.Context()) == nil })
	wantTotal(t, index, "污水", 1)
}

func TestProgramStartsWithoutTheServer(t *testing.T) {
	server := meilitest.Start(t)
	server.Down()
	index := open(t, server)
	defer index.Close()
	wantUnavailable(t, index.Health(t.Context()), "没有应答")
	if index.NeedsRebuild() {
		t.Error("nobody knows yet whether a rebuild is needed")
	}
	if err := index.Use(t.Context(), search.Vocabulary{Words: cityWords, Synonyms: [][]string{{"排污", "污水"}}}); err != nil {
		t.Errorf("use without the server: %v", err)
	}
	server.Up(t)
	wantSoon(t, func() bool { return index.Health(t.Context()) == nil })
	if !index.NeedsRebuild() {
		t.Error("an empty server needs a rebuild")
	}
	if err := index.Put(t.Context(), search.Document{Number: "26030100000018", Title: "污水横流"}); err != nil {
		t.Fatal(err)
	}
	wantTotal(t, index, "排污", 1)
}

func wantSoon(t *testing.T, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatal("not within ten seconds")
}

func TestServerTooOldIsRefused(t *testing.T) {
	for version, ok := range map[string]bool{"1.17.1": false, "0.30.0": false, "soon": false, "1.18.0": true, "1.50.0-rc.1": true, "2.0.0": true} {
		server := meilitest.Start(t)
		server.Version = version
		index, err := meili.Open(t.Context(), access(server), meili.Options{Cut: cut})
		if ok {
			if err != nil {
				t.Errorf("%s: %v", version, err)
				continue
			}
			index.Close()
			continue
		}
		wantUnavailable(t, err, "太旧")
	}
}

func TestWrongKeysAreSaid(t *testing.T) {
	server := meilitest.Start(t)
	for _, a := range []meili.Access{
		{Host: server.URL()}, {Host: server.URL(), SearchKey: "x", WriteKey: "y"},
		{Host: server.URL(), SearchKey: meilitest.SearchKey, WriteKey: meilitest.SearchKey},
	} {
		_, err := meili.Open(t.Context(), a, meili.Options{Cut: cut})
		wantUnavailable(t, err, "密钥")
	}
	index := openAt(t, meili.Access{Host: server.URL(), SearchKey: "wrong", WriteKey: meilitest.WriteKey})
	defer index.Close()
	_, err := index.Search(t.Context(), search.Query{})
	wantUnavailable(t, err, "密钥")
}

func TestKeysAreReadFromAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	for text, want := range map[string][2]string{"one\n": {"one", "one"}, "one\ntwo\n": {"one", "two"}, "": {}, "a b c": {}} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := meili.ReadAccess("meilisearch+http://h:7700?key-file="+path, "s", "w")
		if want[0] == "" {
			if !letter.IsRefused(err) {
				t.Errorf("%q: %v", text, err)
			}
			continue
		}
		if err != nil || got.SearchKey != want[0] || got.WriteKey != want[1] {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func TestSearchesCarryTheKeyThatCanOnlySearch(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	if err := index.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	wantTotal(t, index, "污水", 1)
	for _, r := range server.Requests() {
		if isSearch := strings.HasSuffix(r.Path, "/search"); isSearch != (r.Key == meilitest.SearchKey) {
			t.Errorf("%s %s with key %q", r.Method, r.Path, r.Key)
		}
	}
}

func TestAProxysPageIsNoAnswer(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	server.Break(meilitest.Fault{On: "POST /indexes/letters/search", With: "facets", Times: 1, Status: http.StatusForbidden, HTML: true})
	_, err := index.Search(t.Context(), search.Query{})
	wantUnavailable(t, err, "密钥")
	server.Break(meilitest.Fault{On: "PUT", Times: 1, Status: http.StatusNotFound, HTML: true})
	wantUnavailable(t, index.Use(t.Context(), search.Vocabulary{Words: cityWords, Synonyms: [][]string{{"a", "b"}}}), "代理")
}

func TestErrorsHoldNothingOfALetter(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	server.Break(meilitest.Fault{On: "POST", Times: 9, Status: http.StatusBadRequest})
	err := index.Put(t.Context(), fullLetter())
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.Contains(err.Error(), "化工厂") {
			t.Errorf("the log would say %v", err)
		}
	}
}

func TestServerThatLostItsIndexesGetsThemBack(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	if err := index.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	server.Wipe()
	if _, err := index.Search(t.Context(), search.Query{}); !letter.IsKind(err, letter.KindUnavailable) {
		t.Errorf("search without an index: %v", err)
	}
	wantSoon(t, index.NeedsRebuild)
	if err := index.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	wantTotal(t, index, "污水", 1)
}
