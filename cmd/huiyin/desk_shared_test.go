package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"huiyin/internal/live"
	"huiyin/internal/store/storetest"
)

// sharing is a filer that serves beside others.
func sharing(t *testing.T, url, redis, data string) *server {
	t.Helper()
	s := filer(t, url, data)
	s.config.Redis, s.config.Search = redis, "meilisearch+http://127.0.0.1:1"
	var err error
	if s.live, err = live.Open(t.Context(), redis); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.live.Close(); s.closeFiler(t) })
	if err := s.hear(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.run1(t)
	return s
}

// An event is delivered to one of several processes, and each of them finds the letter at the desk: told of it, or, when
// nothing was told, at its next look at what all have delivered.
func TestEveryProcessFilesWhatOneWasDelivered(t *testing.T) {
	redis := storetest.RedisURL(t, 9)
	url, first, second := storetest.PostgresURL(t), t.TempDir(), t.TempDir()
	one := sharing(t, url, redis, first)
	keys, err := os.ReadFile(filepath.Join(first, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(second, "keys"), keys, 0o600); err != nil {
		t.Fatal(err)
	}
	other := sharing(t, url, redis, second)

	told := one.writes(t, "湖滨路路灯不亮")
	one.delivered(t, true)
	for end := time.Now().Add(10 * time.Second); !slices.Contains(other.foundAll(t), told); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the other process was not told")
		}
		other.run1(t)
	}

	untold := one.writes(t, "湖滨路井盖松动")
	one.delivered(t, false)
	other.run1(t)
	if slices.Contains(other.foundAll(t), untold) {
		t.Fatal("found although nobody told: this test shows nothing")
	}
	other.filing.looked = time.Now().Add(-fileAgain - time.Second)
	other.run1(t)
	if !slices.Contains(other.foundAll(t), untold) {
		t.Error("not found after another look at what was delivered")
	}
}
