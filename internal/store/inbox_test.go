package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/sla"
)

// What was told is kept once for each member and thing, and forgotten when it is old.
func TestAnEntryIsKeptOnceAndForgottenWhenOld(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
		m := staff.Member{Login: "weiran", Roles: []staff.Role{staff.Admin}}
		entry := func(key string, at time.Time) staff.Entry {
			return staff.Entry{Login: m.Login, Key: key, Subject: "calendar", Matter: staff.CalendarMatter, Text: "x", Args: []int{2027}, At: at, Shown: at}
		}
		unread := func(now time.Time, want int) {
			t.Helper()
			if _, n, err := s.Inbox(t.Context(), m, now, 10); err != nil || n != want {
				t.Errorf("%d unread, want %d (%v)", n, want, err)
			}
		}
		for range 2 {
			testhouse.Must(t, s.Tell(t.Context(), []staff.Entry{entry("calendar/1", at)}, at))
		}
		unread(at.Add(-time.Millisecond), 0)
		unread(at, 1)
		next := at.AddDate(0, 0, 1)
		testhouse.Must(t, s.Tell(t.Context(), []staff.Entry{entry("calendar/2", next)}, next))
		unread(next, 1) // today's stands for yesterday's
		testhouse.Must(t, s.ReadInbox(t.Context(), m.Login, "calendar", next))
		unread(next, 0)
		testhouse.Must(t, s.Tell(t.Context(), []staff.Entry{entry("calendar/3", next)}, next))
		testhouse.Must(t, s.Forget(t.Context(), store.Expiry{Inbox: next}))
		unread(next, 1)
		testhouse.Must(t, s.Forget(t.Context(), store.Expiry{Inbox: next.Add(time.Millisecond)}))
		unread(next, 0)
	})
}

// BenchmarkInbox measures the first page of the desk for a supervisor who has read
// nothing of 2,000 letters, and what keeping one rung costs.
func BenchmarkInbox(b *testing.B) {
	s := storetest.Open(b, b.TempDir()+"/huiyin.db")
	h := testhouse.New(b, s)
	m := h.Member("luoming")
	var numbers []string
	for i := range 2000 {
		number := h.Submit(letter.Draft{Title: fmt.Sprintf("春晖路第 %d 盏路灯不亮", i), Body: "春晖路的路灯不亮，请尽快处理。"})
		numbers = append(numbers, number)
		keepRung(b, s, number, m.Login, h.Now)
	}
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if _, n, err := s.Inbox(context.Background(), m, h.Now, 5); err != nil || n != store.ManyTold {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("yellow", func(b *testing.B) {
		f := store.Filter{Rung: sla.RungHalf, Below: sla.RungOverdue, States: letter.OpenStates, Order: store.BySenderDue}
		for b.Loop() {
			if _, n, err := s.List(context.Background(), store.ReaderOf(m), f, store.Page{Number: 1, Size: 10}); err != nil || n != 2000 {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("rung", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			keepRung(b, s, numbers[i%len(numbers)], m.Login, h.Now)
		}
	})
}

func keepRung(b *testing.B, s *store.Store, number, login string, at time.Time) {
	stands := []sla.Reached{{Clock: letter.UnitClock, Unit: "cgj-sz", Rung: sla.RungHalf, At: at}}
	tell := []staff.Entry{{Login: login, Key: number + "/3", Subject: number, Matter: staff.RungMatter, Number: number, Rung: sla.RungHalf, Text: "x", At: at, Shown: at}}
	testhouse.Must(b, s.PutRungs(context.Background(), number, stands, tell, at))
}
