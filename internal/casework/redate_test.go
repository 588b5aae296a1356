package casework_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/testhouse"
)

// redater is the house's own, or that of a replica beside it.
func (h *house) redater(me string) *casework.Redater {
	return &casework.Redater{Letters: h.Store, Progress: h.Store, City: h.Rules, Now: h.Clock, Me: me}
}

func (h *house) redate() casework.Redating {
	h.T.Helper()
	p, err := h.redater("here").Run(h.T.Context())
	must(h.T, err)
	return p
}

// moves are those of the letter's re-dating, which stands before the given place from the end.
func (h *house) moves(l *letter.Letter, fromEnd int) map[string]letter.Moved {
	h.T.Helper()
	e := l.Events[len(l.Events)-1-fromEnd]
	if e.Step != letter.Redating || e.Actor != letter.TimeActor {
		h.T.Fatalf("the event is %s by %s", e.Step, e.Actor)
	}
	f, err := e.PublicFacts()
	must(h.T, err)
	list := map[string]letter.Moved{}
	for _, m := range f.Moves {
		list[m.Clock] = m
	}
	return list
}

func (h *house) wantDue(l *letter.Letter, clock, date string) {
	h.T.Helper()
	c, _ := l.Clock(clock)
	if got := c.Due.In(h.City.Zone()).Format(time.DateOnly); got != date {
		h.T.Errorf("%s clock is due %s, want %s", clock, got, date)
	}
	if f := h.City.Clocks.Verify(l); len(f) != 0 {
		h.T.Error(f)
	}
}

// Five working days from Monday, 28 December 2026, with 2027 not announced, end on Monday, 4 January.
func (h *house) atYearEnd() { h.Now = day(h.T, "2026-12-28 10:00") }

func TestANoticeMovesDatesLaterWithBothInTheHistory(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		number := h.lamps()
		h.wantDue(h.Read(number), letter.SenderClock, "2027-01-04")
		h.Announce(testhouse.LongNewYear)
		if p := h.redate(); p.Looked != 1 || p.Moved != 1 || p.Failed != 0 || p.Done.IsZero() {
			t.Fatalf("%+v", p)
		}
		l := h.Read(number)
		h.wantDue(l, letter.SenderClock, "2027-01-07")
		m := h.moves(l, 0)[letter.SenderClock]
		if was, until := day(t, "2027-01-05 00:00").UnixMilli()-1, day(t, "2027-01-08 00:00").UnixMilli()-1; m.Was != was || m.Until != until || m.Calendar != h.City.Clocks.Calendar.Version() {
			t.Errorf("%+v, want %d and %d", m, was, until)
		}
		entries, err := l.Timeline()
		must(t, err)
		if last := entries[len(entries)-1]; last.Step != letter.Redating || last.Due.UnixMilli() != m.Until {
			t.Errorf("the sender reads %+v", last)
		}
		if p := h.redate(); !p.Started.IsZero() {
			t.Errorf("looked once more: %+v", p)
		}
	})
}

func TestANoticeNeverMovesADateEarlier(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		number := h.lamps()
		h.Announce(testhouse.WorkedNewYear)
		h.redate()
		l := h.Read(number)
		if m := h.moves(l, 0)[letter.SenderClock]; m.Until >= m.Was || m.Told().UnixMilli() != m.Was {
			t.Errorf("%+v", m)
		}
		h.take(number, handler, letter.Acceptance, casework.Input{})
		h.wantDue(h.Read(number), letter.SenderClock, "2027-01-04")
		h.Announce(testhouse.LongNewYear) // corrected: now it is later after all
		h.redate()
		h.wantDue(h.Read(number), letter.SenderClock, "2027-01-07")
	})
}

// Whoever takes a step before the re-dating comes around moves the date in the open.
func TestAStepBeforeTheRedatingMovesNoDateSilently(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		stepped, swept, merged := h.lamps(), h.lamps(), h.lamps()
		h.Announce(testhouse.LongNewYear)
		h.take(stepped, handler, letter.Acceptance, casework.Input{})
		h.Now = day(t, "2026-12-30 00:01")
		h.take(merged, handler, letter.Merge, casework.Input{Lead: stepped})
		h.sweep(h.Now) // accepts the second one
		for _, number := range []string{stepped, swept, merged} {
			l := h.Read(number)
			found := false
			for _, e := range l.Events {
				found = found || e.Step == letter.Redating
			}
			if !found {
				t.Errorf("%s moved silently", number)
			}
			h.wantDue(l, letter.SenderClock, "2027-01-07")
		}
		if p := h.redate(); p.Looked != 3 || p.Moved != 0 {
			t.Errorf("%+v", p)
		}
	})
}

func TestADateThatHasPassedIsNotMoved(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		number := h.lamps()
		h.Now = day(t, "2027-01-05 09:00")
		h.Announce(testhouse.LongNewYear)
		h.redate()
		h.take(number, handler, letter.Acceptance, casework.Input{})
		l := h.Read(number)
		h.wantDue(l, letter.SenderClock, "2027-01-04")
		if m := h.moves(l, 1)[letter.SenderClock]; !m.Past || m.Until <= m.Was {
			t.Errorf("%+v", m)
		}
		entries, err := l.Timeline()
		must(t, err)
		for _, e := range entries {
			if e.Step == letter.Redating {
				t.Errorf("the sender is told of a date that stays: %+v", e)
			}
		}
	})
}

// What is sealed is counted like everything else, and stays sealed.
func TestSealedLettersAreRedatedToo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		number := h.Submit(letter.Draft{Title: "举报城管局工作人员索要红包", Body: "城市管理局的执法人员多次向我索要红包，不给就说要没收摊位，我要举报。"})
		before := h.Read(number)
		h.Announce(testhouse.LongNewYear)
		h.redate()
		l := h.Read(number)
		h.moves(l, 0)
		if l.Guard == "" || l.Guard != before.Guard {
			t.Errorf("guard was %q, is %q", before.Guard, l.Guard)
		}
	})
}

