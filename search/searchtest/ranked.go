package searchtest

import (
	"slices"
	"strings"
	"testing"

	"huiyin/search"
)

// RunRanked runs what an index that cuts and ranks for itself must do beyond Run: which letter stands first, and what is
// found inside of words. A fake server that only knows whether a text holds a word need not; open is as in Run.
func RunRanked(t *testing.T, open func(t *testing.T) search.Index) {
	run(t, open, []rule{
		{"OwnTitleIsFoundFirst", ownTitleFirst},
		{"WordInsideACompoundIsFound", compounds},
		{"LongTextFindsItsLetter", longText},
		{"SimilarLetterOfTheSameMatterIsFirst", nearestFirst},
		{"NearestLettersAreBounded", nearestAreBounded},
		{"PagesGoOnToTheNearestLetters", nearestFollow},
		{"SynonymsFindEachOther", synonyms},
		{"WeakWordsNeedNotStand", weakWords},
		{"QuotedWordsStandTogether", quotes},
	})
}

func ownTitleFirst(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	// A letter that repeats the words of another's title many times does not go before it.
	put(t, index, search.Document{Number: "26030500000052", Title: "公租房材料申请公租房需要材料",
		Body: strings.Repeat("公租房申请需要哪些材料。", 5), Reply: strings.Repeat("公租房申请需要哪些材料。", 5)})
	for _, d := range all {
		for _, text := range []string{d.Title, " " + d.Title + "？"} {
			if got := numbers(ask(t, index, search.Query{Text: text})); len(got) == 0 || got[0] != d.Number {
				t.Errorf("search %q: %v, want %s first", text, got, d.Number)
			}
		}
	}
}

func compounds(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	for text, want := range map[string]string{
		"化工厂污水": all[0].Number, "化工": all[0].Number, "工厂": all[0].Number, "污": all[0].Number,
		"公租": all[1].Number, "身份": all[1].Number, "公交站": all[2].Number, "公交": all[2].Number,
	} {
		if got := numbers(ask(t, index, search.Query{Text: text})); !slices.Contains(got, want) {
			t.Errorf("search %q: %v, want %s among them", text, got, want)
		}
	}
}

// longText: someone pastes what they would write, to see whether it was answered.
func longText(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	text := "尊敬的领导您好！" + all[0].Body + strings.Repeat("我们住在附近，孩子晚上睡不好，希望有人来看看，给我们一个答复，", 60)
	got := numbers(ask(t, index, search.Query{Text: text}))
	if len(got) == 0 || got[0] != all[0].Number {
		t.Errorf("pasted letter of %d characters: %v, want %s first", len([]rune(text)), got, all[0].Number)
	}
}

func nearestFirst(t *testing.T, index search.Index) {
	put(t, index, letters()...)
	other := search.Document{Number: "26030500000052", Title: "公租房申请材料交到哪里", Body: "申请公租房的材料应该交给谁？",
		Reply: "交到街道窗口。", Answered: day(14)}
	put(t, index, other)
	for _, like := range []search.Like{
		{Number: other.Number}, {Number: "26039900000001", Text: other.Title + other.Body}, {Text: other.Title},
	} {
		got := similar(t, index, like)
		if like.Number != other.Number && len(got) > 0 && got[0] == other.Number {
			got = got[1:] // the text is its own
		}
		if len(got) == 0 || got[0] != letters()[1].Number {
			t.Errorf("like %+v: %v, want %s first", like, got, letters()[1].Number)
		}
	}
}
