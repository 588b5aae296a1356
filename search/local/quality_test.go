package local_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"huiyin/search"
	"huiyin/search/local"
)

// within is how far down the other letters of a question may stand.
const within = 5

func TestQualitySet(t *testing.T) {
	index := open(t, t.TempDir())
	defer closeIndex(t, index)
	fillWithQualitySet(t, index)
	asked := 0
	for at, line := range qualityLines(t, "queries.txt") {
		text, want, ok := strings.Cut(line, "=")
		if !ok {
			continue
		}
		asked++
		want, relaxed := strings.CutPrefix(want, "?")
		want, anyFirst := strings.CutPrefix(want, "~")
		result, err := index.Search(t.Context(), search.Query{Text: text})
		if err != nil {
			t.Fatalf("queries.txt:%d: %v", at+1, err)
		}
		if fault := judge(result, strings.Fields(want), relaxed, anyFirst); fault != "" {
			t.Errorf("queries.txt:%d: %s: %s", at+1, strings.TrimSpace(text), fault)
		}
	}
	if asked < 50 {
		t.Errorf("only %d questions were asked", asked)
	}
}

// judge says what is wrong with a result, nothing if it is as wanted.
func judge(result search.Result, want []string, relaxed, anyFirst bool) string {
	var got []string
	for _, hit := range result.Hits {
		got = append(got, hit.Number+" "+hit.Title)
	}
	if want[0] == "-" {
		if result.Total > 0 {
			return fmt.Sprintf("found %q, want nothing", got)
		}
		return ""
	}
	if result.Relaxed() != relaxed {
		return fmt.Sprintf("relaxed is %v, found %q", result.Relaxed(), got[:min(within, len(got))])
	}
	for i, number := range want {
		at := slices.IndexFunc(result.Hits, func(h search.Hit) bool { return h.Number == number })
		if at < 0 || at >= within || i == 0 && at > 0 && !anyFirst {
			return fmt.Sprintf("letter %s is at %d, found %q", number, at+1, got[:min(within, len(got))])
		}
	}
	return ""
}

func fillWithQualitySet(t testing.TB, index *local.Index) {
	t.Helper()
	var all []search.Document
	lines := qualityLines(t, "letters.txt")
	for at := 0; at+3 < len(lines); at++ {
		if lines[at] == "" {
			continue
		}
		all = append(all, search.Document{Number: lines[at], Title: lines[at+1], Body: lines[at+2], Reply: lines[at+3]})
		at += 3
	}
	if len(all) < 40 {
		t.Fatalf("letters.txt holds only %d letters", len(all))
	}
	if err := index.Put(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
}

func qualityLines(t testing.TB, name string) []string {
	t.Helper()
	data, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	for at, line := range lines {
		if strings.HasPrefix(line, "#") {
			lines[at] = ""
		}
	}
	return lines
}
