package citypack_test

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

func demo(t *testing.T) *citypack.Pack {
	t.Helper()
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// The words of the search go the way of all rules: file, rows, file.
func TestWordsOfTheSearchGoThroughRowsAndFiles(t *testing.T) {
	pack := demo(t)
	if len(pack.Search.Synonyms) < 80 || len(pack.Search.Weak) < 8 {
		t.Fatalf("%d groups, %d weak words", len(pack.Search.Synonyms), len(pack.Search.Weak))
	}
	items, err := pack.Items()
	if err != nil {
		t.Fatal(err)
	}
	fromRows, err := citypack.FromItems(items)
	if err != nil || !reflect.DeepEqual(fromRows.Search, pack.Search) {
		t.Errorf("rows give %+v, %v", fromRows.Search, err)
	}
	files, err := pack.Files(pack.Staff)
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{}
	for name, body := range files {
		dir[name] = &fstest.MapFile{Data: body}
	}
	fromFiles, err := citypack.Read(dir)
	if err != nil || !reflect.DeepEqual(fromFiles.Search, pack.Search) {
		t.Errorf("files give %+v, %v", fromFiles.Search, err)
	}
	delete(dir, "synonyms.yaml")
	if without, err := citypack.Read(dir); err != nil || len(without.Search.Synonyms) > 0 {
		t.Errorf("a pack without the file: %v", err)
	}
}

func TestWordsThatHelpNobodyAreRefused(t *testing.T) {
	group := func(words ...string) citypack.Synonyms { return citypack.Synonyms{ID: words[0], Words: words} }
	for name, c := range map[string]struct {
		search citypack.Search
		says   string
	}{
		"one word":      {citypack.Search{Synonyms: []citypack.Synonyms{group("路灯")}}, "至少要有两个词"},
		"twice":         {citypack.Search{Synonyms: []citypack.Synonyms{group("路灯", "路灯")}}, "出现了两次"},
		"two groups":    {citypack.Search{Synonyms: []citypack.Synonyms{group("路灯", "街灯"), group("街灯", "照明灯")}}, "出现了两次"},
		"an empty word": {citypack.Search{Synonyms: []citypack.Synonyms{group("路灯", "")}}, "1 至 20 个字"},
		"a long word":   {citypack.Search{Weak: []string{strings.Repeat("长", 21)}}, "1 至 20 个字"},
		"weak twice":    {citypack.Search{Weak: []string{"问题", "问题"}}, "出现了两次"},
		"both":          {citypack.Search{Weak: []string{"路灯"}, Synonyms: []citypack.Synonyms{group("路灯", "街灯")}}, "只能选一种"},
		"too many":      {citypack.Search{Synonyms: []citypack.Synonyms{group(strings.Split("abcdefghijklm", "")...)}}, "最多 12 个"},
	} {
		if err := c.search.Check(); !letter.IsRefused(err) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A group that was changed and then removed is gone: its earlier version does not come back.
func TestARemovedGroupDoesNotComeBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
		inForce := func() []citypack.Synonyms {
			t.Helper()
			items, err := s.CityItems(t.Context(), at, citypack.KindSynonyms)
			if err != nil {
				t.Fatal(err)
			}
			pack, err := citypack.FromItems(items)
			if err != nil {
				t.Fatal(err)
			}
			return pack.Search.Synonyms
		}
		for _, words := range [][]string{{"路灯", "街灯"}, {"路灯", "街灯", "照明灯"}} {
			if err := citypack.PutSynonyms(t.Context(), s, citypack.Synonyms{ID: "路灯", Words: words}, "weiran", at); err != nil {
				t.Fatal(err)
			}
			if got := inForce(); len(got) != 1 || !reflect.DeepEqual(got[0].Words, words) {
				t.Errorf("%+v, want %v", got, words)
			}
			at = at.Add(time.Minute)
		}
		if err := citypack.EndSynonyms(t.Context(), s, "路灯", "weiran", at); err != nil {
			t.Fatal(err)
		}
		if got := inForce(); len(got) != 0 {
			t.Errorf("removed and still %+v", got)
		}
		if err := citypack.EndSynonyms(t.Context(), s, "路灯", "weiran", at); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("removed twice: %v", err)
		}
		changes, err := s.CityChanges(t.Context(), citypack.KindSynonyms)
		if err != nil || len(changes) < 3 || changes[0].By != "weiran" {
			t.Errorf("%+v, %v", changes, err)
		}
	})
}
