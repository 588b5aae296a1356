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
	c := &condition{args: alikeArgs([]int64{1, 2, 3, 4, 5, 6}, time.UnixMilli(0), time.UnixMilli(9), 20)}
	c.readable(Reader{Units: []string{"cgj"}, Own: "cgj"})
	c.and(inTheOpen)
	rows, err := s.db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+selectAlike+c.where(), c.args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	byKey, byNumber := 0, 0
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(detail, "SEARCH fingerprints USING PRIMARY KEY (mark=? AND at>? AND at<?)"):
			byKey++
		case strings.HasPrefix(detail, "SEARCH letters USING") && strings.HasSuffix(detail, "(number=?)"):
			byNumber++
		case strings.HasPrefix(detail, "SCAN fingerprints"), strings.HasPrefix(detail, "SCAN letters"):
			t.Error(detail)
		}
	}
	if err := rows.Err(); err != nil || byKey != mostKeys || byNumber != 1 {
		t.Errorf("%d keys looked up, letters %d times: %v", byKey, byNumber, err)
	}
}
