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

const (
	// within is how far down the letters of a question may stand.
	within = 10
	// wanted is the share of the questions of each class that must find all of theirs.
	wanted = 0.9
)

// asked is a class of questions, and which of them did not find their letters.
type asked struct {
	questions int
	missed    []string
}

func TestEveryClassOfQuestionsFindsItsLetters(t *testing.T) {
	index := open(t, t.TempDir())
	defer closeIndex(t, index)
	fillWithQualitySet(t, index)
	if err := index.Use(t.Context(), search.Vocabulary{Words: cityWords, Synonyms: synonyms(t)}); err != nil {
		t.Fatal(err)
	}
	classes := map[string]*asked{}
	class := ""
	for at, line := range strings.Split(qualityFile(t, "queries.txt"), "\n") {
		if name, ok := strings.CutPrefix(line, "# "); ok {
			class = name
			continue
		}
		text, want, ok := strings.Cut(line, "=")
		if !ok {
			continue
		}
		if classes[class] == nil {
			classes[class] = &asked{}
		}
		classes[class].questions++
		if fault := missing(t, index, text, strings.Fields(want)); fault != "" {
			classes[class].missed = append(classes[class].missed, fmt.Sprintf("queries.txt:%d: %s: %s", at+1, strings.TrimSpace(text), fault))
		}
	}
	if len(classes) != 12 {
		t.Errorf("%d classes", len(classes))
	}
	for name, class := range classes {
		found := 1 - float64(len(class.missed))/float64(class.questions)
		t.Logf("%s: %.2f of %d\n%s", name, found, class.questions, strings.Join(class.missed, "\n"))
		if found < wanted || class.questions < 20 {
			t.Errorf("%s: %.2f of %d questions find their letters", name, found, class.questions)
		}
	}
}

// missing says which letter is not among the first, nothing if all are.
func missing(t *testing.T, index *local.Index, text string, want []string) string {
	t.Helper()
	result, err := index.Search(t.Context(), search.Query{Text: strings.TrimSpace(text), PerPage: within})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	for _, number := range want {
		if slices.ContainsFunc(result.Hits, func(h search.Hit) bool { return h.Number == number }) {
			continue
		}
		var got []string
		for _, hit := range result.Hits[:min(4, len(result.Hits))] {
			got = append(got, hit.Number+" "+hit.Title)
		}
		return fmt.Sprintf("%s is not among %d (%d exact, read %v, corrected %q, may mean %q): %q", number, len(result.Hits), result.Exact, result.Read, result.Corrected, result.MayMean, got)
	}
	return ""
}

// synonyms are the groups of synonyms.txt.
func synonyms(t testing.TB) [][]string {
	t.Helper()
	var all [][]string
	for _, line := range strings.Split(qualityFile(t, "synonyms.txt"), "\n") {
		if group := strings.Fields(line); len(group) > 1 && group[0] != "#" {
			all = append(all, group)
		}
	}
	return all
}

func fillWithQualitySet(t testing.TB, index *local.Index) {
	t.Helper()
	all := qualityLetters(t)
	if len(all) < 200 {
		t.Fatalf("letters.txt holds only %d letters", len(all))
	}
	if err := index.Put(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
}

// qualityLetters are the letters of the quality set; the first line of each has its number and its id in the source.
func qualityLetters(t testing.TB) []search.Document {
	t.Helper()
	lines := strings.Split(qualityFile(t, "letters.txt"), "\n")
	lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" || strings.HasPrefix(line, "#") })
	var all []search.Document
	for four := range slices.Chunk(lines, 4) {
		number, source, _ := strings.Cut(four[0], " ")
		all = append(all, search.Document{Number: number, SourceID: source, Title: four[1], Body: four[2], Reply: four[3]})
	}
	return all
}

func qualityFile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
