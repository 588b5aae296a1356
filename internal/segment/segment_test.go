package segment_test

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"huiyin/internal/segment"
)

// sentences are of the sorts that reach a city: colloquial, official, mixed with letters, digits and Traditional.
var sentences = []string{
	"解放路与中山路路口的红绿灯坏了三天，早高峰堵得厉害。",
	"请问公租房申请条件是什么？户口在外地可以申请吗",
	"住建局你好，我们小区加装电梯一楼不同意怎么办",
	"夜间施工噪音扰民，凌晨2点还在浇筑混凝土，12345打了5次",
	"小區物業亂收費，停車費由300元漲到500元",
	"化工厂偷排污水，河水发黑发臭，鱼都死了",
	"孩子上学学区划分不合理，离家500米的小学不让上",
	"ｉＰｈｏｎｅ１５在商场买到翻新机，商家拒开发票",
	"公交K902路经常半小时不来一班车",
	"城中村自来水停水两天了，没有任何通知",
	"退休职工异地就医医保报销比例多少",
	"5G基站辐射大不大？离楼只有10米",
	"占道经营的烧烤摊油烟直排，居民不敢开窗。",
	"身份证办理需要带哪些材料，网上能不能预约",
	"农民工工资被拖欠，劳动监察大队说不归他们管",
	"新农合和城镇居民医保有什么区别",
	"停​车场收费不合理",
	"中华人民共和国不动产权证办理时限",
	"café的音響太吵，营业到凌晨",
	"乾隆路臺階破損，后面的路灯后天能修好嗎",
	"〇八年建的老旧小区改造什么时候轮到我们",
	"㎡单价①与②不一致，Ⅲ期工程",
	"请问怎么办",
	"的的的",
	"南京市长江大桥研究生命起源",
	"停车停车停车难停车",
}

func TestEveryQueryTermOfATextIsAmongItsIndexTerms(t *testing.T) {
	check := func(text string) {
		t.Helper()
		found := map[string]bool{}
		for _, token := range shared.Index(text) {
			found[token.Term] = true
		}
		for _, term := range shared.Query(text) {
			if !found[term] {
				t.Errorf("%q: query term %q is not indexed", text, term)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, sentence := range sentences {
		check(sentence)
		runes := []rune(sentence)
		for range 40 { // any piece of any sentence behind any other
			from := random.IntN(len(runes))
			other := sentences[random.IntN(len(sentences))]
			check(other + string(runes[from:from+random.IntN(len(runes)-from)]))
		}
	}
}

func TestIndexedTokensLieWhereTheyStandInTheOriginalText(t *testing.T) {
	text := strings.Join(sentences, "\n")
	last := -1
	for _, token := range shared.Index(text) {
		if token.Start >= token.End || !utf8.ValidString(text[token.Start:token.End]) {
			t.Fatalf("%+v does not stand on character borders", token)
		}
		if token.Pos < last {
			t.Fatalf("%+v comes after position %d", token, last)
		}
		last = token.Pos
	}
	for given, want := range map[string]string{"iphone15": "ｉＰｈｏｎｅ１５", "停车费": "停車費", "cafe": "café"} {
		at := slices.IndexFunc(shared.Index(text), func(token segment.Token) bool { return token.Term == given })
		if at < 0 {
			t.Errorf("%s is not indexed", given)
			continue
		}
		token := shared.Index(text)[at]
		if got := text[token.Start:token.End]; got != want {
			t.Errorf("%s marks %q, want %q", given, got, want)
		}
	}
}

func TestOverlappingWordsAndSingleCharactersAreIndexed(t *testing.T) {
	var terms []string
	for _, token := range shared.Index("化工厂偷排污水") {
		terms = append(terms, token.Term)
	}
	for _, want := range []string{"化工", "工厂", "化工厂", "排污", "污水", "偷", "水"} {
		if !slices.Contains(terms, want) {
			t.Errorf("%s missing in %v", want, terms)
		}
	}
}

func TestNeighboursAreOnePositionApartSoThatPhrasesMatch(t *testing.T) {
	places := map[string]int{}
	for _, token := range shared.Index("停车\u200b难的12345") {
		places[token.Term] = token.Pos
	}
	want := map[string]int{"停": 0, "车": 1, "停车": 0, "难": 2, "的": 3, "12345": 4}
	for term, pos := range want {
		if got, ok := places[term]; !ok || got != pos {
			t.Errorf("%s at %d (%v), want %d", term, got, ok, pos)
		}
	}
}

func TestCityWordsStayWholeAndDigitsAreNotSplit(t *testing.T) {
	table := map[string][]string{
		"住建局管公租房吗":         {"住建局", "公租房"},
		"拨打12345没人接":       {"12345"},
		"我的iPhone15 Pro坏了": {"iphone15", "pro"},
		"小区充电桩和占道经营":       {"充电桩", "占道经营"},
		"小區充電樁":            {"小区", "充电桩"},
		"街道办事处不作为":         {"街道办事处"},
	}
	for text, words := range table {
		for _, want := range words {
			if got := shared.Words(text); !slices.Contains(got, want) {
				t.Errorf("Words(%q) = %v, misses %s", text, got, want)
			}
			if got := shared.Query(text); !slices.Contains(got, want) {
				t.Errorf("Query(%q) = %v, misses %s", text, got, want)
			}
		}
	}
}

func TestBrokenTextLosesNothingButTheBreak(t *testing.T) {
	for _, text := range []string{"停车\x00公租房", "停车\xff公租房", "\xe5停车公租房", "停车\ufffd公租房"} {
		if got := shared.Words(text); !slices.Contains(got, "公租房") || !slices.Contains(got, "停车") {
			t.Errorf("Words(%q) = %v", text, got)
		}
		for _, token := range shared.Index(text) {
			if token.Term == "公租房" && text[token.Start:token.End] != "公租房" {
				t.Errorf("%q: %+v marks the wrong place", text, token)
			}
		}
	}
	if got := shared.Words(""); len(got) != 0 {
		t.Errorf("Words of nothing = %v", got)
	}
}

func TestStopWordsAreDroppedUnlessNothingElseIsAsked(t *testing.T) {
	if got := shared.Query("请问公租房怎么申请"); !slices.Equal(got, []string{"公租房", "申请"}) {
		t.Errorf("got %v", got)
	}
	if got := shared.Query("怎么办"); len(got) == 0 {
		t.Error("a question of stop words only must still ask for something")
	}
	if got := shared.Query(strings.Join(sentences, "")); len(got) != 16 {
		t.Errorf("%d terms, want 16", len(got))
	}
}

func TestOpenWithTheSameWordsAgainIsFree(t *testing.T) {
	before, start := segment.InMemory(), time.Now()
	again, err := segment.Open(t.TempDir(), append(slices.Clone(cityWords[1:]), cityWords[0]))
	if err != nil {
		t.Fatal(err)
	}
	if segment.InMemory() != before {
		t.Errorf("a second dictionary was loaded, in %v", time.Since(start))
	}
	runtime.KeepAlive(again)
}

// Who holds a segmenter cuts with the words it learns, except who asked for it as it was; and the former dictionary goes
// when nobody cuts with it any more.
func TestASegmenterLearnsWords(t *testing.T) {
	before := segment.InMemory()
	s, err := shared.With([]string{"柳鹭苑"})
	if err != nil {
		t.Fatal(err)
	}
	fixed := s.Fixed()
	var cutting sync.WaitGroup
	for range 4 {
		cutting.Go(func() {
			for range 2_000 {
				s.Words("柳鹭苑和云栖大道的路灯")
			}
		})
	}
	if err := s.Learn([]string{"云栖大道"}); err != nil {
		t.Fatal(err)
	}
	cutting.Wait()
	for _, one := range []struct {
		s    *segment.Segmenter
		want []string
	}{{s, []string{"柳", "鹭", "苑", "云栖大道"}}, {fixed, []string{"柳鹭苑", "云", "栖", "大道"}}} {
		if got := one.s.Query("柳鹭苑云栖大道"); !slices.Equal(got, one.want) {
			t.Errorf("cut to %q, want %q", got, one.want)
		}
	}
	if n := segment.InMemory(); n != before+2 {
		t.Errorf("%d dictionaries in memory, %d before", n, before)
	}
	runtime.KeepAlive(fixed)
	fixed = nil
	for end := time.Now().Add(10 * time.Second); segment.InMemory() > before+1; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d dictionaries in memory, %d before", segment.InMemory(), before)
		}
		runtime.GC()
	}
	runtime.KeepAlive(s)
}

func TestManyMayCutAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, sentence := range sentences {
				shared.Words(sentence)
				shared.Index(sentence)
				shared.Query(sentence)
			}
		})
	}
	all.Wait()
}

