package casework_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

func day(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04 -0700", s+" +0800")
	must(t, err)
	return at
}

// rungs lists what time did to a letter, with the city's date and hour.
func rungs(t *testing.T, l *letter.Letter) string {
	t.Helper()
	var list []string
	for _, e := range l.Events {
		if e.Actor.Party != letter.ByTime {
			continue
		}
		f, err := e.PublicFacts()
		must(t, err)
		what := string(e.Step)
		if e.Step == letter.Rung {
			what = f.Clock + "/" + f.Rung
		}
		list = append(list, what+" "+e.At.In(time.FixedZone("", 8*3600)).Format("01-02 15:04"))
	}
	return strings.Join(list, ", ")
}

// The sweep writes each rung once and stamps it with its own moment, not with
// that of the sweep; acceptance is automatic when its limit passes.
func TestTheSweepPlaysEachRungOnceAtItsMoment(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.lamps()
		if n := h.sweep(day(t, "2026-11-24 23:00")); n != 0 {
			t.Fatalf("%d events before anything was due", n)
		}
		late := day(t, "2026-12-02 08:00")
		h.sweep(late)
		want := "acceptance 11-24 23:59, unit/half 11-26 12:00, sender/reminder 11-27 23:59, unit/reminder 11-27 23:59, " +
			"sender/overdue 11-30 23:59, unit/overdue 11-30 23:59, sender/supervision 12-01 23:59, unit/supervision 12-01 23:59"
		l := h.Read(number)
		if got := rungs(t, l); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if l.State != letter.Handling || !l.AcceptedAt.Equal(day(t, "2026-11-24 23:59").Add(time.Minute-time.Millisecond)) {
			t.Errorf("%s, accepted %s", l.State, l.AcceptedAt)
		}
		if n := h.sweep(late); n != 0 {
			t.Errorf("a second sweep wrote %d events", n)
		}
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}

func TestAnAnsweredLetterIsClosedByTime(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		reviewed, told := h.lamps(), h.unclear()
		h.answered(reviewed)
		h.take(told, dispatcher, letter.DirectAnswer, casework.Input{Text: "请打 12345。"})
		h.sweep(day(t, "2026-12-30 08:00"))
		for _, number := range []string{reviewed, told} {
			if l := h.Read(number); l.State != letter.Closed || rungs(t, l) != "closure 11-30 23:59" {
				t.Errorf("%s: %s", l.State, rungs(t, l))
			}
		}
	})
}

// A sender who never answers pauses his letter up to the cap only: then it goes
// on where it was, and is late when the rest of its limit has passed.
func TestALetterWhoseSenderNeverAnswersGoesOn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.lamps()
		h.take(number, handler, letter.Acceptance, casework.Input{})
		h.Now = day(t, "2026-11-24 11:00")
		asked := h.take(number, handler, letter.SupplementRequest, casework.Input{Text: "请问是哪一段？"})
		promised, _ := asked.Clock(letter.SenderClock)
		h.sweep(day(t, "2026-12-08 12:00"))
		if l := h.Read(number); l.State != letter.AwaitingSender {
			t.Fatalf("%s before the cap", l.State)
		}
		h.sweep(day(t, "2026-12-09 08:00"))
		l := h.Read(number)
		if l.State != letter.Handling || rungs(t, l) != "supplement 12-08 23:59" {
			t.Fatalf("%s: %s", l.State, rungs(t, l))
		}
		if c, _ := l.Clock(letter.SenderClock); !c.Due.Equal(promised.Due) || !c.PausedSince.IsZero() {
			t.Errorf("due %s, was %s; paused since %s", c.Due, promised.Due, c.PausedSince)
		}
		h.take(number, handler, letter.DraftReply, casework.Input{Text: "全路段已检修。"})
		h.sweep(day(t, "2026-12-16 08:00"))
		if got := rungs(t, h.Read(number)); !strings.Contains(got, "sender/overdue 12-14 23:59") {
			t.Errorf("never late: %s", got)
		}
		if f := h.City.Clocks.Verify(h.Read(number)); len(f) != 0 {
			t.Error(f)
		}
	})
}

// A rung that cannot be written must not keep the others from being written.
func TestOneFailingLetterDoesNotHoldUpTheOthers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		first, rest := h.lamps(), h.lamps()
		h.Casework.Letters = failing{h.Store, first}
		n, err := h.Casework.Sweep(t.Context(), day(t, "2026-11-25 08:00"))
		if err == nil || !strings.Contains(err.Error(), first) || !errors.Is(err, errBroken) {
			t.Errorf("the failure is not told: %v", err)
		}
		if n != 1 || h.Read(rest).State != letter.Handling || h.Read(first).State != letter.Assigned {
			t.Errorf("%d events; %s and %s", n, h.Read(first).State, h.Read(rest).State)
		}
	})
}

var errBroken = errors.New("broken")

// failing is the store with one letter that cannot be changed.
type failing struct {
	casework.Letters
	number string
}

func (f failing) UpdateMany(ctx context.Context, numbers []string, change func(*letter.Letter) error) map[string]error {
	failed := f.Letters.UpdateMany(ctx, slices.DeleteFunc(slices.Clone(numbers), func(n string) bool { return n == f.number }), change)
	if slices.Contains(numbers, f.number) {
		failed[f.number] = errBroken
	}
	return failed
}

// An answer that is signed late, before the sweep comes, still has behind it what
// it was late for; and whoever signs for a letter after its limit finds it accepted.
func TestAStepComesAfterWhatTimeHasDone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		late, signed, lead, member := h.lamps(), h.lamps(), h.lamps(), h.lamps()
		for _, number := range []string{late, lead, member} {
			h.inReview(number)
		}
		h.Now = day(t, "2026-12-02 09:00")
		h.take(late, reviewer, letter.Approval, casework.Input{})
		want := "review/due 11-24 23:59, unit/half 11-26 12:00, sender/reminder 11-27 23:59, unit/reminder 11-27 23:59, sender/overdue 11-30 23:59, " +
			"unit/overdue 11-30 23:59, sender/supervision 12-01 23:59, unit/supervision 12-01 23:59"
		if got := rungs(t, h.Read(late)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		h.refused(signed, "signed for by time", h.try(signed, handler, letter.Acceptance, casework.Input{}), letter.KindRefused)
		if l := h.Read(signed); len(l.Events) != 2 {
			t.Errorf("a refused step left %d events", len(l.Events))
		}
		h.take(member, dispatcher, letter.Merge, casework.Input{Lead: lead})
		h.take(lead, reviewer, letter.Approval, casework.Input{Members: true})
		for _, number := range []string{lead, member} {
			if l := h.Read(number); l.State != letter.Answered || rungs(t, l) != want {
				t.Errorf("%s: %s", l.State, rungs(t, l))
			}
		}
	})
}
