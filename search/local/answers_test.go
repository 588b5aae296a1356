package local_test

import (
	"fmt"
	"testing"

	"huiyin/search"
)

// An answer is kept, and never longer than it is right.
func TestKeptAnswersAreThoseOfNow(t *testing.T) {
	index := open(t, t.TempDir())
	defer closeIndex(t, index)
	ask := func() search.Result {
		t.Helper()
		result, err := index.Search(t.Context(), search.Query{Text: "路灯"})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	for n := range 30 {
		if err := index.Put(t.Context(), search.Document{Number: fmt.Sprint(n), Title: "路灯不亮", Unit: "cgj"}); err != nil {
			t.Fatal(err)
		}
		first := ask()
		first.Hits[0].Title, first.Facets[search.DepartmentFacet] = "changed by the caller", nil
		again := ask()
		if again.Total != n+1 || again.Hits[0].Title != "路灯不亮" || len(again.Facets[search.DepartmentFacet]) != 1 {
			t.Fatalf("after %d letters: %+v", n+1, again)
		}
	}
}
