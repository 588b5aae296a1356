package desk

import (
	"context"
	"slices"
	"strings"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/search"
)

// How somebody was looked up.
const (
	byPhone  = "phone"
	byName   = "name"
	byCaller = "caller" // as byPhone, by who takes the call
)

// lookedUp records a search by a sender's telephone or name where contact data that was opened is recorded too: who
// searched, by what, and the letters shown, never what was typed. It says whether it recorded anything.
func (s *Server) lookedUp(ctx context.Context, m staff.Member, q search.DeskQuery, found search.DeskFound, shown []store.Found) bool {
	switch {
	case q.Sender != "":
		numbers := besides(q.Text, shown)
		if len(numbers) == 0 && len(shown) > 0 {
			return false
		}
		s.recordLookUp(ctx, m, byPhone, numbers) // also of nobody: that nobody wrote from there is something learnt
		return true
	case len(found.Senders) > 0:
		var numbers []string
		for _, l := range shown {
			if slices.Contains(found.Senders, l.Number) {
				numbers = append(numbers, l.Number)
			}
		}
		if len(numbers) == 0 {
			return false // a name that no letter shown bears is not told from other words
		}
		s.recordLookUp(ctx, m, byName, numbers)
		return true
	}
	return false
}

// besides are the letters found by digits that were not the beginning of their numbers, but a telephone's.
func besides(typed string, shown []store.Found) []string {
	digits := letter.Digits(typed)
	var numbers []string
	for _, l := range shown {
		if !strings.HasPrefix(l.Number, digits) {
			numbers = append(numbers, l.Number)
		}
	}
	return numbers
}

func (s *Server) recordLookUp(ctx context.Context, m staff.Member, by string, numbers []string) {
	s.Log.InfoContext(ctx, "sender looked up", "login", m.Login, "by", by, "numbers", strings.Join(numbers, " "))
}
