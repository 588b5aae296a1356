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
	for i := range mostSeen {
		s.first(today, "192.0.2.1", fmt.Sprint(i))
	}
	if s.first(today, "192.0.2.2", "张小明") || len(s.pairs) > mostSeen {
		t.Errorf("%d pairs are remembered", len(s.pairs))
	}
}
