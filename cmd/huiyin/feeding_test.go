package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"huiyin/bench"
	"huiyin/internal/jobs"
	"huiyin/internal/letter"
	"huiyin/internal/live"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/search"
	"huiyin/search/local"
)

// feeder is a server with nothing but what feeds the index.
func feeder(t testing.TB, url string) *server {
	t.Helper()
	c := defaults()
	c.Data, c.Database = t.TempDir(), url
	p, err := openWork(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{parts: p, log: slog.New(slog.DiscardHandler)}
	if s.index, err = local.Open(s.indexFolder(), s.words, s.indexWords()...); err != nil {
		t.Fatal(err)
	}
	if s.live, err = live.Open(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.live.Close(), s.index.Close(), p.close()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// publish files so many answered letters as an import does.
func publish(t testing.TB, s *store.Store, first, n int) {
	t.Helper()
	now := time.Now().Add(-time.Minute).UTC()
	var at sync.WaitGroup
	for w := range 16 {
		at.Go(func() {
			for i := first + w; i < first+n; i += 16 {
				if err := s.Insert(t.Context(), answered(i, now), nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	at.Wait()
}

func answered(i int, now time.Time) *letter.Letter {
	title, body := bench.Letter(uint64(i))
	_, reply := bench.Letter(uint64(i) + 1<<32)
	l := &letter.Letter{Number: letter.NewNumber(now, i), Key: make([]byte, 32), Kind: letter.Complaint, Channel: letter.Web,
		Column: letter.Complaints, Title: title, Body: body, Received: now, Consent: true}
	open := letter.OpenText{Title: title, Body: body, Reply: reply}
	err := l.Record(letter.Imported, letter.ImporterActor, now, letter.Facts{Unit: "cgj-sz", Until: now.UnixMilli(), Digest: l.Digest()},
		letter.Facts{Text: reply, Open: &open})
	if err != nil {
		panic(err)
	}
	return l
}

// deliver runs the outbox of the index until it is empty.
func (s *server) deliver(t testing.TB) (took time.Duration) {
	t.Helper()
	list := s.work()
	list.Tasks, list.Handlers = nil, nil
	j, err := jobs.New(list, s.live, s.log, nil)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	j.Start()
	j.Poke()
	for {
		pending, err := s.store.PendingDeliveries(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if pending[handlerIndex] == 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	took = time.Since(began)
	if err := j.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	return took
}

// nowhere is an index that keeps nothing: what is left is what the outbox costs.
type nowhere struct{ search.Index }

func (nowhere) Put(context.Context, ...search.Document) error { return nil }

// BenchmarkFeeding is how fast imported letters come through the outbox, once without the index and once with it; one
// turn is 20,000 letters.
func BenchmarkFeeding(b *testing.B) {
	const letters = 20_000
	for _, database := range []string{"sqlite", "postgres"} {
		for _, with := range []string{"outbox", "outbox and index"} {
			b.Run(database+"/"+with, func(b *testing.B) {
				url := filepath.Join(b.TempDir(), "huiyin.db")
				if database == "postgres" {
					url = storetest.PostgresURL(b)
				}
				s := feeder(b, url)
				if with == "outbox" {
					s.index = nowhere{s.index}
				}
				var took time.Duration
				for i := range b.N {
					publish(b, s.store, i*letters, letters)
					took += s.deliver(b)
				}
				b.ReportMetric(float64(letters*b.N)/took.Seconds(), "letters/s")
			})
		}
	}
}
