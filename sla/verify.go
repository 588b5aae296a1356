package sla

import (
	"fmt"

	"huiyin/internal/letter"
)

// Verify compares a letter's kept clocks with those its events give. Due
// moments are compared only where the clock was counted with this calendar and
// this limit: a new notice of the State Council and a changed policy move them
// lawfully.
func (r *Rules) Verify(l *letter.Letter) []letter.Fault {
	given := r.Clocks(l)
	fault := func(format string, args ...any) []letter.Fault {
		return []letter.Fault{{Number: l.Number, What: fmt.Sprintf(format, args...)}}
	}
	if len(given) != len(l.Clocks) {
		return fault("has %d clocks, its events give %d", len(l.Clocks), len(given))
	}
	for i, kept := range l.Clocks {
		g := given[i]
		same := kept.Name == g.Name && kept.Part == g.Part && kept.Unit == g.Unit && kept.Started.Equal(g.Started) &&
			kept.Stopped.Equal(g.Stopped) && kept.PausedSince.Equal(g.PausedSince)
		if same && kept.Calendar == g.Calendar && kept.Policy == g.Policy && kept.Amount == g.Amount && kept.Measure == g.Measure {
			same = kept.Due.Equal(g.Due) && kept.NextRung.Equal(g.NextRung)
		}
		if !same {
			return fault("clock %q is not what its events give", kept.Name)
		}
	}
	return nil
}
