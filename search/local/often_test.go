package local

import (
	"fmt"
	"strings"
	"testing"

	"huiyin/internal/segment"
	"huiyin/search"
)

// A word that many letters hold counts as often as each of them holds it, also when asked for again and after letters
// are gone.
func TestAWordOfManyLettersCountsAsOftenAsItStands(t *testing.T) {
	const letters, most = 1_200, 9
	cut, err := segment.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	index, err := Open(t.TempDir(), cut)
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	times := map[string]int{}
	var all []search.Document
	for i := range letters {
		n := i%most + 1
		d := search.Document{Number: fmt.Sprintf("%04d", i), Body: strings.Repeat("路灯。", n) + strings.Repeat("停车。", most-n)}
		times[d.Number], all = n, append(all, d)
	}
	if err := index.Rebuild(t.Context(), func(yield func(search.Document, error) bool) {
		for _, d := range all {
			if !yield(d, nil) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	ordered := func(page int) {
		t.Helper()
		result, err := index.Search(t.Context(), search.Query{Text: "路灯", Page: page, PerPage: 100})
		if err != nil || len(result.Hits) == 0 {
			t.Fatal(len(result.Hits), err)
		}
		before := most
		for _, hit := range result.Hits {
			if times[hit.Number] > before {
				t.Fatalf("page %d: a letter with the word %d times after one with %d", page, times[hit.Number], before)
			}
			before = times[hit.Number]
		}
	}
	ordered(1)
	if index.columns.often.bytes == 0 {
		t.Error("a word of all letters is walked")
	}
	ordered(7)
	if err := index.Delete(t.Context(), "0008", "0017"); err != nil {
		t.Fatal(err)
	}
	ordered(2)
}

// What is kept grows with the letters and not with the words asked for.
func TestWordsOfManyLettersTakeSoMuchRoomAndNoMore(t *testing.T) {
	var o often
	key := func(n int) oftenKey { return oftenKey{1, fmt.Sprint(n)} }
	for n := range 50 {
		o.keep(&oftenTerm{key(n), make([]uint8, 100)}, 1_000)
		if o.bytes > 1_000 || len(o.kept) != o.order.Len() || o.kept[key(n)] == nil {
			t.Fatalf("after %d words %d bytes, %d named, %d listed", n+1, o.bytes, len(o.kept), o.order.Len())
		}
	}
	o.forget(func(segment uint64) bool { return segment == 1 })
	if o.bytes != 0 || len(o.kept) != 0 || o.order.Len() != 0 {
		t.Errorf("of a segment that is gone %d bytes are kept", o.bytes)
	}
}
