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

func TestAnUpdateThatFailsKeepsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := written(1)
		insert(t, s, l)
		refused := letter.Refuse("不行。")
		_, err := s.Update(t.Context(), l.Number, func(l *letter.Letter) error {
			must(l.Record(letter.Withdrawal, letter.SenderActor, day, letter.Facts{}, letter.Facts{}))
			l.Clocks = nil
			return refused
		})
		if err != error(refused) {
			t.Errorf("got %v, want the callback's own error", err)
		}
		got, err := s.Letter(t.Context(), l.Number)
		if err != nil || !reflect.DeepEqual(got, l) {
			t.Errorf("the letter has changed: %+v %v", got, err)
		}
		if _, err := s.Update(t.Context(), letter.NewNumber(day, 9), func(*letter.Letter) error { return nil }); !errors.Is(err, letter.ErrNotFound) {
			t.Errorf("update of no letter: %v", err)
		}
	})
}

func TestAnUpdateKeepsRowEventsAndClocks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := written(1)
		insert(t, s, l)
		changed, err := s.Update(t.Context(), l.Number, func(l *letter.Letter) error {
			must(l.Record(letter.Acceptance, letter.Actor{Party: letter.ByUnit, Member: "lina", Unit: "cgj"}, day.Add(time.Hour), letter.Facts{}, letter.Facts{}))
			l.Clocks[1].Stopped = day.Add(time.Hour)
			l.Clocks = append(l.Clocks, letter.Clock{Name: letter.ReviewClock, Started: day, Due: day.Add(time.Hour)})
			l.Figures = letter.Figures{DueAt: day.Add(72 * time.Hour), WorkingMinutes: 75, Late: true}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Letter(t.Context(), l.Number)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, changed) || len(got.Clocks) != 3 || got.State != letter.Handling || got.Figures.WorkingMinutes != 75 {
			t.Errorf("got\n%+v\nwant\n%+v", got, changed)
		}
	})
}

func TestARepeatedRequestIsTheSameLetter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		first, again, other := written(1), written(2), written(3)
		once := &letter.Once{Key: "k", Body: [32]byte{1}}
		if err := s.Insert(t.Context(), first, once); err != nil {
			t.Fatal(err)
		}
		var repeated *letter.Repeated
		if err := s.Insert(t.Context(), again, once); !errors.As(err, &repeated) || repeated.Number != first.Number {
			t.Errorf("same key, same body: %v", err)
		}
		if err := s.Insert(t.Context(), other, &letter.Once{Key: "k", Body: [32]byte{2}}); !letter.IsKind(err, letter.KindRefused) {
			t.Errorf("same key, other body: %v", err)
		}
		if totals, err := s.Totals(t.Context()); err != nil || totals.Letters != 1 || totals.Events != 2 {
			t.Errorf("%+v %v, want the first letter alone", totals, err)
		}
	})
}

func TestOfManyEqualRequestsAtOnceOneIsStored(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var wait sync.WaitGroup
		for i := range 20 {
			wait.Go(func() {
				var repeated *letter.Repeated
				if err := s.Insert(t.Context(), written(i+1), &letter.Once{Key: "k"}); err != nil && !errors.As(err, &repeated) {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if totals, err := s.Totals(t.Context()); err != nil || totals.Letters != 1 {
			t.Errorf("%+v %v, want one letter", totals, err)
		}
	})
}

func TestALineOfASourceIsTakenOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		first, again, other := written(1), written(2), written(3)
		first.Source, first.SourceID = "12345", "call-7"
		again.Source, again.SourceID = "12345", "call-7"
		other.Source, other.SourceID = "file", "call-7"
		insert(t, s, first, other)
		var repeated *letter.Repeated
		// A key of its own does not make it another letter, and is not used up by it.
		if err := s.Insert(t.Context(), again, &letter.Once{Key: "k"}); !errors.As(err, &repeated) || repeated.Number != first.Number {
			t.Errorf("same source and id: %v", err)
		}
		if err := s.Insert(t.Context(), written(4), &letter.Once{Key: "k"}); err != nil {
			t.Errorf("the key of a repeated line was kept: %v", err)
		}
	})
}

func TestAnErasedKeyLeavesTheLetterReadable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := written(1)
		l.Key = nil
		insert(t, s, l)
		if got, err := s.Letter(t.Context(), l.Number); err != nil || got.Key != nil {
			t.Errorf("%v %v", got, err)
		}
	})
}

func TestSerialNumbersAreDrawnOnce(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		one, two := storetest.Open(t, url), storetest.Open(t, url)
		var mu sync.Mutex
		seen := map[int]bool{}
		var wait sync.WaitGroup
		for _, s := range []*store.Store{one, two, one, two} {
			wait.Go(func() {
				for range 150 {
					n, err := s.DrawSerial(t.Context(), "260302")
					mu.Lock()
					if err != nil || n < 1 || seen[n] {
						t.Errorf("drew %d again or wrong: %v", n, err)
					}
					seen[n] = true
					mu.Unlock()
				}
			})
		}
		wait.Wait()
		if n, err := one.DrawSerial(t.Context(), "260303"); err != nil || n != 1 {
			t.Errorf("the next day begins with %d %v, want 1", n, err)
		}
	})
}
