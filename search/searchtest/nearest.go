package searchtest

import (
	"fmt"
	"slices"
	"testing"

	"huiyin/search"
)

// nearestAreBounded: a hundred pages of letters that share one word with the question help nobody.
func nearestAreBounded(t *testing.T, index search.Index) {
	var all []search.Document
	for i := range search.MaxNearest + 50 {
		all = append(all, search.Document{Number: fmt.Sprintf("2603%010d", i), Title: "路灯不亮", Unit: "cgj", Answered: day(1 + i%20)})
	}
	put(t, index, all...)
	for _, sort := range []search.Sort{search.Best, search.Newest, search.Oldest} {
		query := search.Query{Text: "路灯 化工厂", Sort: sort}
		seen := everyPage(t, index, query)
		result := ask(t, index, query)
		if result.Exact != 0 || result.Total != search.MaxNearest || len(seen) != result.Total {
			t.Errorf("%q: %d exact letters of %d, %d on the pages; want none of %d", sort, result.Exact, result.Total, len(seen), search.MaxNearest)
		}
		if got := result.Facets[search.DepartmentFacet]; len(got) != 1 || got[0].Count != result.Total {
			t.Errorf("%q: facets %v count others than the %d that can be turned to", sort, got, result.Total)
		}
	}
}

// nearestFollow: the pages go on from the letters that hold everything to the nearest, and show each once.
func nearestFollow(t *testing.T, index search.Index) {
	var all []search.Document
	for i := range 30 {
		d := search.Document{Number: fmt.Sprintf("2603%010d", i), Title: "路灯不亮", Body: "晚上看不清路。", Answered: day(1 + i%20)}
		if i%10 == 0 {
			d.Body = "旁边的化工厂也没有灯。"
		}
		all = append(all, d)
	}
	put(t, index, all...)
	for _, sort := range []search.Sort{search.Best, search.Newest, search.Oldest} {
		query := search.Query{Text: "路灯 化工厂", Sort: sort, PerPage: 7}
		seen := everyPage(t, index, query)
		result := ask(t, index, query)
		if result.Exact != 3 || result.Total != len(all) || len(seen) != len(all) {
			t.Errorf("%q: %d exact letters of %d, %d on the pages; want 3 of %d", sort, result.Exact, result.Total, len(seen), len(all))
		}
		// Three fill a page of three, and nothing follows.
		query.PerPage = 3
		if got := ask(t, index, query); got.Total != 3 || got.Exact != 3 || len(got.Hits) != 3 {
			t.Errorf("%q: a full page is followed by %d others", sort, got.Total-got.Exact)
		}
	}
}

// everyPage turns all pages, and complains of letters twice, out of order or not as exact as their place says.
func everyPage(t *testing.T, index search.Index, query search.Query) []string {
	t.Helper()
	var seen []string
	for query.Page = 1; ; query.Page++ {
		result := ask(t, index, query)
		if len(result.Hits) == 0 {
			return seen
		}
		for _, hit := range result.Hits {
			if slices.Contains(seen, hit.Number) {
				t.Errorf("%+v: letter %s is on two pages", query, hit.Number)
			}
			if hit.Exact != (len(seen) < result.Exact) {
				t.Errorf("%+v: letter %d of %d exact ones says %v", query, len(seen)+1, result.Exact, hit.Exact)
			}
			seen = append(seen, hit.Number)
		}
	}
}

func synonyms(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	use(t, index, search.Vocabulary{Synonyms: [][]string{{"公租房", "公共租赁住房", "廉租房"}, {"污水", "废水"}}})
	for text, want := range map[string]string{
		"廉租房 身份证": all[1].Number, "公共租赁住房 身份证": all[1].Number, "公共租赁住房身份证": all[1].Number,
		"废水": all[0].Number, "化工厂废水": all[0].Number,
	} {
		result := ask(t, index, search.Query{Text: text})
		if result.Exact != 1 || len(result.Hits) == 0 || result.Hits[0].Number != want {
			t.Errorf("%q: %d exact letters, found %v; want %s", text, result.Exact, numbers(result), want)
			continue
		}
		marked := slices.ContainsFunc(append(result.Hits[0].Heading.Pieces(), result.Hits[0].Snippet.Pieces()...), func(p search.Piece) bool { return p.Found })
		if !marked {
			t.Errorf("%q: what stands for it in letter %s is not marked", text, want)
		}
	}
	// The word itself is worth more than another for it.
	other := search.Document{Number: "26030500000052", Title: "廉租房申请需要哪些材料", Body: all[1].Body, Reply: all[1].Reply, Answered: all[1].Answered}
	put(t, index, other)
	if got := numbers(ask(t, index, search.Query{Text: "廉租房"})); len(got) < 2 || got[0] != other.Number {
		t.Errorf("廉租房: %v, want %s first, then those of 公租房", got, other.Number)
	}
	use(t, index, search.Vocabulary{})
	if got := ask(t, index, search.Query{Text: "废水"}); got.Exact != 0 {
		t.Errorf("废水 means 污水 no more, yet %d letters hold it", got.Exact)
	}
}

func weakWords(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	if got := ask(t, index, search.Query{Text: "投诉 化工厂 污水"}); got.Exact != 0 {
		t.Errorf("%d letters hold 投诉, want none", got.Exact)
	}
	use(t, index, search.Vocabulary{Weak: []string{"投诉", "公租房"}})
	if got := ask(t, index, search.Query{Text: "投诉 化工厂 污水"}); got.Exact != 1 || got.Hits[0].Number != all[0].Number {
		t.Errorf("投诉 is weak, yet %d letters hold the rest: %v", got.Exact, numbers(got))
	}
	if got := ask(t, index, search.Query{Text: "公租房"}); got.Exact != 2 {
		t.Errorf("a weak word alone: %d letters, want 2", got.Exact)
	}
}

func use(t *testing.T, index search.Index, v search.Vocabulary) {
	t.Helper()
	if err := index.Use(t.Context(), v); err != nil {
		t.Fatalf("use: %v", err)
	}
}

// quotes: what stands in quotes stands together.
func quotes(t *testing.T, index search.Index) {
	put(t, index, letters()...)
	apart := search.Document{Number: "26030500000052", Title: "污水与化工厂", Body: "化工厂旁边的小区有污水外溢。"}
	put(t, index, apart)
	if got := ask(t, index, search.Query{Text: "化工厂污水"}); got.Exact != 2 {
		t.Errorf("without quotes %d letters hold both words, want 2", got.Exact)
	}
	for _, text := range []string{`"化工厂污水"`, "“化工厂污水”"} {
		if got := ask(t, index, search.Query{Text: text}); got.Exact != 1 || got.Hits[0].Number != letters()[0].Number {
			t.Errorf("%s: %d letters, found %v", text, got.Exact, numbers(got))
		}
	}
}
