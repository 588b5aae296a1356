package search_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"huiyin/internal/segment"
	"huiyin/search"
)

var cut *segment.Segmenter

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "search")
	if err == nil {
		cut, err = segment.Open(dir, nil)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// reader knows a few words; 领导 is weak and wifi stands in letters.
func reader() search.Reader {
	words := []search.Word{
		{Text: "路灯", Letters: 40, Titles: 9}, {Text: "绿灯", Letters: 60, Titles: 1}, {Text: "楼道", Letters: 30, Titles: 4},
		{Text: "领导", Letters: 900, Titles: 50}, {Text: "不亮", Letters: 12}, {Text: "银行", Letters: 8, Titles: 2},
		{Text: "公积金", Letters: 50, Titles: 20}, {Text: "住房", Letters: 70, Titles: 8}, {Text: "电梯", Letters: 33, Titles: 7},
		{Text: "西安", Letters: 3, Titles: 1}, {Text: "灯", Letters: 99}, {Text: "K902", Letters: 3}, {Text: "没有了", Letters: 0},
	}
	return search.Reader{
		Lexicon: search.NewLexicon(words, nil), Cut: cut,
		Known: func(run string) bool { return run == "wifi" },
		Weak:  func(word string) bool { return word == "领导" },
	}
}

func TestLettersAreHeardAsPinyin(t *testing.T) {
	for text, want := range map[string][][]string{
		"ludeng":        {{"路灯"}}, // 绿灯 is lvdeng; who types ü as u means it only where nothing else sounds so
		"lvdeng":        {{"绿灯"}},
		"LU DENG":       {{"路灯"}},
		"ludengbuliang": {{"路灯"}, {"不亮"}},
		"ludeng de":     {{"路灯"}},
		"ludengxiufu":   {{"路灯"}},
		"xi'an":         {{"西安"}},
		"yinhang":       {{"银行"}},
		"ld":            {{"路灯", "楼道", "绿灯"}},
		"zfgjj":         {{"住房"}, {"公积金"}},
		"小区ludeng坏了":    {{"路灯"}},
		"wifi":          nil,
		"K902":          nil,
		"a-ludeng@x.cn": nil,
		"hello":         nil,
		"路灯":            nil,
	} {
		heard := reader().Hear(text)
		var got [][]string
		for _, one := range heard {
			got = append(got, one.Groups...)
		}
		if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Errorf("%s is heard as %v, want %v", text, got, want)
		}
	}
}

func TestWhatIsHeardIsTakenOutOfTheText(t *testing.T) {
	text := "小区 ludeng 坏了"
	if got := search.Without(text, reader().Hear(text)); got != "小区   坏了" {
		t.Errorf("%q is left", got)
	}
}

func TestMistakesBecomeWordsOfTheLetters(t *testing.T) {
	for text, want := range map[string]string{
		"公基金":    "公积金", // by sound
		"路登":     "路灯",
		"公枳金":    "公积金", // by form
		"电悌坏了":   "电梯坏了",
		"公鸡金 钱":  "公积金 钱",
		"ludemg": "路灯", // a key beside
	} {
		got := reader().Corrections(text, 4)
		if len(got) == 0 || got[0] != want {
			t.Errorf("%s: %q, want %s first", text, got, want)
		}
	}
	for _, text := range []string{"路灯", "", "wifi", "K902", "这个的了", "请问楼下那条路的灯什么时候能有人来修一修呢"} {
		if got := reader().Corrections(text, 4); len(got) > 0 {
			t.Errorf("%q is corrected to %q", text, got)
		}
	}
}

func TestLexiconKnowsHanWordsThatLettersHold(t *testing.T) {
	l := reader().Lexicon
	if l.Len() != 10 || l.Letters("路灯") != 40 || l.Letters("没有了") != 0 || l.Letters("灯") != 0 {
		t.Errorf("%d words, %d letters of 路灯", l.Len(), l.Letters("路灯"))
	}
	again := search.NewLexicon([]search.Word{{Text: "路灯", Letters: 41}}, l)
	if got := again.Sounding("ludeng", 3); len(got) != 1 || got[0].Letters != 41 {
		t.Errorf("made from the former one: %v", got)
	}
	var none *search.Lexicon
	if none.Len() != 0 || none.Letters("路灯") != 0 || none.Starting("路", 3) != nil || none.Sounding("ludeng", 3) != nil {
		t.Error("no lexicon knows words")
	}
}

func TestWordsAreCompleted(t *testing.T) {
	for text, want := range map[string]string{"路": "路灯", "路燈": "路灯", "lu": "路灯", "ludeng": "路灯", "gongj": "公积金", "gjj": "公积金", "yinh": "银行"} {
		got := reader().Complete(text, 8)
		if !slices.ContainsFunc(got, func(w search.Word) bool { return w.Text == want }) {
			t.Errorf("%s: %v, want %s among them", text, got, want)
		}
	}
	for _, text := range []string{"", "领", "wifi", "小区 路", "K9"} {
		if got := reader().Complete(text, 8); len(got) > 0 {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// A lexicon of as many words as a large archive has.
func BenchmarkLexicon(b *testing.B) {
	var words []search.Word
	for i := range 60_000 {
		words = append(words, search.Word{Text: string([]rune{rune(0x4e00 + i%3_000), rune(0x5000 + i/20)}), Letters: 1 + i%500})
	}
	first := search.NewLexicon(words, nil)
	r := reader()
	r.Lexicon = first
	b.Run("make", func(b *testing.B) {
		for b.Loop() {
			search.NewLexicon(words, nil)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			search.NewLexicon(words, first)
		}
	})
	for _, text := range []string{"lu", "ludeng", "ludengbuliang", "ld"} {
		b.Run("complete "+text, func(b *testing.B) {
			for b.Loop() {
				r.Complete(text, 8)
			}
		})
	}
	for _, text := range []string{"公基金", "ludemg"} {
		b.Run("correct "+text, func(b *testing.B) {
			for b.Loop() {
				r.Corrections(text, 6)
			}
		})
	}
}
