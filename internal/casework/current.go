package casework

import (
	"slices"
	"time"

	"huiyin/internal/letter"
)

// current brings a letter to the city's rules before a step is taken with them. A
// due moment that they move is an event of its own: no step moves a date silently.
// What runs on after the answer was told to nobody and follows the rules.
func current(l *letter.Letter, city City, now time.Time) (changed bool, err error) {
	if l.State.Open() {
		if f := city.Clocks.Redating(l, now); len(f.Moves) > 0 {
			changed = true
			if err := l.Record(letter.Redating, letter.TimeActor, now, f, letter.Facts{}); err != nil {
				return false, err
			}
		}
	}
	clocks := city.Clocks.Keep(l)
	changed = changed || !slices.EqualFunc(clocks, l.Clocks, letter.Clock.Same)
	l.Clocks = clocks
	return changed, nil
}
