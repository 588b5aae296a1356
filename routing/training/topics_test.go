package training_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/routing/training"
)

var (
	monday = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	memory = 400 * 24 * time.Hour
)

// market and bus are two matters of the demonstration city, and noise is everybody else.
var (
	market = []string{
		"柳堤路夜市油烟大，窗户不敢开", "柳堤路夜市烧烤油烟熏得孩子咳嗽", "反映柳堤路夜市凌晨还在营业，油烟噪音扰民", "柳堤路夜市摊贩把油污倒进下水道",
		"柳堤路夜市油烟扰民，什么时候能解决", "建议给柳堤路夜市的烧烤摊统一装油烟净化", "柳堤路夜市油烟又回来了",
	}
	bus = []string{
		"26 路公交取消岭下村站，老人进城不方便", "岭下村 26 路公交停开，学生怎么上学", "建议恢复 26 路公交岭下村站", "26 路公交改线以后岭下村看病难",
	}
	noise = []string{
		"春晖路三盏路灯不亮", "锦绣家园电梯天天坏", "二中门口违停严重", "咨询公积金异地贷款", "桥南新村停水没有通知", "渡口巷下水道堵了",
		"东湖幼儿园什么时候招生", "拖欠工资三个月", "河西镇垃圾没人收", "北山水库能不能钓鱼", "医保报销比例太低", "身份证过期了怎么办",
	}
)

// bench sorts letters one an hour, each by a person of his own unless said otherwise.
type table struct {
	t      *testing.T
	words  *segment.Segmenter
	topics *training.Topics
	at     time.Time
	n      int
}

func newTable(t *testing.T) *table {
	words, err := segment.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return &table{t: t, words: words, topics: training.NewTopics(training.NewTerms(), memory), at: monday}
}

func (b *table) add(title string) (topic string) {
	b.n++
	b.at = b.at.Add(time.Hour)
	return b.sort(title, b.at)
}

func (b *table) sort(title string, at time.Time) string {
	l := letter.Reported{Number: fmt.Sprintf("%014d", b.n), Title: title, Body: title + "，请处理。", Received: at}
	return b.topics.Add(l, b.words.Words(l.Title+"\n"+l.Body))
}

// mixed puts the matters between each other and between everything else.
func mixed() (titles []string) {
	for i := range noise {
		titles = append(titles, noise[i])
		if i < len(market) {
			titles = append(titles, market[i])
		}
		if i < len(bus) {
			titles = append(titles, bus[i])
		}
	}
	return titles
}

func (b *table) all(titles []string) (of map[string]string) {
	numbers := map[string]string{}
	for _, title := range titles {
		b.add(title)
		numbers[title] = fmt.Sprintf("%014d", b.n)
	}
	of = map[string]string{}
	for title, number := range numbers {
		of[title] = b.topics.Of(number)
	}
	return of
}

func distinct(of map[string]string, titles []string) int {
	set := map[string]bool{}
	for _, title := range titles {
		set[of[title]] = true
	}
	return len(set)
}

func TestLettersAboutOneMatterAreOneTopic(t *testing.T) {
	of := newTable(t).all(mixed())
	if distinct(of, market) != 1 || distinct(of, bus) != 1 || of[market[0]] == of[bus[0]] {
		t.Errorf("market %d, bus %d topics: %v", distinct(of, market), distinct(of, bus), of)
	}
	if n := distinct(of, noise); n != len(noise) {
		t.Errorf("%d different letters are %d topics", len(noise), n)
	}
}

// The first letter may be the odd one: what comes later is measured by what all have in common.
func TestALetterIsMeasuredByTheCentreAndNotByTheFirstLetter(t *testing.T) {
	b := newTable(t)
	for _, title := range noise {
		b.add(title)
	}
	b.add("柳堤路夜市摊贩把油污倒进下水道")
	for _, title := range market[:3] {
		b.add(title)
	}
	if far, first := b.add("柳堤路夜市烧烤烟熏火燎，凌晨噪音扰民"), b.topics.Of(fmt.Sprintf("%014d", len(noise)+1)); far != first {
		t.Errorf("%s is not in the topic %s", far, first)
	}
}

