package main

import (
	"context"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/jobs"
	"huiyin/internal/letter"
	"huiyin/sla"
)

// climbs says whether the event puts a letter on a rung of its ladder, or may take
// off one that stands on any: it ends, renews or extends a clock.
func climbs(e letter.Event, l *letter.Letter) bool {
	if e.Step == letter.Rung {
		return true
	}
	row, _ := letter.Row(e.Step)
	if len(row.Stops) == 0 && len(row.Starts) == 0 && e.Step != letter.ExtensionApproval {
		return false
	}
	for i := range l.Events {
		if l.Events[i].Step == letter.Rung {
			return true
		}
	}
	return false
}

func (p *parts) ladder() *casework.Ladder {
	return &casework.Ladder{
		Inbox: p.store, Now: time.Now, Rules: func() sla.Notices { return p.city.Load().Notices() },
		City: func() casework.City {
			s := p.city.Load()
			return casework.City{Router: s.Router, Clocks: s.Clocks}
		},
	}
}

// climbed tells members of a rung and says so to the pages that listen, unless it
// is held back.
func (s *server) climbed(ctx context.Context, d letter.Delivery) error {
	shown, err := s.ladder().Climb(ctx, d)
	if err != nil || !shown {
		return err
	}
	return s.live.Publish(ctx, "desk", "inbox")
}

// ladderTasks look every minute, because the time of the digest is the city's and
// may change, and a program that was not running in the morning is late and not
// silent.
func (s *server) ladderTasks() []jobs.Task {
	return []jobs.Task{
		{Name: "digest", Every: time.Minute, Run: s.digest},
		{Name: "next-year", Every: time.Minute, Run: s.nextYear},
	}
}

// Where the days are kept for which a daily task was done.
const (
	digestID   = "digest"
	nextYearID = "next-year"
)

func (s *server) digest(ctx context.Context, now time.Time) error {
	return s.oncePerDay(ctx, digestID, now, func(done string) (string, error) { return s.ladder().Digest(ctx, done, now) })
}

func (s *server) nextYear(ctx context.Context, now time.Time) error {
	return s.oncePerDay(ctx, nextYearID, now, func(done string) (string, error) {
		day := now.In(s.zone).Format(time.DateOnly)
		if done == day {
			return done, nil
		}
		return day, s.ladder().NextYear(ctx, now)
	})
}

// oncePerDay runs work that answers with the day it did, and keeps that day after
// it: killed in between, it is done again and finds its entries told.
func (s *server) oncePerDay(ctx context.Context, id string, now time.Time, work func(done string) (string, error)) error {
	kept, err := s.store.Document(ctx, systemKind, id)
	if err != nil && !letter.IsKind(err, letter.KindNotFound) {
		return err
	}
	day, err := work(string(kept))
	if err != nil || day == string(kept) {
		return err
	}
	return s.store.PutDocument(ctx, systemKind, id, []byte(day), now)
}
