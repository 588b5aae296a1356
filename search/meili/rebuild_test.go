package meili_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/search/meili"
	"huiyin/search/meili/meilitest"
)

func TestIndexOnTheServerIsTakenUpAgain(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	if !index.NeedsRebuild() {
		t.Error("a new index does not ask to be filled")
	}
	if err := index.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	index.Close()
	if _, err := index.Search(t.Context(), search.Query{}); err == nil {
		t.Error("a closed index answers")
	}
	again := open(t, server)
	defer again.Close()
	if again.NeedsRebuild() {
		t.Error("a whole index asks to be rebuilt")
	}
	wantTotal(t, again, "污水", 1)
	other, err := meili.Open(t.Context(), access(server), meili.Options{Cut: cut, Words: []string{"别的词"}})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if !other.NeedsRebuild() {
		t.Error("an index cut with other words passes for whole")
	}
	wantTotal(t, other, "污水", 1)
}

// An index that a killed rebuild left is not the one that answers, and is in nobody's way.
func TestLeftoverOfAKilledRebuildIsRemoved(t *testing.T) {
	server := meilitest.Start(t)
	first := open(t, server)
	ctx, kill := context.WithCancel(t.Context())
	err := first.Rebuild(ctx, func(yield func(search.Document, error) bool) {
		yield(fullLetter(), nil)
		server.Down()
		kill()
	})
	if err == nil {
		t.Fatal("a killed rebuild went well")
	}
	first.Close()
	server.Up(t)
	second := open(t, server)
	defer second.Close()
	if !second.NeedsRebuild() {
		t.Error("a killed rebuild passes for one that ended")
	}
	wantTotal(t, second, "污水", 0)
	if err := second.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	wantTotal(t, second, "污水", 1)
	if err := second.Put(t.Context(), fullLetter()); err != nil {
		t.Errorf("put after the rebuild: %v", err)
	}
}

// 10: after a rebuild the former index is gone, not only asked to go.
func TestFormerIndexIsGone(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	if err := index.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	server.Requests()
	if err := index.Put(t.Context(), fullLetter()); err != nil {
		t.Errorf("put right after a rebuild: %v", err)
	}
}

// A swap made twice is none, so it is asked for once, and never again when its answer was lost.
func TestSwapIsAskedForOnce(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	for _, fault := range []meilitest.Fault{{On: "POST /swap-indexes", Times: 1, Status: 503}, {On: "POST /swap-indexes", Times: 1, Cut: true}} {
		server.Break(fault)
		server.Requests()
		if err := index.Rebuild(t.Context(), each(fullLetter())); !letter.IsKind(err, letter.KindUnavailable) {
			t.Errorf("rebuild: %v", err)
		}
		if n := len(of(server.Requests(), "POST /swap-indexes")); n != 1 {
			t.Errorf("the swap was asked for %d times", n)
		}
	}
	if err := index.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	wantTotal(t, index, "污水", 1)
}

// A key of all indexes sees the task of the swap, one of two does not: both see its end.
func TestSwapIsWaitedForWithEitherKey(t *testing.T) {
	for name, key := range map[string]string{"all indexes": meilitest.Master, "its own": meilitest.WriteKey} {
		server := meilitest.Start(t)
		index := openAt(t, meili.Access{Host: server.URL(), SearchKey: meilitest.SearchKey, WriteKey: key})
		if err := index.Put(t.Context(), search.Document{Number: "26030900000001", Title: "旧信"}); err != nil {
			t.Fatal(err)
		}
		if err := index.Rebuild(t.Context(), each(fullLetter())); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		wantTotal(t, index, "旧信", 0)
		wantTotal(t, index, "污水", 1)
		index.Close()
	}
}

