package local_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"huiyin/search"
)

// No letter holds everything asked for, and the words that one holds stand in both.
func TestNearestLettersAreToldApart(t *testing.T) {
	aside := "经与有关部门联系，现将情况告知如下。"
	for _, one := range []struct{ why, question, better, worse string }{
		{
			"a short letter says it, a long one mentions it more often", "充电桩 何时 验收 鹭洲",
			"充电桩的事情已有安排，请您放心。", strings.Repeat("充电桩，"+aside, 4),
		},
		{
			"what is written alike, in other words", "充电桩 何时 复检",
			"充电桩已经检查过，会再复查。", "充电桩已经看过了，会再过来。",
		},
		{
			"neighbours count once, however often they stand together", "路灯充电桩验收",
			"路灯和充电桩，灯充，好的好的好的。", "路灯和充电桩，灯充，灯充，灯充，灯充。",
		},
	} {
		index := open(t, t.TempDir())
		letters := []search.Document{
			{Number: "1", Body: one.worse, Answered: day(2010)}, {Number: "2", Body: one.better, Answered: day(2011)},
		}
		for number := range 30 {
			letters = append(letters, search.Document{Number: strconv.Itoa(100 + number), Body: strings.Repeat("公交车晚点，候车太久，请加车。", 6), Answered: day(2026)})
		}
		if err := index.Put(t.Context(), letters...); err != nil {
			t.Fatal(err)
		}
		found, err := index.Search(t.Context(), search.Query{Text: one.question})
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Hits) < 2 || found.Hits[0].Number != "2" || found.Exact != 0 {
			t.Errorf("%s: %q finds %+v", one.why, one.question, found.Hits)
		}
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	}
}

// However long a letter is beside the others, what it is worth stays above nothing, or a fresh one would stand lower.
func TestALongFreshLetterStandsBeforeALongOldOne(t *testing.T) {
	index := open(t, t.TempDir())
	defer index.Close()
	long := "充电桩坏了。" + strings.Repeat("经与有关部门联系，现将情况说明如下，请您知悉。", 120)
	letters := []search.Document{
		{Number: "1", Body: long, Answered: day(2010)}, {Number: "2", Body: long, Answered: day(2026)},
	}
	for number := range 28 {
		letters = append(letters, search.Document{Number: strconv.Itoa(100 + number), Body: "路灯。", Answered: day(2020)})
	}
	if err := index.Put(t.Context(), letters...); err != nil {
		t.Fatal(err)
	}
	found, err := index.Search(t.Context(), search.Query{Text: "充电桩 复检 安装 鹭洲 柳岸 排期 管理员 验收 苗圃 渡口"})
	if err != nil || len(found.Hits) < 2 || found.Hits[0].Number != "2" {
		t.Errorf("found %+v (%v)", found.Hits, err)
	}
}

func day(year int) time.Time { return time.Date(year, 1, 2, 0, 0, 0, 0, time.UTC) }

// What a near letter has of a word is marked in it.
func TestPartsOfAWordAreMarkedInNearLetters(t *testing.T) {
	index := open(t, t.TempDir())
	defer index.Close()
	letters := []search.Document{{Number: "1", Title: "身份证怎么办"}, {Number: "2", Title: "核实身份要多久"}}
	for number := range 30 {
		letters = append(letters, search.Document{Number: strconv.Itoa(100 + number), Title: "公交车晚点"})
	}
	if err := index.Put(t.Context(), letters...); err != nil {
		t.Fatal(err)
	}
	found, err := index.Search(t.Context(), search.Query{Text: "身份证"})
	if err != nil || len(found.Hits) != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	for i, want := range []string{"<mark>身份证</mark>怎么办", "核实<mark>身份</mark>要多久"} {
		if got := string(found.Hits[i].Heading.HTML()); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
