//go:build bench

package store_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// A city of a million letters within the window, of which a few matters fill many: letters alike are found within 5 ms at
// the 95th percentile. go test -tags bench -run TestAlikeAmongAMillion -v ./internal/store
func TestAlikeAmongAMillion(t *testing.T) {
	const letters, asked, atMost = 1_000_000, 2000, 5 * time.Millisecond
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		fill(t, url, letters)
		for name, find := range map[string]func([]int64) ([]letter.Alike, error){
			"for the router": func(keys []int64) ([]letter.Alike, error) {
				return s.Teachers(t.Context(), keys, day.AddDate(0, 0, -180), day)
			},
			"for a page": func(keys []int64) ([]letter.Alike, error) {
				return s.Alike(t.Context(), keys, day.AddDate(0, 0, -180), day)
			},
		} {
			var took []time.Duration
			found := 0
			draw := keysDrawn(7, 15)
			for range asked {
				keys := draw()
				began := time.Now()
				list, err := find(keys)
				must(err)
				took = append(took, time.Since(began))
				found += len(list)
			}
			slices.Sort(took)
			p50, p95, p99 := took[asked/2], took[asked*95/100], took[asked*99/100]
			t.Logf("%s, of %d letters: p50 %v, p95 %v, p99 %v; %.1f letters found each time", name, letters, p50, p95, p99, float64(found)/asked)
			if p95 > atMost {
				t.Errorf("%s: p95 %v, at most %v", name, p95, atMost)
			}
		}
	})
}

// keysDrawn gives letters their keys: half of everything said is about the same few matters.
func keysDrawn(seed uint64, n int) func() []int64 {
	r := rand.New(rand.NewPCG(seed, seed))
	zipf := rand.NewZipf(r, 1.1, 10, 2_000_000)
	return func() []int64 {
		keys := make([]int64, n)
		for i := range keys {
			keys[i] = int64(zipf.Uint64()*0x9E3779B97F4A7C15) + int64(i%3)
		}
		slices.Sort(keys)
		return slices.Compact(keys)
	}
}

// fill writes letters as they lie in an archive, without what Alike does not read.
func fill(t *testing.T, url string, n int) {
	driver, address := "pgx", url
	if filepath.IsAbs(url) {
		driver, address = "sqlite", store.WriterAddress(url)
	}
	db, err := sql.Open(driver, address)
	must(err)
	defer db.Close()
	tx, err := db.Begin()
	must(err)
	defer tx.Rollback()
	body, sketch := strings.Repeat("春晖路的路灯已经坏了三天。", 20), "X'"+strings.Repeat("01020304ff", 12)+"'"
	if driver == "pgx" {
		sketch = `'\x` + strings.Repeat("01020304ff", 12) + `'`
	}
	received := func(i int) int64 { return day.Add(-time.Duration(n-i) * 15 * time.Second).UnixMilli() }
	for done := 0; done < n; done += 500 {
		var rows []string
		for i := done; i < done+500; i++ {
			rows = append(rows, fmt.Sprintf(`('%s','web','complaints','help','','normal','','','路灯不亮','%s','','',FALSE,FALSE,'s%d','','','','{}','unit',FALSE,'',%d,'handling',TRUE,'cgj','','','','','',%d,FALSE,0,'','','','','',FALSE,0,FALSE,2,%s)`,
				numberOf(i), body, i%200_000, received(i), received(i), sketch))
		}
		_, err := tx.Exec(`INSERT INTO letters (number, channel, site_column, kind, category, urgency, flags, accused, title, body, place, addressee,
			anonymous, consent, sender, source, source_id, operator, placement, queue, copied, leader, received_at, state, is_open, unit,
			guard, merged, writer, approver, refuser, assigned_at, withheld, satisfied, reply_text, reply_note, open_title, open_body, open_reply,
			paused, working_minutes, late, event_count, sketch) VALUES ` + strings.Join(rows, ","))
		must(err)
	}
	// In the order of the key: at random a million would take an hour.
	for some := range slices.Chunk(marksOf(n), 1000) {
		var rows []string
		for _, m := range some {
			rows = append(rows, fmt.Sprintf("(%d,%d,%d,'%s')", m.key, m.letter%4/3, received(m.letter), numberOf(m.letter)))
		}
		_, err = tx.Exec(`INSERT INTO fingerprints (mark, settled, at, letter) VALUES ` + strings.Join(rows, ","))
		must(err)
	}
	must(tx.Commit())
	if driver == "pgx" {
		_, err = db.Exec("ANALYZE")
		must(err)
	}
}

func numberOf(i int) string { return fmt.Sprintf("26%012d", i) }

type mark struct {
	key    int64
	letter int
}

func marksOf(letters int) []mark {
	draw := keysDrawn(3, 3)
	var all []mark
	for i := range letters {
		for _, k := range draw() {
			all = append(all, mark{k, i})
		}
	}
	slices.SortFunc(all, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.letter%4/3, b.letter%4/3), cmp.Compare(a.letter, b.letter))
	})
	return all
}
