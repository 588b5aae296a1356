package portal

import (
	"fmt"
	"testing"
	"time"
)

// Who asks again on the same day is not counted again, whatever others ask; the next day forgets him and all that could
// tell him.
func TestAVisitorAsksATextOnceADay(t *testing.T) {
	var s seen
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for i, one := range []struct {
		visitor, text string
		first         bool
	}{
		{"192.0.2.1", "张小明", true}, {"192.0.2.1", "张小明", false}, {"192.0.2.2", "张小明", true}, {"192.0.2.1", "路灯", true},
		{"192.0.2.1", "张小明", false}, {"192.0.2.2", "路灯", true},
	} {
		if s.first(today, one.visitor, one.text) != one.first {
			t.Errorf("row %d: first is %t", i, !one.first)
		}
	}
	key := s.key
	if !s.first(today.AddDate(0, 0, 1), "192.0.2.1", "张小明") || len(s.pairs) != 1 || s.key == key {
		t.Error("the next day remembers the one before")
	}
}

// A flood ends the counting of the day rather than making memory grow or a text look as if many had asked it.
func TestWhatIsSeenOfADayIsBounded(t *testing.T) {
	var s seen
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for i := range mostTexts + 1 {
		if s.first(today, "192.0.2.1", fmt.Sprint(i)) != (i < mostTexts) {
			t.Fatalf("text %d of one visitor", i)
		}
	}
	if !s.first(today, "192.0.2.2", "张小明") {
		t.Error("one visitor ends the counting for another")
	}
	for i := range mostSeen {
		s.first(today, fmt.Sprint(i/100), fmt.Sprint(i))
	}
	if s.first(today, "192.0.2.3", "张小明") || len(s.pairs) != mostSeen {
		t.Errorf("%d pairs are remembered", len(s.pairs))
	}
}

// The day ends also in a program that nobody asks any more.
func TestWhatIsSeenEndsWithTheDay(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	q := NewQuestions(nil, time.UTC, func() time.Time { return now })
	q.Asked(t.Context(), Asking{Visitor: "192.0.2.1", Text: "张小明"})
	q.empty() // as if written
	for days, want := range []int{1, 0} {
		now = now.AddDate(0, 0, days)
		if err := q.Keep(t.Context()); err != nil || len(q.seen.pairs) != want || q.seen.key == [32]byte{} != (want == 0) {
			t.Errorf("day %d: %d pairs, %v", days, len(q.seen.pairs), err)
		}
	}
}
