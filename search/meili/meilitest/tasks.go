package meilitest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// task is a change that was asked for. It is made when the task ends, and seen from then on.
type task struct {
	UID        int        `json:"uid"`
	IndexUID   *string    `json:"indexUid"`
	Status     string     `json:"status"`
	Type       string     `json:"type"`
	Error      *refusal   `json:"error"`
	EnqueuedAt time.Time  `json:"enqueuedAt"`
	StartedAt  *time.Time `json:"startedAt"`
	FinishedAt *time.Time `json:"finishedAt"`

	apply  func() *refusal
	breaks string
}

// shownTo says whether a key may see the task: a key of some indexes sees no task that belongs to no single one.
func (t *task) shownTo(k key) bool {
	if len(k.indexes) == 0 {
		return true
	}
	return t.IndexUID != nil && k.on(*t.IndexUID)
}

func (t *task) among(indexes, statuses string) bool {
	if indexes != "" && (t.IndexUID == nil || !slices.Contains(strings.Split(indexes, ","), *t.IndexUID)) {
		return false
	}
	return statuses == "" || slices.Contains(strings.Split(statuses, ","), t.Status)
}

// enqueue takes a change; the answer says only that.
func (s *Server) enqueue(c call, uid, kind string, apply func() *refusal) (int, any, *refusal) {
	t := &task{UID: len(s.tasks), Status: "enqueued", Type: kind, EnqueuedAt: time.Now().UTC(), apply: apply, breaks: c.breaks}
	if uid != "" {
		t.IndexUID = &uid
	}
	s.tasks = append(s.tasks, t)
	s.poke()
	return http.StatusAccepted, map[string]any{
		"taskUid": t.UID, "indexUid": t.IndexUID, "status": t.Status, "type": kind, "enqueuedAt": t.EnqueuedAt,
	}, nil
}

func (s *Server) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// work makes the changes one after the other, in the order they came in.
func (s *Server) work(done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		case <-s.wake:
		}
		for s.begin() {
			time.Sleep(time.Millisecond) // a task is seen under way
			s.finish()
		}
	}
}

// open is the first task not ended, nil when there is none or all are held.
func (s *Server) open() *task {
	if s.held {
		return nil
	}
	for _, t := range s.tasks {
		if t.FinishedAt == nil {
			return t
		}
	}
	return nil
}

func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.open()
	if t == nil {
		return false
	}
	now := time.Now().UTC()
	t.Status, t.StartedAt = "processing", &now
	return true
}

func (s *Server) finish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.open()
	if t == nil {
		return // held meanwhile
	}
	if t.breaks != "" {
		t.Error = bad(t.breaks, "planted")
	} else {
		t.Error = t.apply()
	}
	now := time.Now().UTC()
	t.Status, t.FinishedAt = "succeeded", &now
	if t.Error != nil {
		t.Status = "failed"
	}
}