// stopping is the store of a process that is killed after so many letters.
type stopping struct {
	casework.OpenLetters
	left int
	kill context.CancelFunc
}

func (s *stopping) Update(ctx context.Context, number string, change func(*letter.Letter) error) (*letter.Letter, error) {
	if s.left--; s.left < 0 {
		s.kill()
	}
	return s.OpenLetters.Update(ctx, number, change)
}

// unnoted is the progress of a process that is killed: nothing is written any more.
type unnoted struct {
	casework.Progress
	ctx context.Context
}

func (u unnoted) UpdateDocument(ctx context.Context, kind, id string, now time.Time, change func([]byte) ([]byte, error)) error {
	if u.ctx.Err() != nil {
		return u.ctx.Err()
	}
	return u.Progress.UpdateDocument(ctx, kind, id, now, change)
}

func TestAKilledRedatingGoesOnWhereItStopped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		const letters = 1_250
		h.many(letters)
		h.Announce(testhouse.LongNewYear)
		ctx, kill := context.WithCancel(t.Context())
		first := h.redater("first")
		first.Letters = &stopping{h.Store, 1_100, kill}
		first.Progress = unnoted{h.Store, ctx}
		if _, err := first.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("killed: %v", err)
		}
		if p, err := h.redater("second").Run(t.Context()); err != nil || !p.Started.IsZero() {
			t.Fatalf("the first one may still be at work: %+v, %v", p, err)
		}
		h.Now = h.Now.Add(time.Minute)
		p, err := h.redater("second").Run(t.Context())
		must(t, err)
		if p.Looked != letters || p.Moved >= letters || p.Moved < 1_000 || p.Done.IsZero() {
			t.Errorf("%+v", p)
		}
		h.eachOnce(letters)
	})
}

func TestTwoReplicasRedateOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		h.many(300)
		h.Announce(testhouse.LongNewYear)
		var at sync.WaitGroup
		looked := make([]int, 2)
		for i := range looked {
			at.Go(func() {
				p, err := h.redater(fmt.Sprint(i)).Run(t.Context())
				if err != nil {
					t.Error(err)
				}
				looked[i] = p.Looked
			})
		}
		at.Wait()
		if looked[0]+looked[1] != 300 || looked[0] != 0 && looked[1] != 0 {
			t.Errorf("they looked at %v letters", looked)
		}
		h.eachOnce(300)
	})
}

// A replica that has not read the newest rules yet must not bring letters back to the old ones.
func TestAReplicaWithOldRulesLeavesRedatingAlone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		number := h.lamps()
		old := h.redater("old")
		rules := h.Rules()
		old.City = func() casework.City { return rules }
		h.Announce(testhouse.LongNewYear)
		h.redate()
		p, err := old.Run(t.Context())
		must(t, err)
		if l := h.Read(number); !p.Started.IsZero() || l.Events[len(l.Events)-2].Step == letter.Redating {
			t.Errorf("%+v", p)
		}
	})
}

// refusing is the store with one letter that cannot be changed.
type refusing struct {
	casework.OpenLetters
	number string
}

func (r refusing) Update(ctx context.Context, number string, change func(*letter.Letter) error) (*letter.Letter, error) {
	if number == r.number {
		return nil, errBroken
	}
	return r.OpenLetters.Update(ctx, number, change)
}

func TestALetterThatCannotBeWrittenDoesNotHoldUpTheOthers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		broken, rest := h.lamps(), h.lamps()
		h.Announce(testhouse.LongNewYear)
		r := h.redater("here")
		r.Letters = refusing{h.Store, broken}
		p, err := r.Run(t.Context())
		must(t, err)
		if p.Failed != 1 || p.Moved != 1 || p.Done.IsZero() {
			t.Errorf("%+v", p)
		}
		h.wantDue(h.Read(rest), letter.SenderClock, "2027-01-07")
	})
}

// many are open letters that need no words, made without the router.
func (h *house) many(n int) {
	h.T.Helper()
	for i := range n {
		l := &letter.Letter{Number: letter.NewNumber(h.Now, i+1), Key: make([]byte, 32), Kind: letter.Complaint, Title: "路灯", Body: "路灯不亮",
			Channel: letter.Web, Received: h.Now.UTC()}
		must(h.T, l.Record(letter.Submission, letter.SenderActor, h.Now, letter.Facts{Digest: l.Digest()}, letter.Facts{}))
		must(h.T, l.Record(letter.Assignment, letter.RouterActor, h.Now, letter.Facts{Unit: "cgj-sz"}, letter.Facts{}))
		l.Clocks = h.City.Clocks.Clocks(l)
		must(h.T, h.Store.Insert(h.T.Context(), l, nil))
	}
}

// eachOnce asks that every letter was re-dated exactly once and that verify finds nothing.
func (h *house) eachOnce(n int) {
	h.T.Helper()
	err := h.Store.EachLetter(h.T.Context(), func(l *letter.Letter, row letter.Kept) error {
		n--
		times := 0
		for _, e := range l.Events {
			if e.Step == letter.Redating {
				times++
			}
		}
		if faults := append(l.Verify(row), h.City.Clocks.Verify(l)...); times != 1 || len(faults) != 0 {
			h.T.Errorf("%s was re-dated %d times, %v", l.Number, times, faults)
		}
		return nil
	})
	must(h.T, err)
	if n != 0 {
		h.T.Errorf("%d letters are missing", n)
	}
}
