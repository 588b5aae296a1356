package meili_test

import (
	"testing"

	"huiyin/search"
	"huiyin/search/meili/meilitest"
)

// Synonyms that are given while a rebuild runs hold after it as well.
func TestSynonymsGivenDuringARebuildAreKept(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	known := search.Vocabulary{Words: cityWords}
	if err := index.Use(t.Context(), known); err != nil {
		t.Fatal(err)
	}
	letter := search.Document{Number: "26030900000001", Title: "出租车拒载"}
	err := index.Rebuild(t.Context(), func(yield func(search.Document, error) bool) {
		known.Synonyms = [][]string{{"出租车", "的士"}}
		if err := index.Use(t.Context(), known); err != nil {
			t.Error(err)
		}
		yield(letter, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	wantTotal(t, index, "的士", 1)
}