func FuzzIndex(f *testing.F) {
	for _, sentence := range sentences {
		f.Add(sentence)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := map[string]bool{}
		for _, token := range shared.Index(text) {
			if token.Start < 0 || token.Start >= token.End || token.End > len(text) {
				t.Fatalf("%+v lies outside %d bytes", token, len(text))
			}
			found[token.Term] = true
		}
		for _, term := range shared.Query(text) {
			if !found[term] {
				t.Fatalf("%q is asked but not indexed", term)
			}
		}
	})
}

var letter = strings.Repeat("尊敬的领导，解放路与中山路路口的红绿灯坏了三天，早高峰堵得厉害，希望有关部门尽快维修。", 5)[:600]

func BenchmarkWords200Characters(b *testing.B) {
	for b.Loop() {
		shared.Words(letter)
	}
}

func BenchmarkIndex200Characters(b *testing.B) {
	for b.Loop() {
		shared.Index(letter)
	}
}

func BenchmarkCleanAndStrip200Characters(b *testing.B) {
	for b.Loop() {
		segment.StripTemplates(segment.Clean(letter))
	}
}

// BenchmarkLetter cuts a letter of about 200 characters for routing.
func BenchmarkLetter(b *testing.B) {
	s, err := segment.Open(b.TempDir(), nil)
	if err != nil {
		b.Fatal(err)
	}
	body := strings.Repeat("柳堤路从文昌里到湖滨路口一段的路灯不亮已经半个月了，晚上一片漆黑，老人和放学的孩子走路都要打着手机照明。", 4)
	b.Run("strip", func(b *testing.B) {
		for b.Loop() {
			segment.StripTemplates(body)
		}
	})
	b.Run("words", func(b *testing.B) {
		for b.Loop() {
			s.Words(body)
		}
	})
	b.Run("letter", func(b *testing.B) {
		for b.Loop() {
			s.Letter("路灯不亮", body)
		}
	})
}