func TestAFailedSwapLeavesTheIndex(t *testing.T) {
	server := meilitest.Start(t)
	index := openAt(t, meili.Access{Host: server.URL(), SearchKey: meilitest.Master, WriteKey: meilitest.Master})
	defer index.Close()
	if err := index.Put(t.Context(), fullLetter()); err != nil {
		t.Fatal(err)
	}
	server.Break(meilitest.Fault{On: "POST /swap-indexes", Times: 1, Task: "internal"})
	if err := index.Rebuild(t.Context(), each()); err == nil {
		t.Error("a failed swap went well")
	}
	wantTotal(t, index, "污水", 1)
}

// Of two processes the one that does not rebuild must not lose what it writes meanwhile: the letter is seen at once, and
// the write is reported so that the outbox makes it again.
func TestWriteBesideAnothersRebuildIsMadeAgain(t *testing.T) {
	server := meilitest.Start(t)
	a, b := open(t, server), open(t, server)
	defer a.Close()
	defer b.Close()
	late := search.Document{Number: "26030900000001", Title: "加装电梯"}
	err := a.Rebuild(t.Context(), func(yield func(search.Document, error) bool) {
		if err := b.Put(t.Context(), late); !letter.IsKind(err, letter.KindConflict) {
			t.Errorf("put beside a rebuild: %v, want a conflict", err)
		}
		wantTotal(t, b, "电梯", 1)
		yield(fullLetter(), nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Put(t.Context(), late); err != nil {
		t.Errorf("put after it: %v", err)
	}
	wantTotal(t, a, "电梯", 1)
	wantTotal(t, a, "污水", 1)
}

func TestWhatAnotherProcessWritesIsANewGeneration(t *testing.T) {
	server := meilitest.Start(t)
	a, b := open(t, server), open(t, server)
	defer a.Close()
	defer b.Close()
	b.LookAround(t.Context())
	before := b.Generation()
	b.LookAround(t.Context())
	if b.Generation() != before {
		t.Error("looking makes a generation")
	}
	if err := a.Rebuild(t.Context(), each(fullLetter())); err != nil {
		t.Fatal(err)
	}
	b.LookAround(t.Context())
	if b.Generation() == before {
		t.Error("another's rebuild is not seen")
	}
	if b.NeedsRebuild() {
		t.Error("another's rebuild is not taken for one")
	}
}

// A write is not done before it can be found, however long the server takes.
func TestPutReturnsWhenTheLetterIsFound(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	server.Hold()
	done := make(chan error, 1)
	go func() { done <- index.Put(context.Background(), fullLetter()) }()
	wantTotal(t, index, "污水", 0)
	select {
	case err := <-done:
		t.Fatalf("put returned %v before its task ended", err)
	case <-time.After(100 * time.Millisecond):
	}
	server.Release()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantTotal(t, index, "污水", 1)
}

func TestOfALongTextTheRarestWordsAreAsked(t *testing.T) {
	server := meilitest.Start(t)
	index := open(t, server)
	defer index.Close()
	server.Requests()
	text := "尊敬的领导您好！小区门口的路灯不亮已经三个月，物业推给供电公司，供电公司推给城管，居民晚上出门摔倒，请尽快维修并公布责任单位的联系方式。"
	if _, err := index.Search(t.Context(), search.Query{Text: text + strings.Repeat("我们住在附近，希望有人来看看。", 50)}); err != nil {
		t.Fatal(err)
	}
	sent := of(server.Requests(), "POST /indexes/letters/search")
	for _, r := range sent {
		_, q, _ := strings.Cut(r.Body, `"q":"`)
		q, _, _ = strings.Cut(q, `"`)
		words, n := strings.Fields(q), 0
		for _, word := range words {
			n += (len([]rune(word)) + 1) / 2
		}
		if n > 10 || len(words) < 4 {
			t.Errorf("asked %q: %d words as the server cuts", q, n)
		}
	}
	if len(sent) != 2 || !strings.Contains(sent[1].Body, "路灯") {
		t.Errorf("letters near by are asked for with %v", sent[1:])
	}
}
