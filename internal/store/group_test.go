package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// Sixty jobs in groups: every third one fails, is broken or panics, and takes
// nobody with it.
func TestABadLetterFailsAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := written(1000)
		insert(t, s, l)
		var wait sync.WaitGroup
		for i := range 60 {
			wait.Go(func() {
				switch i % 3 {
				case 0:
					if err := s.Insert(t.Context(), written(i+1), nil); err != nil {
						t.Errorf("a good letter: %v", err)
					}
				case 1:
					broken := written(i + 1)
					broken.Events[1].Seq = 1 // the second event takes the place of the first
					if err := s.Insert(t.Context(), broken, nil); err == nil {
						t.Error("a broken letter was stored")
					}
				case 2:
					_, err := s.Update(t.Context(), l.Number, func(*letter.Letter) error { panic("boom") })
					if err == nil || !strings.Contains(err.Error(), "boom") {
						t.Errorf("a panic in the callback gives %v", err)
					}
				}
			})
		}
		wait.Wait()
		totals, err := s.Totals(t.Context())
		if err != nil || totals.Letters != 21 || totals.Events != 42 {
			t.Errorf("%+v %v, want 21 letters with 42 events", totals, err)
		}
	})
}

func TestACallerWhoIsGoneStoresNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Insert(ctx, written(1), nil); err == nil {
			t.Error("stored for a caller who was gone")
		}
		if totals, err := s.Totals(t.Context()); err != nil || totals.Letters != 0 {
			t.Errorf("%+v %v", totals, err)
		}
	})
}

func TestAClosedStoreAnswers(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := s.Insert(t.Context(), written(1), nil); !letter.IsKind(err, letter.KindUnavailable) {
			t.Errorf("insert after close: %v", err)
		}
	})
}

func TestTwoProcessesMayStartAtOnce(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		var wait sync.WaitGroup
		for i := range 4 {
			wait.Go(func() {
				s, err := store.Open(t.Context(), url)
				if err != nil {
					t.Error(err)
					return
				}
				if err := errors.Join(s.Insert(t.Context(), written(i+1), nil), s.Close()); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	})
}

func TestOneProcessServesADatabase(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		one, two := storetest.Open(t, url), storetest.Open(t, url)
		release, err := one.HoldServing(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := two.HoldServing(t.Context()); !letter.IsKind(err, letter.KindConflict) {
			t.Errorf("a second serving process: %v", err)
		}
		insert(t, two, written(1)) // a command writes beside it
		release()
		if again, err := two.HoldServing(t.Context()); err != nil {
			t.Errorf("after the first has ended: %v", err)
		} else {
			again()
		}
	})
}

func TestAnUnknownAddressIsRefused(t *testing.T) {
	if _, err := store.Open(t.Context(), "mysql://localhost/x"); !letter.IsKind(err, letter.KindRefused) {
		t.Errorf("got %v", err)
	}
	if _, err := store.Open(t.Context(), "postgres://nobody@127.0.0.1:1/x"); err == nil {
		t.Error("a server that is not there was opened")
	}
}
