package letter

import (
	"testing"
	"time"
)

func TestADateThatWasToldIsNeverMovedEarlier(t *testing.T) {
	for what, row := range map[string]struct {
		m    Moved
		told int64
	}{
		"later":                        {Moved{Was: 5, Until: 9}, 9},
		"earlier: the told date holds": {Moved{Was: 9, Until: 5}, 9},
		"passed: nothing moves":        {Moved{Was: 5, Until: 9, Past: true}, 5},
	} {
		if got := row.m.Told().UnixMilli(); got != row.told {
			t.Errorf("%s: %d, want %d", what, got, row.told)
		}
	}
}

// The sender reads of a redating only where his own date moved.
func TestTimelineTellsOfARedatingOnlyWhatMovedForTheSender(t *testing.T) {
	l := standing(Handling, Redating)
	for _, m := range []Moved{
		{Clock: UnitClock, Was: 5, Until: 9}, {Clock: SenderClock, Was: 9, Until: 5}, {Clock: SenderClock, Was: 9, Until: 12, Calendar: "2027-1"},
	} {
		if err := l.Record(Redating, TimeActor, at(9), Facts{Reason: MovedByCalendar, Moves: []Moved{m}}, Facts{}); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := l.Timeline()
	if err != nil || len(entries) != 1 || !entries[0].Due.Equal(time.UnixMilli(12)) || !entries[0].Was.Equal(time.UnixMilli(9)) {
		t.Errorf("got %+v, %v", entries, err)
	}
}

func TestNoStepStartsAClockWhileTimeStandsStill(t *testing.T) {
	l := standing(Handling, Suspension)
	by := Actor{Party: BySupervisor, Member: "sun"}
	if err := l.Record(Suspension, by, at(9), Facts{Reason: "holiday"}, words()); !IsKind(err, KindInvalid) {
		t.Errorf("holidays are no reason: %v", err)
	}
	if err := l.Record(Suspension, by, at(9), full(), words()); err != nil {
		t.Fatal(err)
	}
	for _, step := range []Step{Objection, Transfer, Part, ExtensionRequest, SupplementRequest, Review} {
		if err := l.Record(step, Actor{Party: ByUnit}, at(9), full(), words()); !IsRefused(err) {
			t.Errorf("%s: %v", step, err)
		}
	}
	if err := l.Record(Suspension, by, at(9), full(), words()); !IsRefused(err) {
		t.Errorf("suspended twice: %v", err)
	}
}
