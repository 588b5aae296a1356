package casework_test

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"huiyin/internal/letter"
)

// life is a letter as the model sees it.
type life struct {
	matter
	almanac *almanac // of the last time that somebody touched the letter
	limits  map[string]measure

	state, back letter.State
	unit        string
	watches     []*watch
	pauses      []pause // in order; the last has no end while it lasts
	deadline    time.Time

	ruled, drafted, refuser, rated, public, withheld, contacted, admitted, objected bool

	asked    time.Time // of an extension that nobody has decided
	askedFor time.Time
	extended int

	events []string
}

// watch is a clock.
type watch struct {
	name, unit       string
	started, stopped time.Time
	external         time.Time // deadline of a higher level
	extended, until  time.Time // when an extension was approved, and to when
	told, toldAt     time.Time // a date that holds at least, and since when pauses put it off
	fixed            time.Time // a date that had passed before the rules changed
	renewed          time.Time // since when the ladder is climbed anew
	played           map[string]bool
	pauses           int // how many had ended before it started

	due         time.Time // as it was when the letter was last touched
	provisional bool
	settled     bool // it stopped with these
}

func (w *watch) running() bool { return w.stopped.IsZero() }

// pause stops every watch but the one that measures it.
type pause struct {
	from, until time.Time
	cap         measure
}

func (p pause) lasts() bool { return p.until.IsZero() }

func (l *life) resting() bool {
	return len(l.pauses) > 0 && l.pauses[len(l.pauses)-1].lasts()
}

func (l *life) clone() *life {
	c := *l
	c.pauses, c.events = slices.Clone(l.pauses), slices.Clone(l.events)
	c.watches = make([]*watch, len(l.watches))
	for i, w := range l.watches {
		copied := *w
		copied.played = maps.Clone(w.played)
		c.watches[i] = &copied
	}
	return &c
}

func (l *life) running(name string) *watch {
	for _, w := range l.watches {
		if w.name == name && w.running() {
			return w
		}
	}
	return nil
}

// neverPaused: what measures a pause is not paused by it, nor is a deadline from
// above by anything.
func (w *watch) neverPaused() bool {
	return w.name == "supplement" || w.name == "suspension" || !w.external.IsZero()
}

// pausedSince is zero for a watch that runs on.
func (l *life) pausedSince(w *watch) time.Time {
	if l.resting() && w.running() && !w.neverPaused() {
		return l.pauses[len(l.pauses)-1].from
	}
	return time.Time{}
}

// span is a stretch of time in which a watch stands still.
type span struct{ from, until time.Time }

// spans are the pauses of a watch. One lasts as long as its cap at most, and is
// expected to last so long while nobody knows its end; the last day of a cap is
// paused whole.
func (l *life) spans(w *watch) (list []span) {
	if w.neverPaused() {
		return nil
	}
	for _, p := range l.pauses[w.pauses:] {
		last := p.from.Add(time.Duration(p.cap.n) * time.Hour)
		if p.cap.in == workingDays {
			last = (l.almanac.next(dateOf(p.from), p.cap.n) + 1).begin()
		}
		if !p.lasts() && p.until.Before(last.Add(-time.Millisecond)) {
			last = p.until
		}
		list = append(list, span{p.from, last})
	}
	return list
}

// whole says whether the day lies in pauses from midnight to midnight.
func whole(d date, spans []span) bool {
	at := d.begin()
	for _, s := range spans {
		if !s.from.After(at) && s.until.After(at) {
			at = s.until
		}
	}
	return !at.Before((d + 1).begin())
}

// after is the n-th day after d that counts.
func (l *life) after(d date, n int, in byte, spans []span) date {
	for n > 0 {
		d++
		if (in == calendarDays || l.almanac.works(d)) && !whole(d, spans) {
			n--
		}
	}
	return d
}

// run is the moment after so much running time.
func run(at time.Time, left time.Duration, spans []span) time.Time {
	for _, s := range spans {
		if !s.from.Before(at.Add(left)) {
			break
		}
		if s.until.After(at) {
			left -= max(0, s.from.Sub(at))
			at = s.until
		}
	}
	return at.Add(left)
}

