package main

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/internal/segment"
	"huiyin/internal/store/storetest"
	"huiyin/search"
	"huiyin/search/meili/meilitest"
)

// A word that an administrator adds is found by its synonym at once; a place that he adds makes the index build itself
// anew in the background, and how far that is can be read.
func TestChangedWordsReachTheIndex(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := feeder(t, url)
		publish(t, s.store, 0, 30)
		s.deliver(t)
		if err := s.reindexIfAsked(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		count := func(text string) int {
			t.Helper()
			r, err := s.index.Search(t.Context(), search.Query{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			return r.Exact
		}
		lamps := count("路灯")
		if lamps == 0 || count("亮光杆") != 0 {
			t.Fatalf("路灯 %d, 亮光杆 %d", lamps, count("亮光杆"))
		}
		lamp := citypack.Synonyms{ID: "亮光杆", Words: []string{"亮光杆", "路灯"}}
		if err := citypack.EndSynonyms(t.Context(), s.store, "路灯", "weiran", time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := citypack.PutSynonyms(t.Context(), s.store, lamp, "weiran", time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := s.readRules(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count("亮光杆"); n != lamps || s.index.NeedsRebuild() {
			t.Errorf("亮光杆 finds %d letters, 路灯 found %d; a rebuild is needed: %v", n, lamps, s.index.NeedsRebuild())
		}
		s.adds(t, "云栖大道")
		if err := s.readRules(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !s.index.NeedsRebuild() {
			t.Error("another word and no rebuild")
		}
		if err := s.reindexIfAsked(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		body, err := s.store.Document(t.Context(), search.BuildingKind, search.BuildingID)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := search.ReadBuilding(body); err != nil || b.Running() || b.Letters != 30 || b.Of != 30 || b.Percent() != 100 || s.index.NeedsRebuild() {
			t.Errorf("%+v, %v", b, err)
		}
	})
}

// A word that an administrator adds is cut whole in what comes in at once, and in the members' index after it was built
// anew; the dictionary without it is then no longer in memory.
func TestChangedWordsReachIntakeAndTheDeskAndLeaveNoDictionaryBehind(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := deskFeeder(t, url)
		for _, title := range []string{"云栖大道路灯不亮", "大道边的云彩栖息地"} {
			s.writes(t, title)
		}
		s.files(t)
		publish(t, s.store, 1000, 3)
		s.deliver(t)
		rules := func(want int) {
			t.Helper()
			if err := s.readRules(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, err := range []error{s.reindexIfAsked(t.Context(), time.Now()), s.refileIfAsked(t.Context(), time.Now())} {
				if err != nil {
					t.Fatal(err)
				}
			}
			found, err := s.filing.index.Find(t.Context(), search.DeskQuery{Rights: search.Rights{All: true}, Text: "云栖大道"})
			if err != nil || found.Exact != want || s.filing.incomplete() || s.index.NeedsRebuild() {
				t.Errorf("%d letters hold the word, want %d (%v)", found.Exact, want, err)
			}
		}
		rules(2)
		before := segment.InMemory()
		s.adds(t, "云栖大道")
		rules(1)
		if cut := s.intake.Words.Words("云栖大道"); !slices.Equal(cut, []string{"云栖大道"}) {
			t.Errorf("intake cuts %q", cut)
		}
		for end := time.Now().Add(20 * time.Second); segment.InMemory() > before; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%d dictionaries in memory, %d before", segment.InMemory(), before)
			}
			runtime.GC()
		}
	})
}

// adds puts a word into the city, as an administrator does.
func (s *server) adds(t testing.TB, word string) {
	t.Helper()
	facts := s.city.Load().Pack.City
	facts.Words = append(slices.Clone(facts.Words), word)
	time.Sleep(2 * time.Millisecond) // versions of the city are told apart by the millisecond
	if err := citypack.PutCity(t.Context(), s.store, facts, "weiran", time.Now()); err != nil {
		t.Fatal(err)
	}
}

// The desk has its words also while the public index cannot be given them.
func TestChangedWordsReachTheDeskWithoutThePublicIndex(t *testing.T) {
	s := feeder(t, t.TempDir()+"/huiyin.db")
	if err := s.openDesk(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer s.filing.index.Close()
	s.writes(t, "云栖大道路灯不亮")
	s.files(t)
	if err := s.index.Close(); err != nil {
		t.Fatal(err)
	}
	s.index = s.onServer(t, meilitest.Start(t))
	if err := s.readRules(t.Context()); err != nil || s.filing.incomplete() {
		t.Fatal(s.filing.incomplete(), err)
	}
	s.index.Close()
	s.adds(t, "云栖大道")
	if err := s.readRules(t.Context()); err != nil || !s.filing.incomplete() {
		t.Errorf("the desk's index has other words: %t, %v", s.filing.incomplete(), err)
	}
}
