package meili_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"huiyin/internal/segment"
	"huiyin/search"
	"huiyin/search/meili"
	"huiyin/search/meili/meilitest"
	"huiyin/search/searchtest"
)

// cityWords are words a city would add to the dictionary.
var cityWords = []string{"公租房", "住建局", "加装电梯", "占道经营", "充电桩"}

// dictionaries is where the segmenter unpacks.
var dictionaries string

func TestMain(m *testing.M) {
	var err error
	if dictionaries, err = os.MkdirTemp("", "meili"); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	code := m.Run()
	if err := os.RemoveAll(dictionaries); err != nil {
		fmt.Println(err)
		code = 1
	}
	os.Exit(code)
}

// cut gives one segmenter whatever the words, because loading takes most of a second and no test here asks how it cuts.
func cut([]string) (*segment.Segmenter, error) { return segment.Open(dictionaries, cityWords) }

func TestMeiliIsAnIndex(t *testing.T) {
	searchtest.Run(t, func(t *testing.T) search.Index { return open(t, meilitest.Start(t)) })
}

// The same rules on a real server: MEILI_TEST_URL=http://127.0.0.1:7700 MEILI_TEST_KEY=… with a key that may do all.
// Every rule removes the indexes letters and letters_next there.
func TestRealServerIsAnIndex(t *testing.T) {
	url := os.Getenv("MEILI_TEST_URL")
	if url == "" {
		t.Skip("MEILI_TEST_URL is not set: the client was tried against a strict fake only, not against a real Meilisearch")
	}
	access := meili.Access{Host: url, SearchKey: os.Getenv("MEILI_TEST_KEY"), WriteKey: os.Getenv("MEILI_TEST_KEY")}
	searchtest.Run(t, func(t *testing.T) search.Index {
		if err := meili.Remove(t.Context(), access); err != nil {
			t.Fatal(err)
		}
		return openAt(t, access)
	})
}

func access(s *meilitest.Server) meili.Access {
	return meili.Access{Host: s.URL(), SearchKey: meilitest.SearchKey, WriteKey: meilitest.WriteKey}
}

func open(t testing.TB, s *meilitest.Server) *meili.Index {
	t.Helper()
	return openAt(t, access(s))
}

func openAt(t testing.TB, a meili.Access) *meili.Index {
	t.Helper()
	index, err := meili.Open(context.Background(), a, meili.Options{Cut: cut, Words: cityWords})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return index
}

func day(d int) time.Time { return time.Date(2026, 3, d, 4, 0, 0, 0, time.UTC) }
