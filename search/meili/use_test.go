package meili_test

import (
	"slices"
	"testing"

	"huiyin/search"
	"huiyin/search/meili/meilitest"
)

// Synonyms that are given while a rebuild runs hold after it as well.
func TestSynonymsGivenDuringARebuildAreKept(t *testing.T) { learns(t, meilitest.Start(t), func() {}) }

// A rebuild that has come through is one, also when the server does not take the synonyms given meanwhile at once.
func TestARebuildIsDoneThatCannotTellSynonyms(t *testing.T) {
	server := meilitest.Start(t)
	learns(t, server, func() {
		server.Break(meilitest.Fault{On: "PUT /indexes/letters/settings/synonyms", Times: 1, Task: "internal"})
	})
}

// learns gives an index synonyms while it is rebuilt, after which something happens to the server.
func learns(t *testing.T, server *meilitest.Server, happens func()) {
	t.Helper()
	index := open(t, server)
	defer index.Close()
	known := search.Vocabulary{Words: cityWords}
	if err := index.Use(t.Context(), known); err != nil {
		t.Fatal(err)
	}
	err := index.Rebuild(t.Context(), func(yield func(search.Document, error) bool) {
		known.Synonyms = [][]string{{"出租车", "的士"}}
		if err := index.Use(t.Context(), known); err != nil {
			t.Error(err)
		}
		happens()
		yield(search.Document{Number: "26030900000001", Title: "出租车拒载"}, nil)
	})
	if err != nil {
		t.Errorf("the rebuild: %v", err)
	}
	wantTotal(t, index, "的士", 1)
	if index.NeedsRebuild() {
		t.Error("a rebuild is needed after it")
	}
}

// Of several processes that are given other words one builds the index, and the others take it over as it is cut,
// whichever hears of the words first.
func TestOneProcessBuildsTheIndexWithOtherWords(t *testing.T) {
	server := meilitest.Start(t)
	known := search.Vocabulary{Words: append(slices.Clone(cityWords), "柳鹭苑")}
	builder, early, late := open(t, server), open(t, server), open(t, server)
	for _, index := range []search.Index{builder, early, late} {
		defer index.Close()
	}
	if err := builder.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	for _, index := range []search.Index{builder, early} {
		if err := index.Use(t.Context(), known); err != nil {
			t.Fatal(err)
		}
		if !index.NeedsRebuild() {
			t.Error("other words need no rebuild")
		}
	}
	if err := builder.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	early.LookAround(t.Context())
	if err := late.Use(t.Context(), known); err != nil {
		t.Fatal(err)
	}
	late.LookAround(t.Context())
	if builder.NeedsRebuild() || early.NeedsRebuild() || late.NeedsRebuild() {
		t.Errorf("a rebuild is needed: %t by who built it, %t, %t", builder.NeedsRebuild(), early.NeedsRebuild(), late.NeedsRebuild())
	}
	wantTotal(t, early, "污水", 1)
	wantTotal(t, late, "污水", 1)
}
