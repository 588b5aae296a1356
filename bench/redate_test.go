//go:build bench

package bench_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

// A notice moves a hundred thousand open letters, all of them, while senders go
// on writing.
func TestRedatingAHundredThousandLetters(t *testing.T) {
	const letters = 100_000
	storetest.EachURL(t, func(t *testing.T, url string) {
		atMost := 15 * time.Second
		if strings.HasPrefix(url, "postgres") {
			atMost = 30 * time.Second
		}
		s := storetest.Open(t, url, store.WithHandlers(handlers))
		h := testhouse.New(t, s)
		h.Now = time.Date(2026, 12, 28, 10, 0, 0, 0, h.City.Zone())
		began := time.Now()
		file(t, h, letters)
		t.Logf("%d letters filed in %v", letters, time.Since(began).Round(time.Second))
		alone := senders(t, h, func() { time.Sleep(3 * time.Second) })
		h.Announce(testhouse.LongNewYear)
		var p casework.Redating
		var took time.Duration
		beside := senders(t, h, func() {
			began := time.Now()
			var err error
			p, err = (&casework.Redater{Letters: s, Progress: s, City: h.Rules, Now: time.Now, Me: "bench"}).Run(t.Context())
			took = time.Since(began)
			testhouse.Must(t, err)
		})
		t.Logf("%d letters looked at, %d moved, in %v", p.Looked, p.Moved, took.Round(10*time.Millisecond))
		t.Logf("a sender's letter meanwhile: %s (%d), without: %s (%d)", beside.middle(), len(beside), alone.middle(), len(alone))
		if p.Moved != letters+len(alone) || p.Failed != 0 || took > atMost {
			t.Errorf("%+v, at most %v", p, atMost)
		}
	})
}

// handlers are those of the program: nobody is told of each letter that is re-dated.
func handlers(e letter.Event, _ *letter.Letter) []string {
	if e.Step == letter.Redating {
		return nil
	}
	return []string{"live"}
}

// file keeps open letters of the present moment, without the words that placing takes.
func file(t *testing.T, h *testhouse.House, letters int) {
	const callers = 64
	body := strings.Repeat("梧桐路东段连着三盏路灯不亮，晚上很黑，老人出门摔过一跤，请派人维修路灯。", 6)
	var at sync.WaitGroup
	for w := range callers {
		at.Go(func() {
			for i := w; i < letters; i += callers {
				l := &letter.Letter{Number: letter.NewNumber(h.Now, 1_000_000+i), Key: make([]byte, 32), Kind: letter.Complaint, Channel: letter.Web,
					Column: letter.Complaints, Title: "梧桐路三盏路灯不亮", Body: body, Received: h.Now.UTC()}
				err := errors.Join(
					l.Record(letter.Submission, letter.SenderActor, h.Now, letter.Facts{Kind: l.Kind, Digest: l.Digest()}, letter.Facts{}),
					l.Record(letter.Assignment, letter.RouterActor, h.Now, letter.Facts{Unit: "cgj-sz"}, letter.Facts{}),
					l.Record(letter.Acceptance, letter.TimeActor, h.Now, letter.Facts{}, letter.Facts{}))
				l.Clocks = h.City.Clocks.Clocks(l)
				if err := errors.Join(err, h.Store.Insert(t.Context(), l, nil)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	at.Wait()
}

// waits are how long senders waited for their receipts.
type waits []time.Duration

func (w waits) middle() string {
	if len(w) == 0 {
		return "none"
	}
	slices.Sort(w)
	return w[len(w)/2].Round(100*time.Microsecond).String() + " median, " + w[len(w)*95/100].Round(100*time.Microsecond).String() + " at the 95th of a hundred, " +
		w[len(w)-1].Round(100*time.Microsecond).String() + " at most"
}

// senders write four at a time, ten letters a second each, while something is done.
func senders(t *testing.T, h *testhouse.House, do func()) waits {
	ctx, stop := context.WithCancel(t.Context())
	var list waits
	var lock sync.Mutex
	var at sync.WaitGroup
	for range 4 {
		at.Go(func() {
			for tick := time.NewTicker(100 * time.Millisecond); ctx.Err() == nil; <-tick.C {
				began := time.Now()
				_, err := h.Intake.Submit(t.Context(), letter.Draft{Channel: letter.Web, Kind: letter.Complaint, Title: "梧桐路路灯不亮", Body: "梧桐路东段连着三盏路灯不亮，晚上很黑，请派人维修。"})
				if err != nil {
					t.Error(err)
					return
				}
				lock.Lock()
				list = append(list, time.Since(began))
				lock.Unlock()
			}
		})
	}
	do()
	stop()
	at.Wait()
	return list
}
