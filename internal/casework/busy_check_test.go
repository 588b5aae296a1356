package casework_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
)

// try takes the step for real and compares the outcome and all dates with the model's.
func (w *town) try(f *followed, before *life, d deed, s *store.Store) {
	l, err := w.do(f, before, d, s)
	w.count(d)
	switch {
	case d.refused && !refusal(err):
		w.T.Errorf("%s: %s at %s should be refused: %v\n%s\n%s", f.number, d.step, stamp(d.at), err, before, strings.Join(before.events, "\n"))
	case !d.refused && err != nil:
		w.T.Errorf("%s: %s at %s: %v\n%s\n%s", f.number, d.step, stamp(d.at), err, before, strings.Join(before.events, "\n"))
	case !d.refused:
		w.same(f, fmt.Sprintf("%s at %s", d.step, stamp(d.at)), d.dates, datesOf(l))
		if l.State == letter.Answered && before.state != letter.Answered {
			w.same(f, "figures", []string{f.life.figures(d.at)}, []string{fmt.Sprint(stamp(l.Figures.DueAt), l.Figures.Late, l.Figures.WorkingMinutes)})
		}
	}
}

func (w *town) count(d deed) {
	w.Lock()
	defer w.Unlock()
	if d.refused {
		w.refused[d.step]++
	} else {
		w.done[d.step]++
	}
}

// refusal: a person is told no, for whatever reason.
func refusal(err error) bool {
	var told *letter.Error
	return errors.As(err, &told) && !letter.IsKind(err, letter.KindUnavailable)
}

var senders = []letter.Step{letter.Rating, letter.Supplement, letter.Withdrawal, letter.RefusalObjection}

// do takes the step; where there are two replicas now and then with both at once,
// and one of them must be refused.
func (w *town) do(f *followed, before *life, d deed, s *store.Store) (*letter.Letter, error) {
	again := d.step != letter.DraftReply && d.step != letter.InterimReply && d.step != letter.Withholding && !d.refused
	if len(w.replicas) == 1 || !again || f.r.IntN(8) > 0 {
		return w.ask(f, before, d, s)
	}
	letters, errs := make([]*letter.Letter, 2), make([]error, 2)
	var both sync.WaitGroup
	for i, s := range w.replicas {
		both.Go(func() { letters[i], errs[i] = w.ask(f, before, d, s) })
	}
	both.Wait()
	if errs[0] == nil {
		letters[0], errs[0], letters[1], errs[1] = letters[1], errs[1], letters[0], errs[0]
	}
	if !refusal(errs[0]) {
		w.T.Errorf("%s: %s at %s on both replicas: %v, %v", f.number, d.step, stamp(d.at), errs[0], errs[1])
	}
	return letters[1], errs[1]
}

func (w *town) ask(f *followed, before *life, d deed, s *store.Store) (*letter.Letter, error) {
	house := w.casework(s, d.at)
	if slices.Contains(senders, d.step) {
		return house.SenderSteps()[d.step](w.T.Context(), f.number, d.in)
	}
	return house.Take(w.T.Context(), f.number, d.step, w.who(before, d.step), d.in)
}

// who takes a step: one of those who may.
func (w *town) who(l *life, step letter.Step) staff.Member {
	avoid := w.City.Cast(letter.DraftReply, l.unit, "", "").Login
	switch {
	case step == letter.RefusalApproval:
		avoid = dispatcher
	case step == letter.SupplementRequest && l.unit == "":
		return w.Member(dispatcher)
	}
	return w.City.Cast(step, l.unit, "", avoid)
}

func (w *town) same(f *followed, when string, want, got []string) {
	if !slices.Equal(want, got) {
		w.T.Errorf("%s, %s: %s\nwant %s\ngot  %s\n%s", f.number, when, f.life, strings.Join(want, "\n     "), strings.Join(got, "\n     "), strings.Join(f.life.events, "\n"))
	}
}

func datesOf(l *letter.Letter) (list []string) {
	for _, c := range l.Clocks {
		list = append(list, dateLine(c.Name, c.Unit, c.Started, c.Due, c.Stopped, c.PausedSince, c.Provisional))
	}
	return list
}

// compare asks that every letter has the events that the model gives, none else and
// none twice, with the dates kept, and that verify finds nothing.
func (w *town) compare(t *testing.T) {
	byNumber := map[string]*followed{}
	for _, f := range w.letters {
		byNumber[f.number] = f
	}
	total, byTime := 0, map[letter.Step]int{}
	must(t, w.Store.EachLetter(context.Background(), func(l *letter.Letter, row letter.Kept) error {
		f := byNumber[l.Number]
		delete(byNumber, l.Number)
		var got []string
		for _, e := range l.Events {
			got = append(got, eventLine(e))
			if e.Actor.Party == letter.ByTime {
				byTime[e.Step]++
			}
		}
		total += len(got)
		want := slices.Clone(f.life.events)
		slices.Sort(want)
		slices.Sort(got)
		w.same(f, "events at the end", want, got)
		w.same(f, "dates at the end", f.life.dates(), datesOf(l))
		if faults := append(l.Verify(row), w.City.Clocks.Verify(l)...); len(faults) > 0 {
			t.Error(faults)
		}
		return nil
	}))
	if len(byNumber) > 0 {
		t.Errorf("%d letters are missing", len(byNumber))
	}
	for step := range states {
		if w.done[step] == 0 {
			t.Errorf("nobody took the step %s", step)
		}
	}
	for _, step := range []letter.Step{letter.Objection, letter.ExtensionRequest, letter.ExtensionApproval} {
		if w.refused[step] == 0 {
			t.Errorf("no %s was refused", step)
		}
	}
	t.Logf("seed %d, %d letters, %d events; by people %v; refused %v; by time %v", w.seed, len(w.letters), total, w.done, w.refused, byTime)
}

func eventLine(e letter.Event) string {
	f, err := e.PublicFacts()
	if err != nil {
		return err.Error()
	}
	what := string(e.Step)
	switch e.Step {
	case letter.Assignment:
		what += " " + f.Unit
	case letter.ExtensionRequest, letter.ExtensionApproval:
		what += " " + stamp(time.UnixMilli(f.Until))
	case letter.Rung:
		what += fmt.Sprintf(" %s/%s %s", f.Clock, f.Rung, f.Unit)
	case letter.Redating:
		var moves []string
		for _, m := range f.Moves {
			past := ""
			if m.Past {
				past = " past"
			}
			moves = append(moves, fmt.Sprintf("%s %s→%s%s", m.Clock, stamp(time.UnixMilli(m.Was)), stamp(time.UnixMilli(m.Until)), past))
		}
		what += " " + strings.Join(moves, ", ")
	}
	if e.Actor.Party == letter.ByTime {
		what += " by time"
	}
	return stamp(e.At) + " " + what
}
