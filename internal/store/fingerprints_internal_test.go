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
	c := &condition{args: askingArgs(mostAsked, []int64{1, 2, 3}, time.UnixMilli(0), time.UnixMilli(9))}
	c.readable(Reader{Units: []string{"cgj"}, Own: "cgj"})
	for name, steps := range map[string]string{
		"teachers": plan(t, s, teachersText, c.args[:teachersAsked+2]),
		"alike":    plan(t, s, alikeText+" AND "+strings.Join(c.parts, " AND "), c.args),
	} {
		keys := strings.Count(steps, "SEARCH fingerprints USING PRIMARY KEY (mark=? AND settled=? AND at>? AND at<?)")
		if keys < teachersAsked || strings.Contains(steps, "SCAN fingerprints") {
			t.Errorf("%s: %d keys go down the primary key:\n%s", name, keys, steps)
		}
		if !strings.Contains(steps, "SEARCH letters USING") || !strings.Contains(steps, "(number=?)") || strings.Contains(steps, "SCAN letters") {
			t.Errorf("%s: letters are not fetched by their numbers:\n%s", name, steps)
		}
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
