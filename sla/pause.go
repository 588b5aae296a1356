package sla

import (
	"sort"
	"time"

	"huiyin/internal/letter"
)

// Break is a pause of a clock, from one moment up to another (which runs
// again). Why is a Chinese fragment for the explanation; empty says 暂停计算.
//
// A limit in days leaves out the days that lie wholly in breaks, from midnight
// to midnight in the city's zone: a clock paused on Monday noon and running
// again on Wednesday noon loses Tuesday. A limit in hours leaves out every
// paused instant. A break without end, or whose end is not after its beginning,
// is left out.
type Break struct {
	From, Until time.Time
	Why         string

	limit string         // name of the limit that caps it
	of    *letter.Letter // as it was then: a kind corrected afterwards does not cap what is over
}

// capOf names the limit that caps the pause that a step begins.
var capOf = map[letter.Step]string{letter.SupplementRequest: SupplementLimit, letter.Suspension: SuspensionLimit}

// whyRests says why a step stops the clocks: it waits for the sender, or for what
// the law names.
func whyRests(step letter.Step, f letter.Facts) string {
	if step == letter.Suspension {
		return letter.SuspensionWord(f.Reason) + "，" + whyPaused
	}
	return whyAwaiting
}

// merged gives the breaks in order, those that touch made one.
func merged(breaks []Break) []Break {
	if len(breaks) == 0 {
		return nil
	}
	list := make([]Break, 0, len(breaks))
	for _, b := range breaks {
		if b.Until.After(b.From) {
			list = append(list, b)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].From.Before(list[j].From) })
	out := list[:0]
	for _, b := range list {
		if n := len(out); n > 0 && !b.From.After(out[n-1].Until) {
			out[n-1].Until = later(out[n-1].Until, b.Until)
			continue
		}
		out = append(out, b)
	}
	return out
}

// rest is a run of wholly paused days, both included.
type rest struct {
	from, to day
	why      string
}

func (c *Calendar) rests(breaks []Break) []rest {
	var list []rest
	for _, b := range merged(breaks) {
		from := c.day(b.From)
		if b.From.After(c.midnight(from)) {
			from++
		}
		if to := c.day(b.Until) - 1; to >= from {
			list = append(list, rest{from, to, b.Why})
		}
	}
	return list
}

// tally counts days: working days, or all; paused ones never.
type tally struct {
	cal     *Calendar
	working bool
	rests   []rest
}

// nth is the n-th counted day after start.
func (t tally) nth(start day, n int) day {
	d := t.step(start, n)
	for _, r := range t.rests {
		if r.to <= start {
			continue
		}
		from := max(r.from, start+1)
		if from > d {
			break
		}
		n += t.between(from-1, r.to)
		d = t.step(start, n)
	}
	return d
}

func (t tally) step(start day, n int) day {
	if t.working {
		return t.cal.nth(t.cal.worked(start) + n)
	}
	return start + day(n)
}

// between counts after one day up to another, paused or not.
func (t tally) between(after, to day) int {
	if t.working {
		return t.cal.worked(to) - t.cal.worked(after)
	}
	return int(to - after)
}

func (t tally) paused(d day) (rest, bool) {
	for _, r := range t.rests {
		if r.from <= d && d <= r.to {
			return r, true
		}
	}
	return rest{}, false
}

// roll moves a period that ends on a day off to the next working day
// (民法典第二百零三条).
func (t tally) roll(d day) day {
	if t.cal.works(d) {
		return d
	}
	return tally{t.cal, true, t.rests}.nth(d, 1)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
