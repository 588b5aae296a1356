package store

import (
	"path/filepath"
	"strings"
	"testing"
)

// Requests for more time are found through their index, not by reading the open letters.
func TestRequestsForMoreTimeAreFoundByTheirIndex(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "huiyin.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, reader := range []Reader{{All: true, Own: "zfb"}, {All: true, Own: "zfb", Guards: []string{"member:luoming", "unit:zfb"}}} {
		c := &condition{}
		c.readable(reader)
		c.filter(ExtensionQueue())
		plan := planOf(t, s, selectList+c.where()+" ORDER BY "+orders[ByDue]+" LIMIT 25", c.args...)
		if !strings.Contains(plan, "clocks_extension") || strings.Contains(plan, "letters_open") {
			t.Error(plan)
		}
	}
}
