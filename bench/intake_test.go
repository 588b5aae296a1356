//go:build bench

package bench_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"huiyin/bench"
)

// Intake must not be much slower than a server that only inserts a row, though
// it checks, cuts, routes, seals, dates and chains each letter. Alternating runs
// in separate processes; HUIYIN_BENCH_SECONDS and HUIYIN_BENCH_RUNS shorten them.
func TestIntakeAgainstBareServer(t *testing.T) {
	seconds, runs := setting(t, "HUIYIN_BENCH_SECONDS", 10), setting(t, "HUIYIN_BENCH_RUNS", 5)
	for _, goal := range []struct {
		clients   int
		must, aim float64
	}{{64, 0.6, 1.0}, {8, 0.4, 0.8}} {
		t.Run(fmt.Sprint(goal.clients, " clients"), func(t *testing.T) {
			var ratios, ours, theirs []float64
			for i := range runs {
				load := bench.Load{Clients: goal.clients, For: time.Duration(seconds) * time.Second, First: uint64(i) << 48}
				other := run(t, bare, load)
				our := run(t, fresh, load)
				ratios, ours, theirs = append(ratios, our.Rate()/other.Rate()), append(ours, our.Rate()), append(theirs, other.Rate())
				t.Logf("run %d: huiyin %.0f/s (median %v, p99 %v), bare server %.0f/s (median %v, p99 %v), ratio %.2f", i+1,
					our.Rate(), round(our.Median), round(our.P99), other.Rate(), round(other.Median), round(other.P99), ratios[i])
			}
			t.Logf("%d clients: huiyin %.0f letters/s, bare server %.0f/s, median of the ratios %.2f (at least %.1f, aim %.1f)",
				goal.clients, median(ours), median(theirs), median(ratios), goal.must, goal.aim)
			if median(ratios) < goal.must {
				t.Errorf("the ratio must be at least %.1f", goal.must)
			}
		})
	}
}

// run loads a server of its own and stops it.
func run(t *testing.T, server func(*testing.T) *program, l bench.Load) bench.Outcome {
	t.Helper()
	p := server(t)
	defer p.stop(t)
	l.Host = p.host
	return send(t, l)
}

func fresh(t *testing.T) *program { return serve(t, t.TempDir()) }

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return (list[len(list)/2] + list[(len(list)-1)/2]) / 2
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }
