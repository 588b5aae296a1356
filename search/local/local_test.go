package local_test

import (
	"fmt"
	"os"
	"testing"

	"huiyin/internal/segment"
	"huiyin/search"
	"huiyin/search/local"
	"huiyin/search/searchtest"
)

// cityWords are words a city would add to the dictionary.
var cityWords = []string{"公租房", "住建局", "加装电梯", "占道经营", "充电桩"}

// cut is the one segmenter of these tests: loading takes most of a second.
var cut *segment.Segmenter

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "search")
	if err == nil {
		cut, err = segment.Open(dir, cityWords)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		fmt.Println(err)
		code = 1
	}
	os.Exit(code)
}

func TestLocalIsAnIndex(t *testing.T) {
	fresh := func(t *testing.T) search.Index { return open(t, t.TempDir()) }
	searchtest.Run(t, fresh)
	searchtest.RunRanked(t, fresh)
	searchtest.RunTyped(t, fresh)
}

func open(t testing.TB, dir string) *local.Index {
	t.Helper()
	index, err := local.Open(dir, cut, cityWords...)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return index
}
