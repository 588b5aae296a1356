package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
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
	"huiyin/search/meili"
	"huiyin/search/meili/meilitest"
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

// deskFeeder is a feeder that has the members' index too.
func deskFeeder(t testing.TB, url string) *server {
	t.Helper()
	s := feeder(t, url)
	if err := s.openDesk(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.filing.index.Close(); err != nil {
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

// kept remembers what an index was given last of each letter.
type kept struct {
	search.Index
	last map[string]search.Document
}

func (k kept) Put(ctx context.Context, documents ...search.Document) error {
	for _, d := range documents {
		k.last[d.Number] = d
	}
	return k.Index.Put(ctx, documents...)
}

// A rating counts in the order of the letters found, so it reaches the index; what only time does to a public letter does not.
func TestARatingReachesTheIndex(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := feeder(t, url)
		k := kept{s.index, map[string]search.Document{}}
		s.index = k
		publish(t, s.store, 0, 2)
		s.deliver(t)
		list, err := s.store.NewestPublished(t.Context(), 2)
		if err != nil || len(list) != 2 || len(k.last) != 2 {
			t.Fatalf("%d published, %d indexed, %v", len(list), len(k.last), err)
		}
		yes, at := true, time.Now().UTC()
		rate := func(l *letter.Letter) error {
			return l.Record(letter.Rating, letter.SenderActor, at, letter.Facts{Solved: &yes, Satisfied: 4}, letter.Facts{})
		}
		if _, err := s.store.Update(t.Context(), list[0].Number, rate); err != nil {
			t.Fatal(err)
		}
		s.deliver(t)
		if got, other := k.last[list[0].Number].Satisfied, k.last[list[1].Number].Satisfied; got != 4 || other != 0 {
			t.Errorf("rated %d in the index, the other %d", got, other)
		}
		rung := letter.Event{Step: letter.Rung, Actor: letter.TimeActor, Seq: 9}
		l, err := s.store.Letter(t.Context(), list[0].Number)
		if err != nil || slices.Contains(handlersOf(rung, l), handlerIndex) {
			t.Errorf("a rung is indexed, %v", err)
		}
	})
}

// beside is an index in which another process does something just before the first write.
type beside struct {
	search.Index
	does func(search.Index)
}

func (b *beside) Put(ctx context.Context, documents ...search.Document) error {
	if does := b.does; does != nil {
		b.does = nil
		does(b.Index)
	}
	return b.Index.Put(ctx, documents...)
}

// A letter is taken down after this process has read it and before it has written it; another process, which hears of
// that, is quicker. The letter must not come back.
func TestALetterTakenDownMeanwhileByAnotherProcessStaysAway(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := feeder(t, url)
		publish(t, s.store, 0, 2)
		list, err := s.store.NewestPublished(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		number := list[0].Number
		s.config.Database, s.config.Redis, s.config.Search = "postgres", "redis", "meilisearch" // one of several
		s.index = &beside{s.index, func(index search.Index) {
			s.takeDown(t, number)
			heard, err := s.store.ClaimDeliveries(t.Context(), handlerIndex, time.Now(), time.Minute, 9)
			if err != nil || len(heard) != 1 {
				t.Errorf("%d deliveries, %v", len(heard), err)
			}
			if err := errors.Join(index.Delete(t.Context(), number), s.store.FinishDeliveries(t.Context(), heard, time.Now())); err != nil {
				t.Error(err)
			}
		}}
		s.deliver(t)
		found, err := s.index.Search(t.Context(), search.Query{})
		if err != nil || found.Total != 1 || found.Hits[0].Number == number {
			t.Errorf("%d letters are found: %+v, %v", found.Total, found.Hits, err)
		}
	})
}

func (s *server) takeDown(t testing.TB, number string) {
	t.Helper()
	down := func(l *letter.Letter) error {
		return l.Record(letter.Takedown, letter.Actor{Party: letter.ByReviewer, Member: "fangqi"}, time.Now().UTC(), letter.Facts{Reason: "privacy"}, letter.Facts{Text: "有人认出来了"})
	}
	if _, err := s.store.Update(t.Context(), number, down); err != nil {
		t.Error(err)
	}
}

// onServer is an index on a search server, as each of several processes opens it.
func (s *server) onServer(t testing.TB, at *meilitest.Server) search.Index {
	t.Helper()
	access := meili.Access{Host: at.URL(), SearchKey: meilitest.SearchKey, WriteKey: meilitest.WriteKey}
	index, err := meili.Open(t.Context(), access, meili.Options{Cut: s.words.With, Words: s.indexWords()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	return index
}

// While another process builds the index anew every write is a conflict. One letter is published, one was taken down, and
// one is taken down in between: neither of those may be found as long as that lasts.
func TestALetterTakenDownDuringAnothersRebuildStaysAway(t *testing.T) {
	at := meilitest.Start(t)
	s := feeder(t, t.TempDir()+"/huiyin.db")
	if err := s.index.Close(); err != nil {
		t.Fatal(err)
	}
	s.index = s.onServer(t, at)
	publish(t, s.store, 0, 2)
	s.deliver(t)
	list, err := s.store.NewestPublished(t.Context(), 2)
	if err != nil || len(list) != 2 {
		t.Fatal(len(list), err)
	}
	before, between := list[0].Number, list[1].Number
	publish(t, s.store, 2, 1)
	s.takeDown(t, before)
	s.config.Database, s.config.Redis, s.config.Search = "postgres", "redis", "meilisearch" // one of several
	index := s.index
	s.index = &beside{index, func(search.Index) { s.takeDown(t, between) }}
	err = s.onServer(t, at).Rebuild(t.Context(), func(func(search.Document, error) bool) {
		heard, err := s.store.ClaimDeliveries(t.Context(), handlerIndex, time.Now(), time.Minute, 9)
		if err != nil || len(heard) != 2 {
			t.Errorf("%d deliveries, %v", len(heard), err)
		}
		heard = append(heard, letter.Delivery{Number: between})
		if err := s.indexed(t.Context(), heard); !letter.IsKind(err, letter.KindConflict) {
			t.Errorf("%v, want a conflict", err)
		}
		found, err := index.Search(t.Context(), search.Query{})
		if err != nil || found.Total != 1 || found.Hits[0].Number == before || found.Hits[0].Number == between {
			t.Errorf("%d letters are found: %+v, %v", found.Total, found.Hits, err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
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
