package main

import (
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/internal/store/storetest"
	"huiyin/search"
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
		facts := s.city.Load().Pack.City
		facts.Words = append(facts.Words, "云栖大道")
		time.Sleep(2 * time.Millisecond) // versions of the city are told apart by the millisecond
		if err := citypack.PutCity(t.Context(), s.store, facts, "weiran", time.Now()); err != nil {
			t.Fatal(err)
		}
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
