package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A million letters must cost what a thousand cost: every key goes down the primary key, every letter is fetched by its number.
func TestLettersAlikeAreFoundWithoutAScan(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "huiyin.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	keys := plan(t, s, selectNear, nearArgs([]int64{1, 2, 3, 4, 5, 6}, time.UnixMilli(0), time.UnixMilli(9), 20))
	if n := strings.Count(keys, "SEARCH fingerprints USING PRIMARY KEY (mark=? AND at>? AND at<?)"); n != mostKeys || strings.Contains(keys, "SCAN fingerprints") {
		t.Errorf("%d keys go down the primary key:\n%s", n, keys)
	}
	c := &condition{}
	c.and(in(c, "number", []string{"1", "2"}))
	c.readable(Reader{Units: []string{"cgj"}, Own: "cgj"})
	letters := plan(t, s, selectAlike+c.where(), c.args)
	if !strings.Contains(letters, "SEARCH letters USING") || !strings.Contains(letters, "(number=?)") || strings.Contains(letters, "SCAN letters") {
		t.Errorf("letters are not fetched by their numbers:\n%s", letters)
	}
}

func plan(t *testing.T, s *Store, text string, args []any) string {
	t.Helper()
	rows, err := s.db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}
