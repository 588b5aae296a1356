package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// What only a synonym of the city finds is found with --city and not without.
func TestSearchIsMeasuredWithTheCitysWords(t *testing.T) {
	h := houseAt(t, filepath.Join(t.TempDir(), "huiyin.db"))
	dir := t.TempDir()
	for name, text := range map[string]string{
		"queries.txt": "# 同义词\n的士 = 1\n",
		"letters.txt": "1\n出租车拒载\n火车站的出租车拒载。\n已批评教育。\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found := func(more ...string) float64 {
		t.Helper()
		args := append([]string{"search", "eval", filepath.Join(dir, "queries.txt"), "--letters", filepath.Join(dir, "letters.txt"), "--json"}, more...)
		out, code := h.run(t, args...)
		var answer struct {
			Measures []struct {
				Found float64 `json:"found10"`
			}
		}
		if code != 0 || json.Unmarshal([]byte(out), &answer) != nil || len(answer.Measures) != 1 {
			t.Fatalf("exit %d: %s", code, out)
		}
		return answer.Measures[0].Found
	}
	if without, with := found(), found("--city"); without != 0 || with != 1 {
		t.Errorf("found %.0f without the city's words and %.0f with them", without, with)
	}
}
