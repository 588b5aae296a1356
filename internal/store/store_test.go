package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

var day = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// written is a letter as intake makes it: submitted, assigned to cgj, two clocks.
func written(serial int) *letter.Letter {
	l := &letter.Letter{
		Number: letter.NewNumber(day, serial), Key: []byte("0123456789abcdef0123456789abcdef"),
		Channel: letter.Web, Column: letter.Complaints, Kind: letter.Help, Urgency: letter.Normal,
		Title: "路灯不亮", Body: strings.Repeat("春晖路的路灯已经坏了三天。", 15), Place: "春晖路", Consent: true,
		Sender: fmt.Sprintf("sender-%d", serial%3), Contact: []byte{1, 2, 3},
		Placement: letter.Placement{Unit: "cgj", Queue: letter.UnitQueue, Top: []letter.Candidate{{Unit: "cgj", Score: 9, Share: 0.8, Words: []letter.Word{{Text: "路灯", Points: 9}}}}},
		Received:  day,
	}
	must(l.Record(letter.Submission, letter.SenderActor, day, letter.Facts{Kind: l.Kind, Digest: l.Digest()}, letter.Facts{}))
	must(l.Record(letter.Assignment, letter.RouterActor, day, letter.Facts{Unit: "cgj"}, letter.Facts{Note: "路灯"}))
	l.Clocks = []letter.Clock{
		{Name: letter.SenderClock, Started: day, Due: day.Add(72 * time.Hour), Amount: 3, Measure: "working_day", NextRung: day.Add(48 * time.Hour), RungName: "黄", Calendar: "2026", Policy: "help"},
		{Name: letter.UnitClock, Unit: "cgj", Started: day, Due: day.Add(60 * time.Hour), Amount: 60, Measure: "hour", NextRung: day.Add(40 * time.Hour), RungName: "黄", Calendar: "2026", Policy: "help"},
	}
	return l
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func insert(t *testing.T, s *store.Store, letters ...*letter.Letter) {
	t.Helper()
	for _, l := range letters {
		if err := s.Insert(t.Context(), l, nil); err != nil {
			t.Fatal(err)
		}
	}
}

func TestALetterComesBackAsItWasStored(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := written(1)
		l.Flags = []letter.Flag{letter.Health}
		l.Accused = []string{"gaj"}
		insert(t, s, l)
		got, err := s.Letter(t.Context(), l.Number)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, l) {
			t.Errorf("got\n%+v\nwant\n%+v", got, l)
		}
		if len(got.Fresh()) != 0 {
			t.Errorf("%d events of a loaded letter are fresh", len(got.Fresh()))
		}
		if _, err := s.Letter(t.Context(), letter.NewNumber(day, 2)); !errors.Is(err, letter.ErrNotFound) {
			t.Errorf("a letter that does not exist: %v", err)
		}
	})
}

func TestOfFiftyUpdatesAtOnceNoneIsLost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := written(1)
		insert(t, s, l)
		var wait sync.WaitGroup
		for i := range 50 {
			wait.Go(func() {
				_, err := s.Update(t.Context(), l.Number, func(l *letter.Letter) error {
					return l.Record(letter.Reminder, letter.Actor{Party: letter.BySupervisor, Member: "wang"}, day.Add(time.Hour),
						letter.Facts{}, letter.Facts{Text: fmt.Sprint("请尽快办理 ", i)})
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		got, err := s.Letter(t.Context(), l.Number)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Events) != 52 {
			t.Errorf("%d events, want 52", len(got.Events))
		}
	})
}
