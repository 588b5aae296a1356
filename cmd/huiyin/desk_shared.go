package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// Processes that serve side by side each keep a members' index of their own, and what happens is delivered to one of
// them. That one tells the others. Who did not hear it, because Redis was away, reads the finished deliveries again.
const (
	topicFiled  = "filed"
	fileAgain   = 10 * time.Minute // between two looks at what all have delivered
	fileOverlap = 15 * time.Minute // how far a look reaches back: more than the time since the last one
)

// noted takes note of letters to which something happened, in every process that serves.
func (s *server) noted(ctx context.Context, list ...letter.Delivery) {
	numbers := make([]string, len(list))
	for i, d := range list {
		numbers[i] = d.Number
	}
	s.filing.changed(time.Now(), numbers...)
	if !s.config.shared() {
		return
	}
	if err := s.live.Publish(ctx, topicFiled, strings.Join(numbers, " ")); err != nil {
		s.log.Warn("other processes find these letters at the desk a few minutes later", "letters", len(numbers), "error", err)
	}
}

// hear takes note, until ctx ends, of what other processes tell.
func (s *server) hear(ctx context.Context) error {
	if !s.config.shared() {
		return nil
	}
	told, err := s.live.Subscribe(ctx, topicFiled)
	if err != nil {
		return fmt.Errorf("hear of letters: %w", err)
	}
	go func() {
		for m := range told {
			s.filing.changed(time.Now(), strings.Fields(m.Text)...)
		}
	}()
	return nil
}

// lookAgain says that this process may have missed what others told it.
func (s *server) lookAgain() bool {
	return s.config.shared() && time.Since(s.filing.looked) > fileAgain
}

// overlap is how much earlier than it seems necessary deliveries are read again: a delivery is marked as finished a moment
// after it was.
func (s *server) overlap() time.Duration {
	if s.config.shared() {
		return fileOverlap
	}
	return time.Minute
}
