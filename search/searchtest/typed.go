package searchtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/search"
)

// RunTyped runs what an index must do that reads what people type with the words of its letters: pinyin, mistakes, words
// to go on to. open is as in Run.
func RunTyped(t *testing.T, open func(t *testing.T) search.Index) {
	run(t, open, []rule{
		{"PinyinIsRead", pinyin},
		{"WordOfTheLettersIsNoPinyin", latinWord},
		{"MistakesAreCorrected", mistakes},
		{"LittleFoundOffersWhatMayBeMeant", mayMean},
		{"ExactlyIsWhatIsTyped", exactly},
		{"WordsAreSuggestedHoweverTyped", wordsSuggested},
		{"WordsOfDeletedLettersAreNotSuggested", goneWords},
		{"SuggestionsAreInTime", inTime},
	})
}

// matters are letters on a few matters, each several times.
func matters(t *testing.T, index search.Index) {
	t.Helper()
	var all []search.Document
	for i, title := range []string{"路灯不亮", "公积金提取条件", "停车场收费太高", "银行网点排队"} {
		for k := range 4 {
			all = append(all, search.Document{Number: fmt.Sprintf("26%d%011d", i, k), Title: fmt.Sprintf("%s（%d）", title, k),
				Body: "我想反映的是" + title + "。", Reply: "已经办理。", Answered: day(1 + k)})
		}
	}
	put(t, index, all...)
}

func pinyin(t *testing.T, index search.Index) {
	matters(t, index)
	for text, want := range map[string]string{
		"ludeng": "路灯", "lu deng": "路灯", "lu'deng": "路灯", "LuDeng": "路灯", "ｌｕｄｅｎｇ": "路灯", "ld": "路灯",
		"gongjijin": "公积金", "gong ji jin": "公积金", "gjj": "公积金", "yinhang": "银行", "tingchechang 收费": "停车场",
	} {
		result := ask(t, index, search.Query{Text: text})
		if result.Exact != 4 || !strings.Contains(result.Hits[0].Title, want) {
			t.Errorf("%q: %d letters, %v", text, result.Exact, numbers(result))
		}
		if len(result.Read) != 1 || !slices.Contains(result.Read[0].Words, want) {
			t.Errorf("%q is read as %v, want %s", text, result.Read, want)
		}
	}
	if result := ask(t, index, search.Query{Text: "ludeng 停车场"}); result.Exact != 0 {
		t.Errorf("pinyin and another matter: %d letters have both", result.Exact)
	}
}

// latinWord: WiFi is no pinyin where letters write of it.
func latinWord(t *testing.T, index search.Index) {
	matters(t, index)
	for k := range 3 {
		put(t, index, search.Document{Number: fmt.Sprintf("269%011d", k), Title: "LD 牌门锁打不开"})
	}
	if result := ask(t, index, search.Query{Text: "ld"}); result.Exact != 3 || len(result.Read) > 0 {
		t.Errorf("a word of the letters: %d letters, read as %v", result.Exact, result.Read)
	}
}

func mistakes(t *testing.T, index search.Index) {
	matters(t, index)
	for text, want := range map[string]string{
		"公基金": "公积金", "路登不亮": "路灯不亮", "停车厂": "停车场", "公枳金": "公积金", "gongjjin": "公积金", "公基金 提取": "公积金 提取",
	} {
		result := ask(t, index, search.Query{Text: text})
		if result.Corrected != want || result.Exact != 4 {
			t.Errorf("%q is corrected to %q (%d letters), want %q", text, result.Corrected, result.Exact, want)
		}
	}
	for _, text := range []string{"路灯", "航天飞机", "？", "K902", "路灯 提取"} {
		if result := ask(t, index, search.Query{Text: text}); result.Corrected != "" {
			t.Errorf("%q is corrected to %q", text, result.Corrected)
		}
	}
}

func mayMean(t *testing.T, index search.Index) {
	for k := range 12 {
		put(t, index, search.Document{Number: fmt.Sprintf("26%012d", k), Title: fmt.Sprintf("公积金提取第%d次", k)})
	}
	put(t, index, search.Document{Number: "26090000000001", Title: "打错的信", Body: "公基金怎么取？"})
	result := ask(t, index, search.Query{Text: "公基金"})
	if result.Corrected != "" || result.Exact != 1 || !slices.Contains(result.MayMean, "公积金") {
		t.Errorf("%d letters, corrected to %q, offered %q", result.Exact, result.Corrected, result.MayMean)
	}
}

func exactly(t *testing.T, index search.Index) {
	matters(t, index)
	for _, text := range []string{"公基金", "ludeng", "ld"} {
		result := ask(t, index, search.Query{Text: text, Exactly: true})
		if result.Exact > 0 || result.Corrected != "" || len(result.MayMean)+len(result.Read) > 0 {
			t.Errorf("%q exactly: %+v", text, result)
		}
	}
}

func wordsSuggested(t *testing.T, index search.Index) {
	matters(t, index)
	for typed, want := range map[string]string{
		"路": "路灯", "路燈": "路灯", "lu": "路灯", "lud": "路灯", "ludeng": "路灯", "lu d": "路灯", "ld": "路灯", "公积": "公积金", "gongj": "公积金", "gjj": "公积金",
	} {
		list, err := index.Suggest(t.Context(), search.Typed{Text: typed})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(list, func(s search.Suggestion) bool { return s.Text == want })
		if at < 0 || list[at].Letters != 4 || list[at].Number != "" {
			t.Errorf("typed %q: %+v, want the word %s of 4 letters", typed, list, want)
		}
	}
	for _, typed := range []string{"ludeng", "ludengb", "路灯"} {
		list := suggested(t, index, search.Typed{Text: typed})
		if !slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(s, "路灯不亮（") }) {
			t.Errorf("typed %q: %q, want titles with 路灯 too", typed, list)
		}
	}
}

func goneWords(t *testing.T, index search.Index) {
	matters(t, index)
	for k := range 4 {
		if err := index.Delete(context.Background(), fmt.Sprintf("261%011d", k)); err != nil {
			t.Fatal(err)
		}
	}
	for _, typed := range []string{"公积", "gongjijin", "gjj"} {
		if list := suggested(t, index, search.Typed{Text: typed}); len(list) > 0 {
			t.Errorf("typed %q: %q, whose letters are deleted", typed, list)
		}
	}
}

// inTime: where the context is about to end, words alone are an answer too.
func inTime(t *testing.T, index search.Index) {
	matters(t, index)
	suggested(t, index, search.Typed{Text: "路"})
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	list, err := index.Suggest(ctx, search.Typed{Text: "公"})
	if err != nil || len(list) == 0 {
		t.Errorf("within 50 ms: %v, %v", list, err)
	}
}
