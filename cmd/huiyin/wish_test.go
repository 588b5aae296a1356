package main

import (
	"context"
	"iter"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store/storetest"
	"huiyin/search"
	"huiyin/search/meili/meilitest"
)

// interrupted is an index that lets something happen while it is built, and counts how often it was.
type interrupted struct {
	search.Index
	built int
	by    func()
}

func (x *interrupted) Rebuild(ctx context.Context, documents iter.Seq2[search.Document, error]) error {
	x.built++
	err := x.Index.Rebuild(ctx, documents)
	if by := x.by; by != nil {
		x.by = nil
		by()
	}
	return err
}

// Who asks for a new index while one is being built gets it after that one, which may have read letters before he asked;
// and nobody gets more than he asked for.
func TestAnIndexAskedForWhileOneIsBuiltIsBuiltAfterIt(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := feeder(t, url)
		publish(t, s.store, 0, 2)
		ask := func() {
			if err := s.wishForIndexes(t.Context(), time.Now()); err != nil {
				t.Error(err)
			}
		}
		x := &interrupted{Index: s.index, by: ask}
		s.index = x
		look := func(want int) {
			t.Helper()
			if err := s.reindexIfAsked(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
			if x.built != want {
				t.Fatalf("built %d times, want %d", x.built, want)
			}
		}
		look(1) // it is new
		look(2) // and was asked for meanwhile
		look(2)
		ask()
		x.by = ask
		look(3)
		look(4)
		look(4)
	})
}

// Every process that serves builds its members' index when it was asked for once, and none of them twice.
func TestEachProcessBuildsTheMembersIndexThatWasAskedFor(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		data := t.TempDir()
		one, other := filer(t, url, data), filer(t, url, t.TempDir())
		defer other.closeFiler(t)
		number := one.writes(t, "路灯不亮")
		look := func(s *server, want int) {
			t.Helper()
			if err := s.refileIfAsked(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
			if got := s.foundAll(t); len(got) != want {
				t.Errorf("%d letters found, want %d", len(got), want)
			}
		}
		look(one, 0) // both are complete but for what just happened
		look(other, 0)
		if err := one.wishForIndexes(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		look(one, 1)
		look(other, 1)
		if err := one.filing.index.Delete(t.Context(), number); err != nil {
			t.Fatal(err)
		}
		look(one, 0) // not again
		one.closeFiler(t)
		one = filer(t, url, data)
		defer one.closeFiler(t)
		look(one, 0) // nor by the next process
	})
}

// Of several processes that share an index one builds it: two at once would remove what the other has built, again and
// again.
func TestOneProcessBuildsTheSharedIndex(t *testing.T) {
	url := storetest.PostgresURL(t)
	one, other := feeder(t, url), feeder(t, url)
	x, y := &interrupted{Index: one.index}, &interrupted{Index: other.index}
	one.index, other.index = x, y
	look := func(s *server) {
		t.Helper()
		if err := s.reindexIfAsked(t.Context(), time.Now()); err != nil {
			t.Error(err)
		}
	}
	x.by = func() { look(other) }
	look(one)
	if x.built != 1 || y.built != 0 {
		t.Errorf("built %d times, and %d times by the other meanwhile", x.built, y.built)
	}
	look(other)
	if y.built != 1 {
		t.Error("the other process builds none after that")
	}
}

// A process that has not heard of new words builds the shared index with them all the same, and one that has just heard of
// them does not build it again.
func TestTheSharedIndexIsBuiltWithTheNewestWords(t *testing.T) {
	url, at := storetest.PostgresURL(t), meilitest.Start(t)
	one, other := feeder(t, url), feeder(t, url)
	look := func(s *server) {
		t.Helper()
		if err := s.reindexIfAsked(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []*server{one, other} {
		if err := s.index.Close(); err != nil {
			t.Fatal(err)
		}
		s.index = s.onServer(t, at)
		if err := s.readRules(t.Context()); err != nil {
			t.Fatal(err)
		}
		look(s)
	}
	one.adds(t, "云栖大道")
	if err := one.readRules(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := other.wishForIndexes(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	look(other)
	built := func() string {
		body, err := one.store.Document(t.Context(), search.BuildingKind, search.BuildingID)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	before := built()
	look(one)
	if built() != before || one.index.NeedsRebuild() || other.index.NeedsRebuild() {
		t.Errorf("built again: %t; needs to be: %t, and the one that built it %t", built() != before, one.index.NeedsRebuild(), other.index.NeedsRebuild())
	}
}

// What could not be written for long need not wait once the index is built anew; what another process is writing just now
// stays with it.
func TestAfterARebuildNoLetterWaits(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := feeder(t, url)
		publish(t, s.store, 0, 1)
		claim := func() []letter.Delivery {
			t.Helper()
			list, err := s.store.ClaimDeliveries(t.Context(), handlerIndex, time.Now(), deliveryLease, 9)
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		cause := letter.Fail(letter.KindConflict, "搜索索引正在重建，请等它完成。")
		if err := s.store.FailDeliveries(t.Context(), claim(), time.Now().Add(20*time.Minute), cause); err != nil {
			t.Fatal(err)
		}
		if list := claim(); len(list) != 0 {
			t.Fatalf("%d deliveries do not wait", len(list))
		}
		publish(t, s.store, 1, 1)
		if list := claim(); len(list) != 1 {
			t.Fatalf("%d deliveries under way, want 1", len(list))
		}
		if err := s.reindexIfAsked(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		if list := claim(); len(list) != 1 {
			t.Errorf("%d deliveries can be made, want 1", len(list))
		}
	})
}
