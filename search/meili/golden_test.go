package meili_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/search/meili/meilitest"
)

var update = flag.Bool("update", false, "write the golden requests anew")

// golden compares what was sent with testdata/name.json, which was read by hand against the server's published OpenAPI.
func golden(t *testing.T, name string, sent []meilitest.Request) {
	t.Helper()
	var b bytes.Buffer
	for _, r := range sent {
		b.WriteString(r.Method + " " + r.Path + "\n")
		if r.Body == "" {
			continue
		}
		if err := json.Indent(&b, []byte(r.Body), "", "  "); err != nil {
			t.Fatalf("%s %s sent %q: %v", r.Method, r.Path, r.Body, err)
		}
		b.WriteString("\n")
	}
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s is not what was sent:\n%s", path, b.String())
	}
}

// of leaves out the requests that only wait, and those that list titles beside everything else.
func of(sent []meilitest.Request, prefixes ...string) []meilitest.Request {
	var all []meilitest.Request
	for _, r := range sent {
		if strings.Contains(r.Body, `"letter.title"`) {
			continue
		}
		for _, prefix := range prefixes {
			if strings.HasPrefix(r.Method+" "+r.Path, prefix) {
				all = append(all, r)
			}
		}
	}
	return all
}

func fullLetter() search.Document {
	return search.Document{
		Number: "26030100000018", Kind: letter.Complaint, Column: letter.Complaints, Category: "environment", Unit: "shengtai",
		District: "东湖区", Year: 2026, Satisfied: 4, Title: "河邊化工厂污水直排", Body: "城东化工厂，夜里排污。", Reply: "已立案，责令Ｋ902号厂停产。",
		Answered: day(2), Published: day(3), SourceID: "hb-17",
	}
}

func TestRequestsAreTheGoldenOnes(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	golden(t, "settings", of(server.Requests(), "POST /indexes", "PATCH"))
	if err := index.Put(t.Context(), fullLetter()); err != nil {
		t.Fatal(err)
	}
	if err := index.Delete(t.Context(), "26030100000018", `bad"id`); err != nil {
		t.Fatal(err)
	}
	golden(t, "writes", of(server.Requests(), "POST"))
	if err := index.Use(t.Context(), search.Vocabulary{Words: cityWords, Synonyms: [][]string{{"医保", "醫療保險"}}}); err != nil {
		t.Fatal(err)
	}
	golden(t, "synonyms", of(server.Requests(), "PUT", "DELETE"))
	for name, query := range map[string]search.Query{
		"search_all":   {},
		"search_words": {Text: "請問化工廠的污水怎么处理？", Sort: search.Oldest, Page: 2, PerPage: 10},
		"search_filters": {Text: "公租房", Department: `a"b`, Category: "x OR unit = y", Kind: "complaint", District: "东湖区", Year: 2026,
			From: day(1), To: day(2).Add(time.Millisecond), NoFacets: true},
		"search_code": {Text: "hb-17"},
	} {
		if _, err := index.Search(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		golden(t, name, of(server.Requests(), "POST"))
	}
}

func TestABackslashFindsNothingWithoutAsking(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	server.Requests()
	result, err := index.Search(t.Context(), search.Query{Department: `a\`})
	if err != nil || result.Total != 0 || len(of(server.Requests(), "POST")) != 0 {
		t.Errorf("%+v, %v: the server cannot be asked for a backslash", result, err)
	}
}
