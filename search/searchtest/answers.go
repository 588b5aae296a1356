package searchtest

import (
	"slices"
	"testing"
	"time"

	"huiyin/search"
)

// years: the last evening of December in UTC is the next year in the city, and only the document knows.
func years(t *testing.T, index search.Index) {
	newYear := search.Document{Number: "26010100000015", Title: "路灯不亮", Year: 2026, Answered: time.Date(2025, 12, 31, 17, 0, 0, 0, time.UTC)}
	before := search.Document{Number: "25120100000018", Title: "路灯不亮", Year: 2025, Answered: time.Date(2025, 12, 31, 15, 0, 0, 0, time.UTC)}
	undated := search.Document{Number: "25120100000024", Title: "路灯不亮"}
	put(t, index, newYear, before, undated)
	wantFound(t, index, search.Query{Year: 2026}, newYear.Number)
	wantFound(t, index, search.Query{Text: "路灯", Year: 2025}, before.Number)
	wantFound(t, index, search.Query{Year: 2024})
	got := ask(t, index, search.Query{Text: "路灯"}).Facets[search.YearFacet]
	if want := []search.Facet{{ID: "2025", Count: 1}, {ID: "2026", Count: 1}}; !slices.Equal(got, want) {
		t.Errorf("years %v, want %v", got, want)
	}
}

func orders(t *testing.T, index search.Index) {
	all := letters()
	for i := range all {
		all[i].Title = "公租房"
	}
	undated := search.Document{Number: "26030500000052", Title: "公租房"}
	put(t, index, all[2], undated, all[0], all[3], all[1])
	newest := []string{all[3].Number, all[2].Number, all[1].Number, all[0].Number, undated.Number}
	oldest := []string{all[0].Number, all[1].Number, all[2].Number, all[3].Number, undated.Number}
	for _, row := range []struct {
		query search.Query
		want  []string
	}{
		{search.Query{}, newest},
		{search.Query{Sort: search.Newest}, newest},
		{search.Query{Sort: search.Oldest}, oldest},
		{search.Query{Text: "公租房", Sort: search.Newest}, newest},
		{search.Query{Text: "公租房", Sort: search.Oldest}, oldest},
		{search.Query{Text: "公租房", Sort: search.Oldest, PerPage: 2, Page: 2}, oldest[2:4]},
	} {
		if got := numbers(ask(t, index, row.query)); !slices.Equal(got, row.want) {
			t.Errorf("%+v: %v, want %v", row.query, got, row.want)
		}
	}
}

func leaner(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	full := ask(t, index, search.Query{Text: "化工厂"})
	lean := ask(t, index, search.Query{Text: "化工厂", NoFacets: true, NoMarks: true})
	if lean.Facets != nil {
		t.Errorf("facets %v, want none", lean.Facets)
	}
	if lean.Total != full.Total || !slices.Equal(numbers(lean), numbers(full)) {
		t.Errorf("without facets and marks %v of %d, with them %v of %d", numbers(lean), lean.Total, numbers(full), full.Total)
	}
	hit := lean.Hits[0]
	if string(hit.Heading) != all[0].Title || string(hit.Snippet) != all[0].Reply {
		t.Errorf("heading %q, snippet %q: want the bare title and the beginning of the reply", hit.Heading, hit.Snippet)
	}
}

// exactFirst holds whatever a body shows after the letters that hold everything.
func exactFirst(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	for _, row := range []struct {
		query search.Query
		exact int
	}{
		{search.Query{}, 4}, {search.Query{Text: "公租房"}, 2}, {search.Query{Text: "公租房 身份证"}, 1},
		{search.Query{Text: all[0].Number}, 1}, {search.Query{Text: "化工厂 污水 地铁"}, 0}, {search.Query{Text: "航天飞机"}, 0},
		{search.Query{Text: "公租房 身份证", Sort: search.Newest}, 1}, {search.Query{Text: "公租房", PerPage: 1, Page: 2}, 2},
	} {
		result := ask(t, index, row.query)
		if result.Exact != row.exact || result.Exact > result.Total {
			t.Errorf("%+v: %d of %d letters hold everything, want %d", row.query, result.Exact, result.Total, row.exact)
		}
		first := max(row.query.Page-1, 0) * row.query.PerPage
		for i, hit := range result.Hits {
			if hit.Exact != (first+i < result.Exact) {
				t.Errorf("%+v: letter %d of %d exact ones says %v", row.query, first+i+1, result.Exact, hit.Exact)
			}
		}
		if result.Relaxed() != (result.Exact == 0 && len(result.Hits) > 0) {
			t.Errorf("%+v: relaxed is %v", row.query, result.Relaxed())
		}
	}
}
