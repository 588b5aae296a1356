//go:build bench

package bench_test

import (
	"database/sql"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

// As huiyin serve sets it (cmd/huiyin).
func init() { debug.SetGCPercent(300) }

// Among a million open clocks those of a thousand letters are due at once: their
// acceptance first, a rung of the unit's clock two days later. Each is found and
// written, one event, in the time that an issue allows. A sweep of some hundred
// others comes first: a program that runs has parsed its statements.
func TestSweepOfAMillionClocks(t *testing.T) {
	const letters, clocks = 1_000, 1_000_000
	const findAtMost = 10 * time.Millisecond
	storetest.EachURL(t, func(t *testing.T, url string) {
		writeAtMost := 100 * time.Millisecond
		if strings.HasPrefix(url, "postgres") {
			writeAtMost = 300 * time.Millisecond
		}
		s := storetest.Open(t, url, store.WithHandlers(func(letter.Event, *letter.Letter) []string { return []string{"live"} }))
		h := testhouse.New(t, s)
		var sample string
		lamps := strings.Repeat("梧桐路东段连着三盏路灯不亮，晚上很黑，老人出门摔过一跤，请派人维修路灯。", 6)
		for n := range letters {
			sample = h.Submit(letter.Draft{Kind: letter.Complaint, Title: fmt.Sprintf("梧桐路%d号三盏路灯不亮", n), Body: lamps, Place: "梧桐路东段"})
		}
		began := time.Now()
		openClocks(t, url, sample, clocks/2)
		t.Logf("%d open clocks made in %v", clocks, time.Since(began).Round(time.Second))
		warm(t, h, lamps)
		for _, c := range []struct {
			what, at string
		}{{"acceptances", "2026-11-25 00:30"}, {"rungs", "2026-11-26 12:30"}} {
			now, err := time.ParseInLocation("2006-01-02 15:04", c.at, h.City.Zone())
			testhouse.Must(t, err)
			found := finding(t, s, now, letters)
			began := time.Now()
			n, err := h.Casework.Sweep(t.Context(), now)
			took := time.Since(began)
			testhouse.Must(t, err)
			t.Logf("%d %s: found in %v, written in %v", n, c.what, found.Round(10*time.Microsecond), took.Round(time.Millisecond))
			if n != letters {
				t.Errorf("%d events, want %d", n, letters)
			}
			if found > findAtMost || took > writeAtMost {
				t.Errorf("at most %v and %v", findAtMost, writeAtMost)
			}
		}
	})
}

// warm lets time accept letters of last week, which are then withdrawn.
func warm(t *testing.T, h *testhouse.House, body string) {
	monday := h.Now
	h.Now = monday.AddDate(0, 0, -3)
	numbers := make([]string, 300)
	for n := range numbers {
		numbers[n] = h.Submit(letter.Draft{Kind: letter.Complaint, Title: fmt.Sprintf("樟树路%d号三盏路灯不亮", n), Body: body, Place: "樟树路"})
	}
	h.Now = monday.AddDate(0, 0, 1)
	if n, err := h.Casework.Sweep(t.Context(), h.Now); n != len(numbers) || err != nil {
		t.Fatal(n, err)
	}
	for _, number := range numbers {
		_, err := h.Casework.Withdraw(t.Context(), number, casework.Input{Text: "已经修好。"})
		testhouse.Must(t, err)
	}
}

// finding is the median of nine looks for what is due.
func finding(t *testing.T, s *store.Store, now time.Time, want int) time.Duration {
	var took []time.Duration
	for range 9 {
		began := time.Now()
		due, err := s.DueRungs(t.Context(), now, letter.DueRung{}, 10_000)
		took = append(took, time.Since(began))
		if err != nil || len(due) != want {
			t.Fatalf("%d rungs are due, want %d: %v", len(due), want, err)
		}
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// openClocks copies the rows of a letter under other numbers, with a short text
// and two running clocks each, of which no rung is due for months.
func openClocks(t *testing.T, url, sample string, letters int) {
	driver, address := "pgx", url
	if !strings.HasPrefix(url, "postgres") {
		driver, address = "sqlite", store.WriterAddress(url)
	}
	db, err := sql.Open(driver, address)
	testhouse.Must(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	run := func(text string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), text, args...); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	if driver == "sqlite" {
		run("PRAGMA synchronous = OFF")
		run("PRAGMA cache_size = -262144")
	}
	// Twenty-eight days of numbers, so that the letters that are due lie among them.
	const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d),
		many (number, i) AS (SELECT CAST(26110100000000 + (i %% 28) * CAST(100000000 AS BIGINT) + 50000000 + i AS TEXT), i FROM n) `
	with := fmt.Sprintf(numbers, letters)
	columns, values := copied(t, db, "letters", map[string]string{"number": "many.number", "body": "''"})
	run(with+"INSERT INTO letters ("+columns+") SELECT "+values+" FROM many, letters x WHERE x.number = $1", sample)
	for place := range 2 {
		columns, values := copied(t, db, "clocks", map[string]string{"letter": "many.number", "place": fmt.Sprint(place),
			"next_rung": "1800000000000 + (many.i * CAST(7919 AS BIGINT)) % 10000000000"})
		run(with+"INSERT INTO clocks ("+columns+") SELECT "+values+" FROM many, clocks x WHERE x.letter = $1 AND x.place = 0", sample)
	}
	if driver == "pgx" {
		run("ANALYZE") // as the server does by itself after a while
		run("CHECKPOINT")
		return
	}
	run("PRAGMA synchronous = FULL")
	run("PRAGMA wal_checkpoint(TRUNCATE)") // half a gigabyte, which the sweep must not pay for
}

// copied are all columns of a table, and for each the expression that copies it.
func copied(t *testing.T, db *sql.DB, table string, instead map[string]string) (columns, values string) {
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table+" LIMIT 1")
	testhouse.Must(t, err)
	defer rows.Close()
	names, err := rows.Columns()
	testhouse.Must(t, err)
	list := make([]string, len(names))
	for i, name := range names {
		if list[i] = instead[name]; list[i] == "" {
			list[i] = "x." + name
		}
	}
	return strings.Join(names, ", "), strings.Join(list, ", ")
}
