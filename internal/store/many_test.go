package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

var supervisor = letter.Actor{Party: letter.BySupervisor, Member: "wang"}

// remind appends an event and moves the clocks' rungs.
func remind(l *letter.Letter) error {
	for i := range l.Clocks {
		l.Clocks[i].NextRung = l.Clocks[i].NextRung.Add(time.Hour)
	}
	return l.Record(letter.Reminder, supervisor, day.Add(time.Hour), letter.Facts{}, letter.Facts{Text: "请尽快办理"})
}

func numbersOf(letters []*letter.Letter) (numbers []string) {
	for _, l := range letters {
		numbers = append(numbers, l.Number)
	}
	return numbers
}

func read(t *testing.T, s *store.Store, number string) *letter.Letter {
	t.Helper()
	l, err := s.Letter(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// sound asks that verify finds nothing wrong in the whole database.
func sound(t *testing.T, s *store.Store) {
	t.Helper()
	err := s.EachLetter(t.Context(), func(l *letter.Letter, kept letter.Kept) error {
		for _, f := range l.Verify(kept) {
			t.Error(f)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// What many letters keep together is what each would have kept alone, whichever
// columns, events and clocks the change touched.
func TestManyUpdatesKeepWhatSingleOnesKeep(t *testing.T) {
	solved := true
	changes := []func(*letter.Letter){
		func(l *letter.Letter) { must(remind(l)) },
		func(l *letter.Letter) { must(remind(l)); must(remind(l)); l.Clocks = l.Clocks[:1] },
		func(l *letter.Letter) {
			must(l.Record(letter.Acceptance, letter.Actor{Party: letter.ByUnit, Member: "lina", Unit: "cgj"}, day.Add(time.Hour), letter.Facts{}, letter.Facts{}))
			l.Clocks[1].Stopped = day.Add(time.Hour)
			l.Clocks = append(l.Clocks, letter.Clock{Name: letter.ReviewClock, Started: day, Due: day.Add(time.Hour)})
		},
		func(l *letter.Letter) {
			must(l.Record(letter.Withdrawal, letter.SenderActor, day.Add(time.Hour), letter.Facts{}, letter.Facts{}))
			l.Clocks, l.Flags, l.Accused, l.Contact, l.Solved = nil, []letter.Flag{letter.Health}, []string{"gaj"}, []byte{9}, &solved
			l.Title, l.Body, l.Consent, l.Anonymous, l.Urgency = "改过", "改过", false, true, letter.Urgent
			l.Figures = letter.Figures{DueAt: day.Add(72 * time.Hour), WorkingMinutes: 75, Late: true}
		},
		func(*letter.Letter) {},
	}
	type kept struct {
		letter *letter.Letter
		due    string
	}
	results := func(t *testing.T, s *store.Store, all func(numbers []string, change func(*letter.Letter) error)) (list []kept) {
		var letters []*letter.Letter
		turn := map[string]int{}
		for i := range 55 {
			letters = append(letters, written(i+1))
			turn[letters[i].Number] = i % len(changes)
		}
		insert(t, s, letters...)
		all(numbersOf(letters), func(l *letter.Letter) error { changes[turn[l.Number]](l); return nil })
		rows, _, err := s.List(t.Context(), store.Reader{All: true}, store.Filter{}, store.Page{Number: 1, Size: 100})
		must(err)
		dues := map[string]string{}
		for _, r := range rows {
			dues[r.Number] = fmt.Sprint(r.Due, r.State, r.Paused)
		}
		for _, l := range letters {
			list = append(list, kept{read(t, s, l.Number), dues[l.Number]})
		}
		pending, err := s.PendingDeliveries(t.Context())
		must(err)
		return append(list, kept{due: fmt.Sprint(pending)})
	}
	storetest.EachURL(t, func(t *testing.T, url string) {
		many := storetest.Open(t, url, twoHandlers)
		together := results(t, many, func(numbers []string, change func(*letter.Letter) error) {
			slices.Reverse(numbers)
			if failed := many.UpdateMany(t.Context(), append(numbers, numbers[0]), change); len(failed) != 0 {
				t.Fatal(failed)
			}
		})
		single := storetest.Open(t, t.TempDir()+"/single.db", twoHandlers)
		alone := results(t, single, func(numbers []string, change func(*letter.Letter) error) {
			for _, n := range numbers {
				if _, err := single.Update(t.Context(), n, change); err != nil {
					t.Fatal(err)
				}
			}
		})
		for i := range alone {
			if !reflect.DeepEqual(together[i], alone[i]) {
				t.Errorf("together\n%+v\nalone\n%+v", together[i], alone[i])
			}
		}
	})
}

func TestOfManyLettersEachFailsAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		letters := []*letter.Letter{written(1), written(2), written(3), written(4)}
		insert(t, s, letters[:3]...)
		refused := letter.Refuse("不行。")
		failed := s.UpdateMany(t.Context(), numbersOf(letters), func(l *letter.Letter) error {
			must(remind(l))
			switch l.Number {
			case letters[0].Number:
				return refused
			case letters[1].Number:
				panic("boom")
			}
			return nil
		})
		if len(failed) != 3 || failed[letters[0].Number] != error(refused) || !errors.Is(failed[letters[3].Number], letter.ErrNotFound) ||
			!strings.Contains(fmt.Sprint(failed[letters[1].Number]), "boom") {
			t.Errorf("got %v", failed)
		}
		for i, want := range []int{2, 2, 3} {
			if l := read(t, s, letters[i].Number); len(l.Events) != want {
				t.Errorf("letter %d has %d events, want %d", i+1, len(l.Events), want)
			}
		}
		if failed := s.UpdateMany(t.Context(), nil, remind); len(failed) != 0 {
			t.Error(failed)
		}
	})
}

// A letter that the database does not take fails alone too, also when several do.
func TestALetterThatCannotBeWrittenTakesNoOtherWithIt(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url, twoHandlers)
		var letters []*letter.Letter
		for i := range 20 {
			letters = append(letters, written(i+1))
		}
		insert(t, s, letters...)
		poisoned := []string{letters[3].Number, letters[4].Number, letters[19].Number}
		poison(t, url, poisoned...)
		failed := s.UpdateMany(t.Context(), numbersOf(letters), func(l *letter.Letter) error {
			if l.Number == letters[4].Number {
				return nil // nothing to do, so nothing can fail
			}
			return remind(l)
		})
		if len(failed) != 2 || failed[poisoned[0]] == nil || failed[poisoned[2]] == nil {
			t.Errorf("got %v", failed)
		}
		for i, l := range letters {
			want := 3
			if slices.Contains(poisoned, l.Number) {
				want = 2
			}
			if got := read(t, s, l.Number); len(got.Events) != want {
				t.Errorf("letter %d has %d events, want %d", i+1, len(got.Events), want)
			}
		}
	})
}

