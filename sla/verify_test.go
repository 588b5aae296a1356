package sla

import (
	"testing"
	"time"

	"huiyin/internal/letter"
)

// A clock that was put off is named; one that was counted with the limit of an
// earlier policy is not, because that policy lawfully moved.
func TestVerifyNamesAClockPutOffAndNoneOfAnEarlierPolicy(t *testing.T) {
	r := demoRules(t)
	s := written(t, "2026-11-23 10:00", letter.Complaint)
	s.assigned("2026-11-23 10:00", "cgj")
	kept := func(change func([]letter.Clock)) []letter.Fault {
		s.l.Clocks = r.Clocks(s.l)
		if change != nil {
			change(s.l.Clocks)
		}
		return r.Verify(s.l)
	}
	if f := kept(nil); len(f) != 0 {
		t.Errorf("as computed: %v", f)
	}
	for what, change := range map[string]func([]letter.Clock){
		"put off":       func(c []letter.Clock) { c[0].Due = c[0].Due.Add(24 * time.Hour) },
		"a rung lost":   func(c []letter.Clock) { c[1].NextRung = time.Time{} },
		"stopped":       func(c []letter.Clock) { c[1].Stopped = c[1].Started },
		"another unit":  func(c []letter.Clock) { c[1].Unit = "zjj" },
		"started later": func(c []letter.Clock) { c[0].Started = c[0].Started.Add(time.Hour) },
	} {
		if f := kept(change); len(f) != 1 {
			t.Errorf("%s: %v", what, f)
		}
	}
	s.l.Clocks = r.Clocks(s.l)
	for name, limit := range r.Policies[0].Limits {
		limit.Amount += 2
		r.Policies[0].Limits[name] = limit
	}
	if f := r.Verify(s.l); len(f) != 0 {
		t.Errorf("after the policy gave more days: %v", f)
	}
}
