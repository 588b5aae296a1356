package searchtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"huiyin/internal/letter"
	"huiyin/search"
)

func deletedIsGone(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	if err := index.Delete(t.Context(), all[0].Number, "26039900000001"); err != nil {
		t.Fatalf("delete: %v", err)
	}
	wantFound(t, index, search.Query{Text: "污水"})
	wantFound(t, index, search.Query{Text: all[0].Number})
	wantCount(t, index, len(all)-1)
}

func puttingTwice(t *testing.T, index search.Index) {
	d := letters()[0]
	put(t, index, d, d)
	put(t, index, d)
	wantFound(t, index, search.Query{Text: "污水"}, d.Number)
	wantCount(t, index, 1)
}

func puttingReplaces(t *testing.T, index search.Index) {
	d := letters()[0]
	put(t, index, d)
	d.Title, d.Body, d.Reply, d.Unit = "噪音", "工地噪音。", "已处理。", "chengguan"
	put(t, index, d)
	wantFound(t, index, search.Query{Text: "污水"})
	wantFound(t, index, search.Query{Text: "噪音"}, d.Number)
	wantFound(t, index, search.Query{Department: "shengtai"})
}

func endedContext(t *testing.T, index search.Index) {
	put(t, index, letters()...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := index.Search(ctx, search.Query{Text: "污水"}); !errors.Is(err, context.Canceled) {
		t.Errorf("search: %v", err)
	}
	if err := index.Put(ctx, letters()...); !errors.Is(err, context.Canceled) {
		t.Errorf("put: %v", err)
	}
	if err := index.Delete(ctx, "1"); !errors.Is(err, context.Canceled) {
		t.Errorf("delete: %v", err)
	}
	if _, err := index.Suggest(ctx, search.Typed{Text: "污水"}); !errors.Is(err, context.Canceled) {
		t.Errorf("suggest: %v", err)
	}
	if _, err := index.Similar(ctx, search.Like{Text: "污水"}); !errors.Is(err, context.Canceled) {
		t.Errorf("similar: %v", err)
	}
	if err := index.Rebuild(ctx, each(nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("rebuild: %v", err)
	}
	wantCount(t, index, len(letters()))
}

func rebuildReplaces(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all[:2]...)
	if err := index.Rebuild(t.Context(), each(all[1:])); err != nil {
		t.Fatalf("rebuild: %v", err)
	}
	if index.NeedsRebuild() {
		t.Error("needs a rebuild after a rebuild")
	}
	wantFound(t, index, search.Query{Text: "污水"})
	wantFound(t, index, search.Query{}, all[1].Number, all[2].Number, all[3].Number)
	put(t, index, all[0])
	wantFound(t, index, search.Query{Text: "污水"}, all[0].Number)
}

func failedRebuild(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	err := index.Rebuild(t.Context(), func(yield func(search.Document, error) bool) {
		_ = yield(all[0], nil) && yield(search.Document{}, errSource)
	})
	if !errors.Is(err, errSource) {
		t.Errorf("rebuild: %v, want the error of its source", err)
	}
	wantCount(t, index, len(all))
	if err := index.Rebuild(t.Context(), each(all[:1])); err != nil {
		t.Fatalf("rebuild after a failed one: %v", err)
	}
	wantCount(t, index, 1)
}

// rebuildWithoutGap searches at every step of a rebuild and all along beside it.
func rebuildWithoutGap(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all...)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				result, err := index.Search(context.Background(), search.Query{Text: "污水"})
				if err != nil || result.Total != 1 || len(result.Hits) != 1 {
					t.Errorf("during a rebuild: total %d, %v", result.Total, err)
					return
				}
			}
		})
	}
	for range 3 {
		err := index.Rebuild(t.Context(), func(yield func(search.Document, error) bool) {
			for _, d := range all {
				wantFound(t, index, search.Query{Text: "污水"}, all[0].Number)
				if !yield(d, nil) {
					return
				}
			}
		})
		if err != nil {
			t.Errorf("rebuild: %v", err)
		}
	}
	close(done)
	readers.Wait()
}

func writesDuringRebuild(t *testing.T, index search.Index) {
	all := letters()
	put(t, index, all[0], all[1])
	err := index.Rebuild(t.Context(), func(yield func(search.Document, error) bool) {
		if !yield(all[0], nil) {
			return
		}
		changed := all[1]
		changed.Title = "公租房续租"
		put(t, index, changed, all[2])
		if err := index.Delete(t.Context(), all[0].Number); err != nil {
			t.Errorf("delete: %v", err)
		}
		wantFound(t, index, search.Query{Text: "续租"}, all[1].Number)
		// The database was read before the change: the older text comes last and must not win.
		yield(all[1], nil)
	})
	if err != nil {
		t.Fatalf("rebuild: %v", err)
	}
	wantFound(t, index, search.Query{}, all[1].Number, all[2].Number)
	wantFound(t, index, search.Query{Text: "续租"}, all[1].Number)
}

func secondRebuild(t *testing.T, index search.Index) {
	err := index.Rebuild(t.Context(), func(yield func(search.Document, error) bool) {
		if err := index.Rebuild(t.Context(), each(letters())); !letter.IsKind(err, letter.KindConflict) {
			t.Errorf("second rebuild: %v, want a conflict", err)
		}
		yield(letters()[0], nil)
	})
	if err != nil {
		t.Fatalf("first rebuild: %v", err)
	}
	wantCount(t, index, 1)
}

func together(t *testing.T, index search.Index) {
	const writers, each = 4, 5
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for i := range each {
				d := search.Document{Number: fmt.Sprintf("2603%05d%05d", w, i), Title: "路灯不亮"}
				if err := index.Put(context.Background(), d); err != nil {
					t.Errorf("put: %v", err)
				}
				if _, err := index.Search(context.Background(), search.Query{Text: "路灯"}); err != nil {
					t.Errorf("search: %v", err)
				}
			}
		})
	}
	group.Wait()
	wantCount(t, index, writers*each)
}
