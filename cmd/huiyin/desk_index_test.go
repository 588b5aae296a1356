package main

import (
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store/storetest"
	"huiyin/search"
)

// filer is a server with nothing but what feeds the members' index.
func filer(t *testing.T, url, data string) *server {
	t.Helper()
	c := defaults()
	c.Data, c.Database = data, url
	p, err := openWork(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{parts: p, log: slog.New(slog.DiscardHandler)}
	if err := s.openDesk(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *server) closeFiler(t *testing.T) {
	t.Helper()
	if err := errors.Join(s.filing.index.Close(), s.close()); err != nil {
		t.Error(err)
	}
}

// found are the numbers that somebody who may read all open letters finds.
func (s *server) foundAll(t *testing.T) []string {
	t.Helper()
	found, err := s.filing.index.Find(t.Context(), search.DeskQuery{Rights: search.Rights{All: true}, PerPage: search.MaxPerPage})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(slices.Values(found.Numbers))
}

// delivered says that the handler of live pages did its work on all that waits.
func (s *server) delivered(t *testing.T, heard bool) {
	t.Helper()
	for {
		list, err := s.store.ClaimDeliveries(t.Context(), handlerLive, time.Now(), time.Minute, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return
		}
		if heard {
			s.noted(t.Context(), list...)
		}
		if err := s.store.FinishDeliveries(t.Context(), list, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *server) run1(t *testing.T) {
	t.Helper()
	if err := errors.Join(s.file(t.Context(), time.Now()), s.refileIfAsked(t.Context(), time.Now())); err != nil {
		t.Fatal(err)
	}
}

func (s *server) writes(t *testing.T, title string) string {
	t.Helper()
	r, err := s.intake.Submit(t.Context(), letter.Draft{Channel: letter.Web, Kind: letter.Help, Title: title, Body: "湖滨路的路灯坏了，晚上一片漆黑，请维修。", Phone: "13900001234"})
	if err != nil {
		t.Fatal(err)
	}
	return r.Number
}

// The queue of what the index lacks lies in memory. A process that dies with it takes nothing along: the next one reads
// again what was delivered since the index was complete, and only that.
func TestWhatAProcessDidNotFileTheNextOneFiles(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		data := t.TempDir()
		s := filer(t, url, data)
		first := s.writes(t, "路灯不亮")
		s.delivered(t, true)
		s.run1(t) // the index is new: a rebuild
		s.run1(t)
		if got := s.foundAll(t); !slices.Equal(got, []string{first}) {
			t.Fatalf("found %v", got)
		}
		second := s.writes(t, "路灯又不亮")
		s.delivered(t, true) // and then the process dies
		s.closeFiler(t)

		s = filer(t, url, data)
		defer s.closeFiler(t)
		if s.filing.index.NeedsRebuild() {
			t.Error("the index would be rebuilt")
		}
		s.run1(t)
		if got, want := s.foundAll(t), slices.Sorted(slices.Values([]string{first, second})); !slices.Equal(got, want) {
			t.Errorf("found %v, want %v", got, want)
		}
		if s.filing.incomplete() {
			t.Error("the index was taken for too old")
		}
	})
}

// An index that was left alone for longer than deliveries are kept is rebuilt.
func TestAnIndexOlderThanTheDeliveriesIsRebuilt(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		data := t.TempDir()
		s := filer(t, url, data)
		s.run1(t)
		if err := s.filing.index.SetThrough(t.Context(), time.Now().AddDate(0, 0, -30)); err != nil {
			t.Fatal(err)
		}
		number := s.writes(t, "路灯不亮")
		s.delivered(t, false)
		s.closeFiler(t)
		s = filer(t, url, data)
		defer s.closeFiler(t)
		s.run1(t)
		if got := s.foundAll(t); !slices.Equal(got, []string{number}) {
			t.Errorf("found %v", got)
		}
	})
}

// The index is complete only up to the oldest letter that still waits, and a failed batch waits again, in front.
func TestTheIndexIsCompleteUpToTheOldestThatWaits(t *testing.T) {
	f := &filing{queued: map[string]bool{}}
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	f.changed(at, "1", "2")
	f.changed(at.Add(time.Second), "1", "3")
	list := f.take(2)
	if got := f.through(at.Add(time.Hour)); !got.Equal(at.Add(time.Second)) {
		t.Errorf("complete up to %v", got)
	}
	f.changed(at.Add(2*time.Second), "2")
	f.giveBack(list)
	if got := f.through(at.Add(time.Hour)); !got.Equal(at) {
		t.Errorf("complete up to %v with a batch given back", got)
	}
	var order []string
	for _, one := range f.take(9) {
		order = append(order, one.number)
	}
	if !slices.Equal(order, []string{"1", "2", "3"}) {
		t.Errorf("order %v", order)
	}
	if got := f.through(at.Add(time.Hour)); !got.Equal(at.Add(time.Hour)) {
		t.Errorf("complete up to %v with nothing waiting", got)
	}
}

// While many letters come in few are filed.
func TestFilingWaitsWhileMuchHappens(t *testing.T) {
	f := &filing{queued: map[string]bool{}}
	f.changed(time.Now(), make([]string, busyEvents+1)...)
	if most, times := f.round(); most*times > fileBusy {
		t.Errorf("%d × %d letters in a busy round", most, times)
	}
	if most, times := f.round(); most*times < fileMost {
		t.Errorf("%d × %d letters in a quiet round", most, times)
	}
}
