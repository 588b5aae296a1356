package searchtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"huiyin/search"
)

func suggestions(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	for _, typed := range []string{"公租房申请", " 公租房申请 ", "公租房 材料", "公租房申请需要哪些材料"} {
		if got := suggested(t, index, search.Typed{Text: typed}); !slices.Contains(got, all[1].Title) {
			t.Errorf("typed %q: %q, want %q among them", typed, got, all[1].Title)
		}
	}
	for i := range 30 {
		put(t, index, search.Document{Number: fmt.Sprintf("2603%010d", i), Title: fmt.Sprintf("路灯不亮第%d次", i)})
	}
	for most, want := range map[int]int{0: search.DefaultSuggestions, 3: 3, 1_000: search.MaxSuggestions} {
		if got := suggested(t, index, search.Typed{Text: "路灯", Most: most}); len(got) == 0 || len(got) > want {
			t.Errorf("%d suggestions wanted, got %d", want, len(got))
		}
	}
}

// noTextSuggested: what somebody wrote under a title is no proposal for others.
func noTextSuggested(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	for _, typed := range []string{"", " ", "？", "航天飞机", "化工厂污水夜里", "立案调查，责令", `"污水*`, "污水\xff", strings.Repeat("污水", 500)} {
		for _, text := range suggested(t, index, search.Typed{Text: typed}) {
			if strings.ContainsAny(text, "，。？") {
				t.Errorf("typed %q: %q is suggested", typed, text)
			}
		}
	}
	if got := suggested(t, index, search.Typed{}); len(got) > 0 {
		t.Errorf("nothing typed: %q", got)
	}
}

func suggested(t *testing.T, index search.Index, typed search.Typed) []string {
	t.Helper()
	list, err := index.Suggest(context.Background(), typed)
	if err != nil {
		t.Fatalf("suggest %q: %v", typed.Text, err)
	}
	var all []string
	for _, s := range list {
		if s.Heading.Plain() != s.Text || (s.Number == "") == (s.Letters == 0) {
			t.Errorf("typed %q: suggestion %+v is neither a word nor a letter", typed.Text, s)
		}
		if slices.Contains(all, s.Text) {
			t.Errorf("typed %q: %q is suggested twice", typed.Text, s.Text)
		}
		all = append(all, s.Text)
	}
	return all
}

func similarButSelf(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	for i := range 30 {
		put(t, index, search.Document{Number: fmt.Sprintf("2603%010d", i), Title: "路灯不亮"})
	}
	own := fmt.Sprintf("2603%010d", 7)
	for most, want := range map[int]int{0: search.DefaultSimilar, 3: 3, 1_000: search.MaxSimilar} {
		for _, like := range []search.Like{{Number: own, Most: most}, {Number: "26039900000001", Text: "路灯不亮", Most: most}, {Text: "路灯不亮", Most: most}} {
			got := similar(t, index, like)
			if len(got) != want || slices.Contains(got, own) && like.Number == own {
				t.Errorf("like %+v: %v, want %d others", like, got, want)
			}
		}
	}
	for _, like := range []search.Like{{}, {Number: "26039900000001"}, {Text: "？"}, {Text: "航天飞机"}} {
		if got := similar(t, index, like); len(got) > 0 {
			t.Errorf("like %+v: %v, want none", like, got)
		}
	}
}

func similar(t *testing.T, index search.Index, like search.Like) []string {
	t.Helper()
	hits, err := index.Similar(context.Background(), like)
	if err != nil {
		t.Fatalf("like %+v: %v", like, err)
	}
	return numbers(search.Result{Hits: hits})
}

func otherWords(t *testing.T, index search.Index) {
	all := letters()
	use := func(v search.Vocabulary) {
		t.Helper()
		if err := index.Use(t.Context(), v); err != nil {
			t.Fatalf("use: %v", err)
		}
	}
	rebuild := func() {
		t.Helper()
		if err := index.Rebuild(t.Context(), each(all)); err != nil {
			t.Fatalf("rebuild: %v", err)
		}
	}
	words := []string{"柳溪村", "公租房"}
	use(search.Vocabulary{Words: words})
	rebuild()
	for _, same := range []search.Vocabulary{
		{Words: []string{"公租房", "柳溪村", "公租房"}}, {Words: words, Synonyms: [][]string{{"公租房", "公共租赁住房"}}, Weak: []string{"咨询"}},
	} {
		if use(same); index.NeedsRebuild() {
			t.Errorf("%+v are the words it was built with, yet it needs a rebuild", same)
		}
	}
	use(search.Vocabulary{Words: append(words, "梧桐路")})
	if !index.NeedsRebuild() {
		t.Error("other words, and no rebuild is needed")
	}
	wantFound(t, index, search.Query{Text: "污水"}, all[0].Number)
	if rebuild(); index.NeedsRebuild() {
		t.Error("needs a rebuild after a rebuild with the other words")
	}
	wantFound(t, index, search.Query{Text: "污水"}, all[0].Number)
}

func generations(t *testing.T, index search.Index) {
	all := letters()
	ctx, last := t.Context(), index.Generation()
	for _, change := range []struct {
		name string
		make func() error
	}{
		{"put", func() error { return index.Put(ctx, all[0]) }},
		{"put again", func() error { return index.Put(ctx, all[0]) }},
		{"delete", func() error { return index.Delete(ctx, all[0].Number) }},
		{"rebuild", func() error { return index.Rebuild(ctx, each(all)) }},
		{"use", func() error { return index.Use(ctx, search.Vocabulary{Weak: []string{"咨询"}}) }},
	} {
		if err := change.make(); err != nil {
			t.Fatalf("%s: %v", change.name, err)
		}
		ask(t, index, search.Query{Text: "污水"})
		if now := index.Generation(); now <= last {
			t.Errorf("%s: generation %d after %d", change.name, now, last)
		}
		last = index.Generation()
		ask(t, index, search.Query{Text: "污水"})
		if now := index.Generation(); now != last {
			t.Errorf("asking makes generation %d of %d", now, last)
		}
	}
}

func healthy(t *testing.T, index search.Index) {
	put(t, index, letters()...)
	if err := index.Health(t.Context()); err != nil {
		t.Errorf("health: %v", err)
	}
}
