package routing_test

import (
	"slices"
	"strings"
	"testing"

	"huiyin/routing"
)

// rarities of a few words, as segment.Rarity has them; all others are names.
func rarityOf(word string) float64 {
	switch word {
	case "问题", "希望", "学校", "附近", "晚上":
		return 5
	case "施工":
		return 7
	case "噪音", "路灯":
		return 9
	}
	return 11
}

func cut(text string) []string { return strings.Fields(text) }

func TestOneMatterInTwoWordingsSharesAKey(t *testing.T) {
	a := routing.Fingerprint(append(cut("青禾苑 旁边 夜间 施工 噪音"), append([]string{"\n"}, cut("工地 每天 夜间 施工 ， 噪音 很 大")...)...), nil, rarityOf)
	b := routing.Fingerprint(append(cut("投诉 青禾苑 夜间 噪音"), append([]string{"\n"}, cut("我 住 青禾苑 ， 施工 噪音 到 凌晨")...)...), nil, rarityOf)
	other := routing.Fingerprint(append(cut("梧桐路 路灯 不亮"), append([]string{"\n"}, cut("梧桐路 路灯 坏 了 ， 希望 维修")...)...), nil, rarityOf)
	if !shareAKey(a, b) {
		t.Errorf("no key in common: %v, %v", routing.Keys(a), routing.Asks(b))
	}
	if like := routing.Likeness(a, b); like < 0.3 {
		t.Errorf("one matter is alike by %.2f", like)
	}
	if shareAKey(a, other) || routing.Likeness(a, other) > 0 {
		t.Error("two matters are alike")
	}
	if len(routing.Keys(a)) > 3 || len(routing.Asks(a)) > 15 {
		t.Errorf("%d keys, asks with %d", len(routing.Keys(a)), len(routing.Asks(a)))
	}
}

// shareAKey says that a letter with sketch b finds the one with sketch a.
func shareAKey(a, b []byte) bool {
	return slices.ContainsFunc(routing.Asks(b), func(k int64) bool { return slices.Contains(routing.Keys(a), k) })
}

// A thousand letters say these words; whom they would find is everybody.
func TestALetterOfCommonWordsHasNoKeys(t *testing.T) {
	f := routing.Fingerprint(cut("希望 解决 问题 , 谢谢 领导 12345 a3 路 ?"), nil, rarityOf)
	if f == nil || len(f) > 0 || len(routing.Keys(f)) > 0 || len(routing.Asks(f)) > 0 {
		t.Errorf("sketch %x", f)
	}
}

func TestLikenessIsOneOfTheSameAndNothingOfNonsense(t *testing.T) {
	f := routing.Fingerprint(cut("青禾苑 夜间 施工 噪音"), cut("青禾苑"), rarityOf)
	for _, c := range []struct {
		a, b []byte
		want float64
	}{{f, f, 1}, {f, nil, 0}, {nil, nil, 0}, {f, []byte("abc"), 0}} {
		if got := routing.Likeness(c.a, c.b); got != c.want {
			t.Errorf("%x and %x are alike by %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestTheSameWordsGiveTheSameFingerprint(t *testing.T) {
	words := cut("青禾苑 夜间 施工 噪音 工地 梧桐路 搅拌站 粉尘 渣土车 围挡 塔吊 泥浆 水泥 震动")
	first := routing.Fingerprint(words, nil, rarityOf)
	for range 20 {
		again := routing.Fingerprint(words, nil, rarityOf)
		if !slices.Equal(first, again) {
			t.Fatal("the order of a map stands in the fingerprint")
		}
	}
}
