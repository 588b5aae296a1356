package searchtest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/search"
)

var facetNames = []string{search.DepartmentFacet, search.CategoryFacet, search.KindFacet, search.DistrictFacet, search.YearFacet}

func facetsAddUp(t *testing.T, index search.Index) {
	put(t, index, letters()...)
	for _, query := range []search.Query{{}, {Text: "公租房"}, {Kind: string(letter.Complaint)}, {PerPage: 1}, {Text: "没有的词"}} {
		result := ask(t, index, query)
		for _, field := range facetNames {
			sum := 0
			for _, facet := range result.Facets[field] {
				sum += facet.Count
			}
			if sum != result.Total {
				t.Errorf("%+v: facet %s adds up to %d, total is %d", query, field, sum, result.Total)
			}
		}
	}
	got := ask(t, index, search.Query{}).Facets[search.DepartmentFacet]
	if len(got) != 3 || got[0] != (search.Facet{ID: "zhujian", Count: 2}) {
		t.Errorf("departments %v, want zhujian with 2 first of 3", got)
	}
}

func filtersNarrow(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	wantFound(t, index, search.Query{Department: "zhujian"}, all[1].Number, all[3].Number)
	wantFound(t, index, search.Query{Category: "traffic"}, all[2].Number)
	wantFound(t, index, search.Query{Kind: "complaint"}, all[0].Number, all[2].Number)
	wantFound(t, index, search.Query{District: "东湖区"}, all[0].Number, all[2].Number)
	wantFound(t, index, search.Query{District: "东湖区", Kind: "complaint", Text: "停车"}, all[2].Number)
	wantFound(t, index, search.Query{District: "东湖"})
	wantFound(t, index, search.Query{Text: "公租房", Kind: "praise"}, all[3].Number)
	wantFound(t, index, search.Query{Department: "zhujian", Kind: "complaint"})
	wantFound(t, index, search.Query{Text: "公租房", Department: "shengtai"})
	wantFound(t, index, search.Query{Text: all[1].Number, Department: "shengtai"})
}

func dateBounds(t *testing.T, index search.Index) {
	all := letters()
	undated := search.Document{Number: "26030500000052", Title: "没有答复时间的来信"}
	put(t, index, append(letters(), undated)...)
	wantFound(t, index, search.Query{From: all[1].Answered, To: all[2].Answered}, all[1].Number, all[2].Number)
	wantFound(t, index, search.Query{From: all[1].Answered.Add(time.Millisecond), To: all[2].Answered.Add(-time.Millisecond)})
	wantFound(t, index, search.Query{From: all[3].Answered}, all[3].Number)
	wantFound(t, index, search.Query{To: all[0].Answered}, all[0].Number)
	wantFound(t, index, search.Query{Text: "公租房", To: all[1].Answered}, all[1].Number)
}

func newestFirst(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all[2], all[0], all[3], all[1])
	want := []string{all[3].Number, all[2].Number, all[1].Number, all[0].Number}
	if got := numbers(ask(t, index, search.Query{})); !slices.Equal(got, want) {
		t.Errorf("all letters: %v, want %v", got, want)
	}
}

func pages(t *testing.T, index search.Index) {
	var all []search.Document
	for i := range 25 {
		all = append(all, search.Document{Number: fmt.Sprintf("2603%010d", i), Title: "路灯不亮", Answered: day(1)})
	}
	put(t, index, all...)
	for _, text := range []string{"", "路灯"} {
		seen := map[string]bool{}
		for page, want := range []int{10, 10, 5, 0} {
			result := ask(t, index, search.Query{Text: text, Page: page + 1, PerPage: 10})
			if len(result.Hits) != want || result.Total != len(all) {
				t.Errorf("%q page %d: %d of %d, want %d of %d", text, page+1, len(result.Hits), result.Total, want, len(all))
			}
			for _, number := range numbers(result) {
				if seen[number] {
					t.Errorf("%q: letter %s is on two pages", text, number)
				}
				seen[number] = true
			}
		}
		if len(seen) != len(all) {
			t.Errorf("%q: pages show %d letters of %d", text, len(seen), len(all))
		}
	}
	if got := len(ask(t, index, search.Query{}).Hits); got != search.DefaultPerPage {
		t.Errorf("a page without size has %d hits, want %d", got, search.DefaultPerPage)
	}
	if got := ask(t, index, search.Query{Page: 100, PerPage: 100}); got.Total != len(all) || len(got.Hits) != 0 {
		t.Errorf("last page that may be asked for: %d hits of %d", len(got.Hits), got.Total)
	}
}

func refusals(t *testing.T, index search.Index) {
	for _, query := range []search.Query{{PerPage: 101}, {Page: 101, PerPage: 100}, {Page: -1}, {Kind: "ticket"}, {Year: -1}, {Sort: "random"}, {From: day(2), To: day(1)}} {
		if _, err := index.Search(t.Context(), query); !letter.IsKind(err, letter.KindInvalid) {
			t.Errorf("%+v: %v, want a refusal", query, err)
		}
	}
}