// counted is when the limit alone is over (domain.md 2.8 no. 1 to 5).
func (l *life) counted(w *watch) time.Time {
	limit, spans := l.limits[w.name], l.spans(w)
	if limit.in == inHours {
		return run(w.started, time.Duration(limit.n)*time.Hour, spans)
	}
	d := l.after(dateOf(w.started), limit.n, limit.in, spans)
	if !l.almanac.works(d) {
		d = l.after(d, 1, workingDays, spans) // 民法典第二百零三条
	}
	return d.end()
}

// dueOf is when the watch is over. A deadline from above holds whatever happens,
// an extension is a new date, a date that was told is never earlier.
func (l *life) dueOf(w *watch) time.Time {
	if !w.external.IsZero() {
		return latest(w.external, w.until)
	}
	due := w.fixed
	if due.IsZero() {
		if due = l.counted(w); !w.told.IsZero() {
			due = latest(due, l.putOff(w, w.toldAt, w.told))
		}
	}
	if !w.until.IsZero() {
		due = latest(due, l.putOff(w, w.extended, w.until))
	}
	return due
}

// putOff moves a date that was given by as many days as pauses take after it was given.
func (l *life) putOff(w *watch, given, until time.Time) time.Time {
	in, spans := l.limits[w.name].in, l.spans(w)
	if in == inHours {
		return run(given, until.Sub(given), spans)
	}
	n := 0
	for d := dateOf(given) + 1; d <= dateOf(until); d++ {
		if in == calendarDays || l.almanac.works(d) {
			n++
		}
	}
	return latest(until, l.after(dateOf(given), n, in, spans).end())
}

// provisional: a day counted lies in a year that is not announced.
func (l *life) provisional(w *watch, due time.Time) bool {
	first := dateOf(w.started)
	if l.limits[w.name].in != inHours {
		first++
	}
	return w.external.IsZero() && (!l.almanac.announced[first.year()] || !l.almanac.announced[dateOf(due).year()])
}

// keep notes the dates as they are after a step; a watch that has stopped keeps its own.
func (l *life) keep(at time.Time) {
	for _, w := range l.watches {
		if w.running() || w.stopped.Equal(at) && !w.settled {
			w.due = l.dueOf(w)
			w.provisional = l.provisional(w, w.due)
		}
	}
}

func (l *life) happened(at time.Time, what string, args ...any) {
	l.events = append(l.events, stamp(at)+" "+fmt.Sprintf(what, args...))
}

// stamp writes a moment as the city reads it, to the millisecond; "-" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Add(ahead).Format("2006-01-02 15:04:05.000")
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// figures are what an answer leaves: when it was due, whether it was late, and how
// many minutes of office hours it took, counted one by one.
func (l *life) figures(answered time.Time) string {
	w := l.watches[0]
	for _, v := range l.watches {
		if v.name == "sender" {
			w = v
		}
	}
	spans, n := l.spans(w), 0
	for at := w.started; at.Before(answered); at = at.Add(time.Minute) {
		if d := dateOf(at); office(at) && l.almanac.works(d) && !slices.ContainsFunc(spans, func(s span) bool { return !at.Before(s.from) && at.Before(s.until) }) {
			n++
		}
	}
	return fmt.Sprint(stamp(w.due), answered.After(w.due), n)
}

// office hours are from nine to twelve and from one to five.
func office(at time.Time) bool {
	h := at.Add(ahead).UTC().Hour()
	return h >= 9 && h < 12 || h >= 13 && h < 17
}

// dates lists every watch with its dates, as the letter's clocks are listed.
func (l *life) dates() (list []string) {
	for _, w := range l.watches {
		list = append(list, dateLine(w.name, w.unit, w.started, w.due, w.stopped, l.pausedSince(w), w.provisional))
	}
	return list
}

func dateLine(name, unit string, started, due, stopped, paused time.Time, provisional bool) string {
	line := fmt.Sprintf("%s %s from %s due %s stopped %s paused %s", name, unit, stamp(started), stamp(due), stamp(stopped), stamp(paused))
	if provisional {
		line += " provisional"
	}
	return line
}
