package casework

import (
	"time"

	"huiyin/internal/letter"
)

// current brings a letter to the city's rules before a step is taken with them. A
// due moment that they move is an event of its own: no step moves a date silently.
func current(l *letter.Letter, city City, now time.Time) (moved bool, err error) {
	f, clocks := city.Clocks.Redate(l, now)
	moved = len(f.Moves) > 0
	if moved {
		err = l.Record(letter.Redating, letter.TimeActor, now, f, letter.Facts{})
	}
	l.Clocks = clocks
	return moved, err
}
