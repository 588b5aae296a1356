package store_test

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// BenchmarkInsert is intake's share of the disk: one letter with key, two
// events, two clocks, four deliveries and an idempotency key.
func BenchmarkInsert(b *testing.B) {
	b.Run("sqlite/8", func(b *testing.B) { benchmarkInsert(b, filepath.Join(b.TempDir(), "huiyin.db"), 8) })
	b.Run("sqlite/64", func(b *testing.B) { benchmarkInsert(b, filepath.Join(b.TempDir(), "huiyin.db"), 64) })
	b.Run("postgres/64", func(b *testing.B) { benchmarkInsert(b, storetest.PostgresURL(b), 64) })
}

func benchmarkInsert(b *testing.B, url string, writers int) {
	s := storetest.Open(b, url, store.WithHandlers(func(letter.Event, *letter.Letter) []string { return []string{"notice", "live"} }))
	var serial atomic.Int64
	letters := make([]*letter.Letter, b.N)
	for i := range letters {
		letters[i] = written(i + 1)
	}
	b.SetParallelism(writers / 2)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			l := letters[serial.Add(1)-1]
			if err := s.Insert(b.Context(), l, &letter.Once{Key: l.Number}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(11, "rows/letter")
}

// BenchmarkUpdate is a step on a letter: one event, two deliveries, a clock.
func BenchmarkUpdate(b *testing.B) {
	b.Run("sqlite/8", func(b *testing.B) { benchmarkUpdate(b, filepath.Join(b.TempDir(), "huiyin.db"), 8) })
	b.Run("postgres/8", func(b *testing.B) { benchmarkUpdate(b, storetest.PostgresURL(b), 8) })
}

func benchmarkUpdate(b *testing.B, url string, writers int) {
	s := storetest.Open(b, url, store.WithHandlers(func(letter.Event, *letter.Letter) []string { return []string{"notice", "live"} }))
	letters := make([]string, 500)
	for i := range letters {
		l := written(i + 1)
		letters[i] = l.Number
		if err := s.Insert(b.Context(), l, nil); err != nil {
			b.Fatal(err)
		}
	}
	var serial atomic.Int64
	b.SetParallelism(writers / 2)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_, err := s.Update(b.Context(), letters[int(serial.Add(1))%len(letters)], func(l *letter.Letter) error {
				l.Clocks[0].NextRung = l.Clocks[0].NextRung.Add(time.Hour)
				return l.Record(letter.Reminder, letter.Actor{Party: letter.BySupervisor, Member: "wang"}, day, letter.Facts{}, letter.Facts{Text: "请尽快办理"})
			})
			if err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
}
