package searchtest

import (
	"slices"
	"strings"
	"testing"

	"huiyin/search"
)

func publishedIsFound(t *testing.T, index search.Index) {
	all := letters()
	wantFound(t, index, search.Query{Text: "污水"})
	put(t, index, all...)
	wantFound(t, index, search.Query{Text: "污水"}, all[0].Number)
	wantFound(t, index, search.Query{Text: "身份证"}, all[1].Number)
	wantFound(t, index, search.Query{Text: "立案调查"}, all[0].Number)
	wantCount(t, index, len(all))
}

func hitCarriesTheLetter(t *testing.T, index search.Index) {
	want := letters()[0]
	put(t, index, want)
	result := ask(t, index, search.Query{Text: "化工厂"})
	if len(result.Hits) != 1 {
		t.Fatalf("%d hits, want 1", len(result.Hits))
	}
	hit := result.Hits[0]
	if hit.Number != want.Number || hit.Title != want.Title || hit.Unit != want.Unit || hit.Category != want.Category ||
		hit.Kind != want.Kind || hit.Column != want.Column || hit.SourceID != want.SourceID {
		t.Errorf("hit %+v does not carry letter %+v", hit, want)
	}
	if !hit.Answered.Equal(want.Answered) {
		t.Errorf("answered %v, want %v", hit.Answered, want.Answered)
	}
	if hit.Heading.Plain() != want.Title {
		t.Errorf("heading %q without marks is not the title", hit.Heading)
	}
	if !strings.Contains(want.Body+want.Reply, strings.Trim(hit.Snippet.Plain(), "…")) {
		t.Errorf("snippet %q is not from the letter", hit.Snippet)
	}
	if !slices.ContainsFunc(hit.Snippet.Pieces(), func(p search.Piece) bool { return p.Found && p.Text == "化工厂" }) {
		t.Errorf("snippet %q does not mark 化工厂 as one word", hit.Snippet)
	}
}

func codes(t *testing.T, index search.Index) {
	all := letters()
	all[0].Number = "26030100000011"
	put(t, index, all...)
	for _, d := range all {
		if got := numbers(ask(t, index, search.Query{Text: d.Number})); !slices.Equal(got, []string{d.Number}) {
			t.Errorf("search for number %s: %v", d.Number, got)
		}
		if d.SourceID == "" {
			continue
		}
		if got := numbers(ask(t, index, search.Query{Text: d.SourceID})); len(got) == 0 || got[0] != d.Number {
			t.Errorf("search for source id %s: %v", d.SourceID, got)
		}
	}
}

func traditional(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	wantFound(t, index, search.Query{Text: "化工廠污水"}, all[0].Number)
	wantFound(t, index, search.Query{Text: "小區門口停車"}, all[2].Number)
	put(t, index, search.Document{Number: "26030500000052", Title: "電線桿歪斜", Body: "路邊電線桿快要倒了。"})
	wantFound(t, index, search.Query{Text: "电线杆"}, "26030500000052")
}

func latin(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	for _, text := range []string{"12345", "１２３４５", "K902", "k902路", "Ｋ９０２", "wifi", "WIFI"} {
		wantFound(t, index, search.Query{Text: text}, all[2].Number)
	}
	wantFound(t, index, search.Query{Text: "1234"})
}

func relaxes(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	strict := ask(t, index, search.Query{Text: "化工厂 污水"})
	if strict.Relaxed() {
		t.Error("a letter holds all words, yet the answer is relaxed")
	}
	loose := ask(t, index, search.Query{Text: "化工厂 污水 地铁"})
	if !loose.Relaxed() || !slices.Contains(numbers(loose), all[0].Number) {
		t.Errorf("no letter holds all words: relaxed %v, found %v", loose.Relaxed(), numbers(loose))
	}
}

func nothing(t *testing.T, index search.Index) {
	put(t, index, letters()...)
	for _, query := range []search.Query{
		{Text: "航天飞机"}, {Text: "？！……"}, {Department: "nosuch"}, {Text: "污水", Department: "nosuch"}, {Category: "污水"},
	} {
		wantFound(t, index, query)
	}
}

// awkward is text that is syntax in one engine or the other, or breaks segmenters.
func awkward(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	for _, text := range []string{
		`+污水 -公租房`, `title:污水`, `"污水`, `污水*`, `(污水`, `污水~2`, `/污水/`, `污水\`, `污水 AND NOT`, "污水\x00水管", "污\u200b水", "污水\xff",
		`' OR 1=1 --`, "的的的", "\u202e水", "😀", "-", "\ue000污水\ue001",
	} {
		ask(t, index, search.Query{Text: text})
	}
	wantFound(t, index, search.Query{Text: `"污水*`}, all[0].Number)
	wantFound(t, index, search.Query{Text: "污\u200b水"}, all[0].Number)
}

func escaping(t *testing.T, index search.Index) {
	put(t, index, search.Document{
		Number: "26030500000052", Title: `<script>alert("污水")</script>`,
		Body: "\uE000<img src=x onerror=alert(1)>\uE001 污水 & 噪音", Reply: "",
	})
	hit := ask(t, index, search.Query{Text: "污水"}).Hits[0]
	if got, want := string(hit.Heading.HTML()), `&lt;script&gt;alert(&#34;<mark>污水</mark>&#34;)&lt;/script&gt;`; got != want {
		t.Errorf("heading %s, want %s", got, want)
	}
	if got, want := string(hit.Snippet.HTML()), `&lt;img src=x onerror=alert(1)&gt; <mark>污水</mark> &amp; 噪音`; got != want {
		t.Errorf("snippet %s, want %s", got, want)
	}
}
