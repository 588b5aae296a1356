package segment_test

import (
	"slices"
	"testing"

	"huiyin/internal/segment"
)

func TestWordsAreReadInEveryWay(t *testing.T) {
	for word, want := range map[string][]segment.Reading{
		"路灯":  {{"ludeng", "ld", false}},
		"路燈":  {{"ludeng", "ld", false}},
		"公积金": {{"gongjijin", "gjj", false}},
		"银行":  {{"yinhang", "yh", false}, {"yinxing", "yx", false}},
		"重庆":  {{"chongqing", "cq", false}},
		"音乐":  {{"yinyue", "yy", false}},
		"妇女":  {{"funv", "fn", false}, {"funu", "fn", true}},
		"绿化":  {{"lvhua", "lh", false}, {"luhua", "lh", true}},
	} {
		got := segment.Readings(word)
		for _, reading := range want {
			if !slices.Contains(got, reading) {
				t.Errorf("%s is read %v, want %v among them", word, got, reading)
			}
		}
	}
}

func TestReadingsAreFewAndOnlyOfHan(t *testing.T) {
	for _, word := range []string{"行长", "长大重行和", "路灯"} {
		if got := segment.Readings(word); len(got) == 0 || len(got) > 8 {
			t.Errorf("%s has %d readings: %v", word, len(got), got)
		}
	}
	for _, word := range []string{"", "K902", "路k灯", "？"} {
		if got := segment.Readings(word); len(got) > 0 {
			t.Errorf("%q is read %v, want none", word, got)
		}
	}
}

func TestSyllablesAreKnown(t *testing.T) {
	for letters, want := range map[string]bool{"lu": true, "deng": true, "lv": true, "zhuang": true, "ludeng": false, "l": false, "": false, "wifi": false} {
		if got := segment.IsSyllable(letters); got != want {
			t.Errorf("IsSyllable(%q) is %v", letters, got)
		}
	}
}

// The list of syllables is written by hand; the library knows which are missing.
func TestEverySyllableOfEverydayWordsIsListed(t *testing.T) {
	for r := rune(0x4e00); r < 0x9fa6; r += 7 {
		for _, reading := range segment.Readings(string(r)) {
			if !segment.IsSyllable(reading.Full) && !slices.Contains(interjections, reading.Full) {
				t.Errorf("%c is read %s, which is no syllable of ours", r, reading.Full)
			}
		}
	}
}

// interjections are read without a vowel, or with one that no keyboard has; nobody types a word by them.
var interjections = []string{"hm", "hng", "m", "m\u0300", "m\u0304", "n", "ng", "ê̄", "ê̌", "ế", "ề"}
