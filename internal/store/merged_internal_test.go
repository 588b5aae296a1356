package store

import (
	"path/filepath"
	"strings"
	"testing"

	"huiyin/internal/letter"
)

// Members are found through their index for every reader: neither the archive nor the open letters are read for them.
func TestMembersAreFoundByTheirIndex(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "huiyin.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, reader := range map[string]Reader{
		"dispatcher": {All: true, Own: "zwfw", Guards: []string{letter.GuardMember("zhouping"), letter.GuardUnit("zwfw")}},
		"handler":    {Units: []string{"cgj", "cgj-sz"}, Own: "cgj", Guards: []string{letter.GuardMember("lina"), letter.GuardUnit("cgj")}},
	} {
		c := &condition{}
		c.readable(reader)
		c.filter(Filter{Merged: "26112300000015", Order: ByNewest})
		plan := planOf(t, s, selectList+c.where()+" ORDER BY "+orders[ByNewest]+" LIMIT 100", c.args...)
		if !strings.Contains(plan, "letters USING INDEX letters_merged") {
			t.Errorf("%s: %s", name, plan)
		}
	}
	if plan := planOf(t, s, "SELECT COUNT(*) FROM letters WHERE "+isMember, "26112300000015"); !strings.Contains(plan, "letters_merged") {
		t.Error(plan)
	}
}

func planOf(t *testing.T, s *Store, text string, args ...any) string {
	t.Helper()
	rows, err := s.db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "\n")
}