// The same complaint in two places is two matters.
func TestPlacesKeepMattersApart(t *testing.T) {
	b := newTable(t)
	of := b.all(append(slices.Clone(noise), "锦绣家园小区楼下餐馆油烟扰民", "滨河花园小区楼下餐馆油烟扰民", "投诉锦绣家园餐馆油烟扰民"))
	if of["锦绣家园小区楼下餐馆油烟扰民"] == of["滨河花园小区楼下餐馆油烟扰民"] || of["锦绣家园小区楼下餐馆油烟扰民"] != of["投诉锦绣家园餐馆油烟扰民"] {
		t.Error(of)
	}
}

func TestATopicIsNotContinuedAfterItsMemory(t *testing.T) {
	b := newTable(t)
	b.all(noise)
	first := b.add(market[0])
	b.n++
	if within := b.sort(market[0], b.at.Add(memory)); within != first {
		t.Error("not continued within its memory")
	}
	b.n++
	if after := b.sort(market[0], b.at.Add(3*memory)); after == first {
		t.Error("continued after its memory")
	}
}

func TestALateLetterJoinsItsTopicAndMovesItsBeginning(t *testing.T) {
	b := newTable(t)
	b.all(noise)
	first := b.add(market[0])
	b.n++
	early := b.at.Add(-48 * time.Hour)
	if id := b.sort(market[4], early); id != first {
		t.Fatalf("%s, want %s", id, first)
	}
	for _, x := range b.topics.Round().Topics {
		if x.ID == first && (!x.First.Equal(early) || !x.Last.Equal(b.at)) {
			t.Errorf("%s to %s", x.First, x.Last)
		}
	}
}

func TestTheSameLettersGiveTheSameTopics(t *testing.T) {
	a, b := newTable(t), newTable(t)
	if x, y := a.all(mixed()), b.all(mixed()); !reflect.DeepEqual(x, y) || !reflect.DeepEqual(a.topics.Round(), b.topics.Round()) {
		t.Errorf("%v\n%v", x, y)
	}
}

// What is kept between two rounds is all that is needed to go on.
func TestARestartChangesNothing(t *testing.T) {
	titles := mixed()
	through, restarted := newTable(t), newTable(t)
	want := through.all(titles)
	got := restarted.all(titles[:9])
	round := restarted.topics.Round()
	terms, err := training.OpenTerms(round.Terms)
	if err != nil {
		t.Fatal(err)
	}
	restarted.topics = training.NewTopics(terms, memory)
	if err := restarted.topics.Load(round.Topics); err != nil {
		t.Fatal(err)
	}
	rest := restarted.all(titles[9:])
	merged := restarted.topics.Round().Merged
	for _, title := range titles {
		id := rest[title]
		if id == "" {
			if id = got[title]; merged[id] != "" {
				id = merged[id]
			}
		}
		if id != want[title] {
			t.Errorf("%s: %s, want %s", title, id, want[title])
		}
	}
}

// What a letter costs does not grow with the archive: it is compared with a bounded number of topics.
func TestALetterIsComparedWithABoundedNumberOfTopics(t *testing.T) {
	b := newTable(t)
	most := 0
	for i := range 3000 {
		b.add(fmt.Sprintf("%s，第%d次反映柳堤路%d号油烟噪音", noise[i%len(noise)], i, i))
		most = max(most, b.topics.Compared)
	}
	if most == 0 || most > training.MostCompared {
		t.Errorf("compared with %d topics, at most %d", most, training.MostCompared)
	}
}

func TestADamagedMemoryIsRefused(t *testing.T) {
	b := newTable(t)
	b.all(noise)
	good := b.topics.Round().Terms
	for _, bad := range [][]byte{{0x80}, good[:len(good)-1], append(slices.Clone(good), 0xff, 0xff, 0xff, 0xff, 0x7f, 1)} {
		if _, err := training.OpenTerms(bad); err == nil {
			t.Errorf("%d bytes are taken", len(bad))
		}
	}
	if err := training.NewTopics(training.NewTerms(), memory).Load([]letter.Topic{{ID: "x", Centre: []byte{1}}}); err == nil {
		t.Error("a damaged centre is taken")
	}
}
