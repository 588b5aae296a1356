package casework_test

import (
	"context"
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
		if m := h.moves(h.Read(number), 0)[letter.SenderClock]; !m.Past || m.Until <= m.Was {
			t.Errorf("%+v", m)
		}
		h.take(number, handler, letter.DraftReply, casework.Input{Text: "已修好。"})
		l := h.Read(number)
		h.wantDue(l, letter.SenderClock, "2027-01-04")
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

// taking takes a letter in whenever letters are re-dated.
type taking struct {
	casework.OpenLetters
	take func()
}

func (s taking) UpdateMany(ctx context.Context, numbers []string, change func(*letter.Letter) error) map[string]error {
	defer s.take()
	return s.OpenLetters.UpdateMany(ctx, numbers, change)
}

// Letters that come in while others are re-dated are counted by the new rules, and are not run after.
func TestRedatingDoesNotFollowTheIntake(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.atYearEnd()
		h.lamps()
		h.Announce(testhouse.LongNewYear)
		taken := 0
		r := h.redater("here")
		r.Letters = taking{h.Store, func() {
			if taken++; taken < 5 {
				h.lamps()
			}
		}}
		p, err := r.Run(t.Context())
		must(t, err)
		if p.Looked != 1 || p.Done.IsZero() {
			t.Errorf("%+v, %d letters taken in meanwhile", p, taken)
		}
	})
}
