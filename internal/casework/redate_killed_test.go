package casework_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/testhouse"
)

// stopping is the store of a process that is killed after so many letters.
type stopping struct {
	casework.OpenLetters
	left atomic.Int64
	kill context.CancelFunc
}

func (s *stopping) UpdateMany(ctx context.Context, numbers []string, change func(*letter.Letter) error) map[string]error {
	if s.left.Add(-int64(len(numbers))) < 0 {
		s.kill()
	}
	return s.OpenLetters.UpdateMany(ctx, numbers, change)
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
		const letters = 600
		h.many(letters)
		h.Announce(testhouse.LongNewYear)
		ctx, kill := context.WithCancel(t.Context())
		first := h.redater("first")
		dying := &stopping{OpenLetters: h.Store, kill: kill}
		dying.left.Store(400) // three batches at once, so one is written when the fourth begins
		first.Letters = dying
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
		if p.Looked != letters || p.Moved == 0 || p.Moved >= letters || p.Done.IsZero() {
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

func (r refusing) UpdateMany(ctx context.Context, numbers []string, change func(*letter.Letter) error) map[string]error {
	return r.OpenLetters.UpdateMany(ctx, numbers, func(l *letter.Letter) error {
		if l.Number == r.number {
			return errBroken
		}
		return change(l)
	})
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
