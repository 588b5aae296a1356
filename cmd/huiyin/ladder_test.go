package main

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/live"
	"huiyin/internal/store/storetest"
)

// reopen starts the program's parts anew on the same data, as after a kill.
func reopen(t *testing.T, data, url string) *server {
	t.Helper()
	c := defaults()
	c.Data, c.Database = data, url
	p, err := openWork(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	l, err := live.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return &server{parts: p, live: l, log: slog.New(slog.DiscardHandler)}
}

// A rung and the wish to tell it are one transaction. Killed before it was told,
// or after it was told and before that was noted, a member finds it once.
func TestARungIsToldOnceThoughTheProgramIsKilled(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		data := t.TempDir()
		if filepath.IsAbs(url) {
			url = ""
		}
		s := reopen(t, data, url)
		now := time.Date(2026, 11, 30, 9, 0, 0, 0, s.zone)
		pack, err := citypack.Demo()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range pack.Staff {
			if err := s.store.PutMember(t.Context(), m, now); err != nil {
				t.Fatal(err)
			}
		}
		s.intake.Now = func() time.Time { return now.AddDate(0, 0, -7) }
		r, err := s.intake.Submit(t.Context(), letter.Draft{Channel: letter.Web, Kind: letter.Complaint, Title: "梧桐路三盏路灯不亮", Body: "梧桐路东段连着三盏路灯不亮，请派人维修。"})
		if err != nil || r.Unit != "cgj-sz" {
			t.Fatal(r.Unit, err)
		}
		if _, err := s.casework.Sweep(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		finds := func(want int) {
			t.Helper()
			m, err := s.store.Member(t.Context(), "lina")
			if err != nil {
				t.Fatal(err)
			}
			if _, n, err := s.store.Inbox(t.Context(), s.city.Load().Cover(m), now, 10); err != nil || n != want {
				t.Errorf("lina finds %d, want %d (%v)", n, want, err)
			}
		}
		finds(0)
		for _, at := range []time.Time{now, now.Add(time.Minute)} { // the second time after the lease
			if err := s.close(); err != nil { // killed: nothing was noted
				t.Fatal(err)
			}
			s = reopen(t, data, url)
			list, err := s.store.ClaimDeliveries(t.Context(), handlerLadder, at, 30*time.Second, 100)
			if err != nil || len(list) < 2 {
				t.Fatalf("%d deliveries, %v", len(list), err)
			}
			for _, d := range list {
				if err := s.climbed(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
			finds(1) // the newest stands for both
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
	})
}
