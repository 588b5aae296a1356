package training

import (
	"testing"
	"time"

	"huiyin/internal/letter"
)

// Letters and people are counted apart, within the days, and all unknown senders are one person.
func TestWhenATopicStarts(t *testing.T) {
	rules := letter.TopicRules{Letters: 5, People: 4, Days: 30}
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		senders []string
		days    []int
		started int // index of the letter, -1 never
	}{
		{"enough", []string{"a", "b", "c", "d", "a"}, []int{0, 1, 2, 3, 4}, 4},
		{"one person forty times", []string{"a", "a", "a", "a", "a", "a", "a", "a"}, []int{0, 0, 0, 0, 1, 1, 1, 1}, -1},
		{"three people", []string{"a", "b", "c", "a", "b", "c"}, []int{0, 1, 2, 3, 4, 5}, -1},
		{"nobody known", []string{"", "", "", "", "", ""}, []int{0, 1, 2, 3, 4, 5}, -1},
		{"unknown counts once", []string{"", "", "a", "b", "c"}, []int{0, 1, 2, 3, 4}, 4},
		{"too far apart", []string{"a", "b", "c", "d", "e"}, []int{0, 20, 40, 60, 80}, -1},
		{"later close together", []string{"a", "b", "c", "d", "e", "f"}, []int{0, 40, 45, 50, 55, 60}, 5},
		{"on the last day", []string{"a", "b", "c", "d", "e"}, []int{0, 1, 2, 3, 30}, 4},
		{"four letters", []string{"a", "b", "c", "d"}, []int{0, 1, 2, 3}, -1},
	} {
		var letters []letter.Reported
		for i, s := range c.senders {
			letters = append(letters, letter.Reported{Sender: s, Received: day.AddDate(0, 0, c.days[i])})
		}
		at, started := startedAt(letters, rules)
		if started != (c.started >= 0) || started && !at.Received.Equal(letters[c.started].Received) {
			t.Errorf("%s: %v %v, want %d", c.name, at.Received, started, c.started)
		}
	}
}

// A topic is called by a title that says what all say, without what only leads to it and without a person's name.
func TestATopicHasAReadableName(t *testing.T) {
	terms := NewTerms()
	var letters []letter.Reported
	var c features
	for i, title := range []string{"投诉柳堤路夜市油烟扰民的问题", "柳堤路夜市油烟扰民", "柳堤路夜市油烟扰民，张三电话13900012345", "夜市什么都有"} {
		l := letter.Reported{Title: title, Place: "东湖区"}
		letters = append(letters, l)
		c = mixed(c, read(l, nil).title, 1/float64(i+1))
	}
	hide := func(s string) string {
		if len(s) > len("柳堤路夜市油烟扰民") {
			return s[:6] + "***"
		}
		return s
	}
	if name, place := nameOf(c, terms, letters, hide); name != "柳堤路夜市油烟扰民" || place != "柳堤路夜市" {
		t.Errorf("%q %q", name, place)
	}
}
