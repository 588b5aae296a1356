package casework

import (
	"time"

	"huiyin/internal/letter"
	"huiyin/sla"
)

// current brings a letter to the city's rules before a step is taken with them.
func current(l *letter.Letter, city City, now time.Time) (moved bool, err error) {
	return renew(l, city.Clocks.Course(l), now)
}

// renew records which due moments the rules move, as an event of its own: no step
// moves a date silently.
func renew(l *letter.Letter, course *sla.Course, now time.Time) (moved bool, err error) {
	f := course.Redating(now)
	moved = len(f.Moves) > 0
	if moved {
		err = l.Record(letter.Redating, letter.TimeActor, now, f, letter.Facts{})
	}
	l.Clocks = course.Clocks()
	return moved, err
}
