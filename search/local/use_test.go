package local_test

import (
	"iter"
	"slices"
	"sync"
	"testing"

	"huiyin/search"
	"huiyin/search/local"
)

// The city names a quarter; until the rebuild ends the letters are found as they were cut, and then as the word is.
func TestRebuildCutsWithTheWordsOfTheLastUse(t *testing.T) {
	dir := t.TempDir()
	index := open(t, dir)
	letters := []search.Document{
		{Number: "1", Title: "柳鹭苑的路灯不亮"}, {Number: "2", Title: "苑中有鹭也有柳"},
	}
	rebuild := func() {
		t.Helper()
		if err := index.Rebuild(t.Context(), each(letters)); err != nil {
			t.Fatal(err)
		}
	}
	rebuild()
	words := append(slices.Clone(cityWords), "柳鹭苑")
	if err := index.Use(t.Context(), search.Vocabulary{Words: words}); err != nil {
		t.Fatal(err)
	}
	wantExact(t, index, "柳鹭苑", 2) // 柳, 鹭 and 苑 stand in both
	if !index.NeedsRebuild() {
		t.Error("other words, and no rebuild is needed")
	}
	rebuild()
	wantExact(t, index, "柳鹭苑", 1)
	if err := index.Put(t.Context(), search.Document{Number: "3", Title: "柳鹭苑停水"}); err != nil {
		t.Fatal(err)
	}
	wantExact(t, index, "柳鹭苑", 2)
	closeIndex(t, index)

	// A process that starts with these words takes the index as it is.
	knowing, err := cut.With(words)
	if err != nil {
		t.Fatal(err)
	}
	if index, err = local.Open(dir, knowing, words...); err != nil {
		t.Fatal(err)
	}
	defer closeIndex(t, index)
	if index.NeedsRebuild() {
		t.Error("the index was dropped")
	}
	wantExact(t, index, "柳鹭苑", 2)
}

// Questions that are corrected, suggestions and writes at once: nobody waits for another for ever.
func TestTypingGoesOnWhileLettersChange(t *testing.T) {
	index := open(t, t.TempDir())
	defer closeIndex(t, index)
	fillWithQualitySet(t, index)
	all := qualityLetters(t)
	var together sync.WaitGroup
	for n := range 3 {
		together.Go(func() {
			for i := range 15 {
				if _, err := index.Search(t.Context(), search.Query{Text: []string{"公基金", "ludeng", "物叶费"}[(n+i)%3]}); err != nil {
					t.Error(err)
				}
				if _, err := index.Suggest(t.Context(), search.Typed{Text: []string{"路", "gjj", "ting"}[(n+i)%3]}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	together.Go(func() {
		for i := range 5 {
			if err := index.Put(t.Context(), all[i]); err != nil {
				t.Error(err)
			}
		}
		if err := index.Rebuild(t.Context(), each(all)); err != nil {
			t.Error(err)
		}
	})
	together.Wait()
}

func wantExact(t *testing.T, index search.Index, text string, want int) {
	t.Helper()
	result, err := index.Search(t.Context(), search.Query{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	if result.Exact != want {
		t.Errorf("%s: %d letters hold it, want %d", text, result.Exact, want)
	}
}

func each(documents []search.Document) iter.Seq2[search.Document, error] {
	return func(yield func(search.Document, error) bool) {
		for _, d := range documents {
			if !yield(d, nil) {
				return
			}
		}
	}
}