// poison makes letters that cannot be written: the place of the next event's
// delivery is taken.
func poison(t *testing.T, url string, numbers ...string) {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(url, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, n := range numbers {
		_, err := db.Exec(`INSERT INTO deliveries (letter, seq, handler, step, attempts, lease_until, done_at, last_error)
			VALUES ($1, 3, 'notice', 'reminder', 0, 0, 0, '')`, n)
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Letters are changed by many callers at once, some of them one by one: every
// change is kept, each on what the one before it left.
func TestOfManyUpdatesAtOnceNoneIsLost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		letters := []*letter.Letter{written(1), written(2), written(3)}
		insert(t, s, letters...)
		var wait sync.WaitGroup
		for i := range 30 {
			wait.Go(func() {
				numbers := numbersOf(letters)
				if i%3 == 0 {
					if _, err := s.Update(t.Context(), numbers[i%2], remind); err != nil {
						t.Error(err)
					}
					return
				}
				if i%2 == 0 {
					slices.Reverse(numbers)
				}
				if failed := s.UpdateMany(t.Context(), numbers, remind); len(failed) != 0 {
					t.Error(failed)
				}
			})
		}
		wait.Wait()
		for i, want := range []int{2 + 20 + 5, 2 + 20 + 5, 2 + 20} {
			l := read(t, s, letters[i].Number)
			if len(l.Events) != want || !l.Clocks[0].NextRung.Equal(day.Add(48*time.Hour+time.Duration(want-2)*time.Hour)) {
				t.Errorf("letter %d: %d events, want %d; rung %v", i+1, len(l.Events), want, l.Clocks[0].NextRung)
			}
		}
		sound(t, s)
	})
}

func TestDeliveriesOfAClockThatWasSetAreFree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		insert(t, s, written(1))
		tomorrow := day.Add(24 * time.Hour)
		held, err := s.ClaimDeliveries(t.Context(), "notice", tomorrow, time.Minute, 10)
		if err != nil || len(held) != 2 {
			t.Fatalf("%v %v", held, err)
		}
		must(s.FinishDeliveries(t.Context(), held[:1], tomorrow))
		for _, want := range []int64{1, 0} {
			if n, err := s.FreeDeliveries(t.Context(), "notice", day.Add(time.Hour)); err != nil || n != want {
				t.Errorf("%d %v, want %d", n, err, want)
			}
		}
		if again, err := s.ClaimDeliveries(t.Context(), "notice", day, time.Minute, 10); err != nil || len(again) != 1 || again[0].Seq != held[1].Seq {
			t.Errorf("%v %v", again, err)
		}
	}, twoHandlers)
}
