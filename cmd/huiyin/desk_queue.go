package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"huiyin/search/local"
)

// filing keeps what the members' index does not know yet: the letters to which something happened, in that order. It is
// in memory alone; the index remembers up to which moment it is complete, and what happened after is read again.
type filing struct {
	index *local.Desk

	mu     sync.Mutex
	queue  []unfiled
	queued map[string]bool
	events int       // since the last round
	busy   time.Time // until then, because much happened in it
	ready  bool      // what happened before this process is in the queue
	looked time.Time // when what was delivered was read last
	stale  bool      // the index must be rebuilt to be complete
}

type unfiled struct {
	number string
	since  time.Time
}

// changed takes note of letters to which something happened.
func (f *filing) changed(at time.Time, numbers ...string) {
	if f == nil {
		return // commands have no index
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events += len(numbers)
	f.add(at, numbers)
}

func (f *filing) add(at time.Time, numbers []string) {
	for _, number := range numbers {
		if !f.queued[number] {
			f.queued[number] = true
			f.queue = append(f.queue, unfiled{number, at})
		}
	}
}

// take takes up to so many letters out of the queue.
func (f *filing) take(most int) []unfiled {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.queue[:min(most, len(f.queue))]
	f.queue = f.queue[len(list):]
	for _, one := range list {
		delete(f.queued, one.number)
	}
	return list
}

// giveBack puts letters at the head of the queue again.
func (f *filing) giveBack(list []unfiled) {
	f.mu.Lock()
	defer f.mu.Unlock()
	again := slices.Clone(list)
	back := make(map[string]bool, len(list))
	for _, one := range list {
		back[one.number], f.queued[one.number] = true, true
	}
	for _, one := range f.queue {
		if !back[one.number] {
			again = append(again, one)
		}
	}
	f.queue = again
}

// round is how many letters to file now, and how often.
func (f *filing) round() (most, times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	much := f.events > busyEvents
	f.busy, f.events = time.Time{}, 0
	if much {
		f.busy = time.Now().Add(2 * fileEvery) // the next round says it again; a program that stops has none
		return fileBusy, 1
	}
	return fileMost, fileTimes
}

// through is the moment up to which the index is complete when nothing is missing but the queue.
func (f *filing) through(began time.Time) time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.queue) > 0 && f.queue[0].since.Before(began) {
		return f.queue[0].since
	}
	return began
}

// giveWay waits a while when many letters come in.
func (f *filing) giveWay(ctx context.Context) {
	f.mu.Lock()
	busy := time.Now().Before(f.busy)
	f.mu.Unlock()
	if !busy {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(fileEvery / 4):
	}
}

// incomplete says that the index must be rebuilt.
func (f *filing) incomplete() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stale || f.index.NeedsRebuild()
}
