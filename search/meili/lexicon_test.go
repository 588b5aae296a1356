package meili_test

import (
	"slices"
	"testing"

	"huiyin/search"
	"huiyin/search/meili/meilitest"
)

func TestPinyinAndMistakesAreReadWithTheWordsOfTitles(t *testing.T) {
	index := open(t, meilitest.Start(t))
	defer index.Close()
	if err := index.Put(t.Context(),
		search.Document{Number: "26030100000018", Title: "路灯不亮", Body: "晚上出门很黑。"},
		search.Document{Number: "26030100000024", Title: "公积金提取", Body: "材料有哪些？"},
	); err != nil {
		t.Fatal(err)
	}
	wantSoon(t, func() bool {
		result, err := index.Search(t.Context(), search.Query{Text: "ludeng"})
		return err == nil && len(result.Hits) == 1 && result.Exact == 1 && len(result.Read) == 1 && slices.Equal(result.Read[0].Words, []string{"路灯"})
	})
	for text, want := range map[string]string{"ld": "26030100000018", "lu deng 很黑": "26030100000018", "公基金提取": "26030100000024"} {
		result, err := index.Search(t.Context(), search.Query{Text: text})
		if err != nil || len(result.Hits) == 0 || result.Hits[0].Number != want {
			t.Errorf("%q: %+v, %v", text, result, err)
		}
	}
	if result, err := index.Search(t.Context(), search.Query{Text: "公基金提取"}); err != nil || result.Corrected != "公积金提取" {
		t.Errorf("corrected %q, %v", result.Corrected, err)
	}
	if result, err := index.Search(t.Context(), search.Query{Text: "ludeng", Exactly: true}); err != nil || result.Total != 0 {
		t.Errorf("exactly ludeng: %d, %v", result.Total, err)
	}
	list, err := index.Suggest(t.Context(), search.Typed{Text: "lud"})
	if err != nil || len(list) == 0 || list[0].Text != "路灯" || list[0].Letters != 1 {
		t.Errorf("typed lud: %+v, %v", list, err)
	}
}
