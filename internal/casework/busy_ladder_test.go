package casework_test

import (
	"fmt"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// rung is a moment of a watch at which time does something.
type rung struct {
	name string
	at   time.Time
}

// used is when so many percent of a limit are used up; a day is used up evenly.
func (l *life) used(w *watch, percent int) time.Time {
	limit, spans := l.limits[w.name], l.spans(w)
	if limit.in == inHours {
		return run(w.started, time.Duration(limit.n)*time.Hour*time.Duration(percent)/100, spans)
	}
	n := limit.n * percent
	if n%100 == 0 {
		return l.after(dateOf(w.started), n/100, limit.in, spans).end()
	}
	return l.after(dateOf(w.started), n/100+1, limit.in, spans).begin().Add(24 * time.Hour * time.Duration(n%100) / 100)
}

// ladder are the rungs of domain.md 2.8 no. 9 on the two watches that they belong to.
func (l *life) ladder(w *watch) []rung {
	due, spans := l.dueOf(w), l.spans(w)
	used := func(percent int) time.Time { return l.used(w, percent) }
	odd := l.limits[w.name].in == inHours
	if !w.external.IsZero() { // the share of all time up to the deadline
		odd, used = false, func(percent int) time.Time {
			return w.started.Add(due.Sub(w.started) / 100 * time.Duration(percent)).Truncate(time.Millisecond)
		}
	}
	reminder := l.almanac.before(dateOf(due)).end()
	if odd || reminder.Before(used(50)) {
		reminder = used(80)
	}
	list := []rung{{"reminder", reminder}, {"overdue", due}, {"supervision", l.after(dateOf(due), 1, workingDays, spans).end()}}
	if w.name == letter.UnitClock {
		return append([]rung{{"half", used(50)}}, list...)
	}
	return append(list, rung{"leaders", l.after(dateOf(due), 5, workingDays, spans).end()})
}

// rungs are those of a watch that time can act upon in the letter's state.
func (l *life) rungs(w *watch) []rung {
	due := []rung{{"due", l.dueOf(w)}}
	switch w.name {
	case "sender", "unit":
		if l.state.Open() {
			return l.ladder(w)
		}
		return nil
	case "acceptance":
		if l.state != letter.Assigned {
			return nil
		}
	case "follow-up":
		if l.state != letter.Answered {
			return nil
		}
	case "supplement", "suspension":
	case "objection-window": // nobody is late when it closes
		return nil
	case "interim-reply": // only where the answer takes longer
		if u := l.running("unit"); u == nil || !l.dueOf(w).Before(l.dueOf(u)) {
			return nil
		}
	default:
		if !l.state.Open() {
			return nil
		}
	}
	return due
}

// ripe is the oldest rung that is due by now, and was not passed before an extension.
func (l *life) ripe(now time.Time) (of *watch, oldest rung) {
	for _, w := range l.watches {
		if !w.running() || !l.pausedSince(w).IsZero() {
			continue
		}
		for _, r := range l.rungs(w) {
			if w.played[r.name] || r.at.After(now) || r.at.Before(w.renewed) {
				continue
			}
			if of == nil || r.at.Before(oldest.at) {
				of, oldest = w, r
			}
		}
	}
	return of, oldest
}

// play does what time does by now, the oldest first.
func (l *life) play(now time.Time) {
	for {
		w, r := l.ripe(now)
		if w == nil {
			return
		}
		switch w.name {
		case "acceptance":
			l.happened(r.at, "acceptance by time")
			l.accept(r.at)
		case "follow-up":
			l.happened(r.at, "closure by time")
			l.state = letter.Closed
			l.stop(r.at, "follow-up")
		case "supplement":
			l.happened(r.at, "supplement by time")
			l.supplemented(r.at)
		case "suspension":
			l.happened(r.at, "resumption by time")
			l.resumed(r.at)
		default:
			l.happened(r.at, "rung %s/%s %s by time", w.name, r.name, w.unit)
			w.played[r.name] = true
		}
		l.keep(r.at)
	}
}

// swept is what a sweep does to the letter: nothing, unless something is due.
func (l *life) swept(now time.Time, a *almanac) {
	if w, _ := l.ripe(now); w != nil {
		l.touched(now, a)
	}
}

// touched is what any step finds: dates of the present almanac, and done what is due.
func (l *life) touched(now time.Time, a *almanac) {
	l.redated(now, a)
	l.play(now)
}

// redated brings the letter to another almanac. A date that was told is not moved
// earlier, one that has passed not at all, and both values stay in the history
// (domain.md 2.8 no. 10).
func (l *life) redated(now time.Time, a *almanac) {
	if l.almanac != a {
		l.almanac = a
		l.moved(now)
	}
}

// moved compares dates with those that were told and holds on to the later ones.
func (l *life) moved(now time.Time) {
	var moves []string
	holds := []func(){}
	for _, w := range l.watches {
		due := l.dueOf(w)
		if !w.running() || due.Equal(w.due) || !l.state.Open() {
			continue
		}
		since := now
		if p := l.pausedSince(w); !p.IsZero() {
			since = p
		}
		past := ""
		if w.due.After(since) {
			holds = append(holds, func() { l.hold(w, now, due) })
		} else {
			past = " past"
			holds = append(holds, func() { w.fixed = w.due })
		}
		moves = append(moves, fmt.Sprintf("%s %s→%s%s", w.name, stamp(w.due), stamp(due), past))
	}
	for _, hold := range holds {
		hold()
	}
	if len(moves) > 0 {
		l.happened(now, "redating %s by time", strings.Join(moves, ", "))
	}
	l.keep(now)
}

// hold keeps a watch from being due before the date that was told. During a pause
// that date counts on the pause's whole cap, which is taken out of it.
func (l *life) hold(w *watch, now, due time.Time) {
	if due.After(w.due) {
		w.renewed, w.played = now, map[string]bool{}
	}
	w.told, w.toldAt = latest(w.due, due), now
	since := l.pausedSince(w)
	if since.IsZero() {
		return
	}
	spans, in := l.spans(w), l.limits[w.name].in
	if in == inHours {
		rest := w.told.Sub(since)
		for _, s := range spans {
			if from, until := latest(s.from, since), s.until; until.After(from) && from.Before(w.told) {
				rest -= until.Sub(from)
			}
		}
		w.told, w.toldAt = since.Add(rest), since
		return
	}
	n, last := 0, dateOf(w.told)
	for d := dateOf(since) + 1; d <= last; d++ {
		if (in == calendarDays || l.almanac.works(d)) && !whole(d, spans) {
			n++
		}
	}
	if in == workingDays && !l.almanac.works(last) {
		n++ // told for a day that is off by now: the next one that counts
	}
	w.told, w.toldAt = l.after(dateOf(since), n, in, nil).end(), since
}
