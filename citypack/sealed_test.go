package citypack_test

import (
	"slices"
	"strings"
	"testing"

	"huiyin/citypack"
	"huiyin/internal/staff"
)

// A pack in which a sealed or urgent letter would find nobody is refused.
func TestAPackNeedsPeopleForLettersNobodyElseMayRead(t *testing.T) {
	cases := []struct {
		says    string
		without func(staff.Member) bool
	}{
		{"discipline_member", func(m staff.Member) bool { return m.Login == "jiangtao" }},
		{"discipline_unit", func(m staff.Member) bool { return m.Unit == "jwjw" && m.Has(staff.Reviewer) }},
		{"discipline_unit", func(m staff.Member) bool { return m.Login == "gaoyuan" }},
		{"duty officer", func(m staff.Member) bool { return m.Has(staff.Duty) }},
	}
	for _, c := range cases {
		pack, err := citypack.Demo()
		if err != nil {
			t.Fatal(err)
		}
		pack.City.Columns = nil // they name people of their own
		pack.Staff = slices.DeleteFunc(pack.Staff, c.without)
		if err := pack.Check(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("without them: %v, want %q", err, c.says)
		}
	}
}
