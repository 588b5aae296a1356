package search_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"huiyin/search"
)

// spansOf finds every place of the words in the text.
func spansOf(text string, words ...string) []search.Span {
	var spans []search.Span
	for _, word := range words {
		for at := 0; ; {
			next := strings.Index(text[at:], word)
			if next < 0 {
				break
			}
			at += next
			spans = append(spans, search.Span{Start: at, End: at + len(word), Term: word})
			at += len(word)
		}
	}
	return spans
}

func TestTouchingMarksBecomeOne(t *testing.T) {
	for _, row := range []struct {
		text, want string
		words      []string
	}{
		{"化工厂污水", "<mark>化工厂污水</mark>", []string{"化工", "工厂", "化工厂", "污水", "水"}},
		{"污水和污水", "<mark>污水</mark>和<mark>污水</mark>", []string{"污水"}},
		{"a<b>污水&", "a&lt;b&gt;<mark>污水</mark>&amp;", []string{"污水"}},
		{"\uE000污\uE001水", "<mark>污</mark>水", []string{"污"}},
		{"无", "无", nil},
		{"", "", nil},
	} {
		marked := search.Mark(row.text, spansOf(row.text, row.words...))
		if got := string(marked.HTML()); got != row.want {
			t.Errorf("%q: %s, want %s", row.text, got, row.want)
		}
	}
}

func TestSpansOutsideTheTextAreIgnored(t *testing.T) {
	spans := []search.Span{{Start: -1, End: 3}, {Start: 3, End: 99}, {Start: 3, End: 3}, {Start: 6, End: 3}}
	if got := search.Mark("污水", spans).Plain(); got != "污水" {
		t.Errorf("%q", got)
	}
	if got, _ := search.Excerpt("污水", spans); got != "污水" {
		t.Errorf("%q", got)
	}
}

func TestExcerptShowsThePlaceWithMostDifferentWords(t *testing.T) {
	filler := strings.Repeat("此处与所问无关的一句话。", 20)
	text := "停车停车停车停车。" + filler + "小区停车收费标准如下。" + filler
	excerpt, weight := search.Excerpt(text, spansOf(text, "停车", "收费", "小区"))
	if !strings.Contains(string(excerpt.HTML()), "<mark>小区停车收费</mark>标准如下") {
		t.Errorf("excerpt %s", excerpt.HTML())
	}
	if !strings.HasPrefix(string(excerpt), "…") || !strings.HasSuffix(string(excerpt), "…") {
		t.Errorf("excerpt %s does not say that it leaves something out", excerpt)
	}
	if n := utf8.RuneCountInString(excerpt.Plain()); n > search.SnippetWidth+2 {
		t.Errorf("excerpt has %d characters", n)
	}
	if _, other := search.Excerpt("停车停车停车", spansOf("停车停车停车", "停车")); other >= weight {
		t.Errorf("one word often (%d) weighs more than three words once (%d)", other, weight)
	}
}

func TestExcerptBeginsAtASentence(t *testing.T) {
	text := strings.Repeat("前", 200) + "。经查，该路灯属于人工控制。" + strings.Repeat("后", 200)
	excerpt, _ := search.Excerpt(text, spansOf(text, "路灯"))
	if !strings.HasPrefix(excerpt.Plain(), "…该路灯") {
		t.Errorf("excerpt begins %q", excerpt.Plain()[:30])
	}
}

func TestExcerptOfAShortTextIsTheText(t *testing.T) {
	text := "路灯不亮。\n\n晚上  很黑。"
	if excerpt, _ := search.Excerpt(text, spansOf(text, "很黑")); excerpt.Plain() != "路灯不亮。 晚上 很黑。" {
		t.Errorf("%q", excerpt.Plain())
	}
}

func TestExcerptAtTheEndIsFilledFromBefore(t *testing.T) {
	text := strings.Repeat("前", 200) + "路灯"
	excerpt, _ := search.Excerpt(text, spansOf(text, "路灯"))
	if n := utf8.RuneCountInString(excerpt.Plain()); n != search.SnippetWidth+1 {
		t.Errorf("excerpt has %d characters, want %d", n, search.SnippetWidth+1)
	}
}
