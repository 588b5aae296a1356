package store_test

import (
	"bytes"
	"database/sql"
	"strings"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// faults is what huiyin verify finds.
func faults(t *testing.T, s *store.Store) []letter.Fault {
	t.Helper()
	var list []letter.Fault
	err := s.EachLetter(t.Context(), func(l *letter.Letter, kept letter.Kept) error {
		list = append(list, l.Verify(kept)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestVerifyNamesWhatWasTamperedWith(t *testing.T) {
	bad := letter.NewNumber(day, 250)
	tampering := []struct {
		name string
		sql  []string
		seq  int
	}{
		{"nothing", nil, -1},
		{"one byte of a public payload", []string{`UPDATE events SET public = $1 WHERE seq = 2 AND letter = '` + bad + `'`}, 2},
		{"one byte of a private payload", []string{`UPDATE events SET private = $1 WHERE seq = 2 AND letter = '` + bad + `'`}, 2},
		{"an actor", []string{`UPDATE events SET actor = 'dispatcher:wang' WHERE seq = 1 AND letter = '` + bad + `'`}, 1},
		{"the first event removed", []string{`DELETE FROM events WHERE seq = 1 AND letter = '` + bad + `'`}, 1},
		{"the last event removed", []string{`DELETE FROM events WHERE seq = 2 AND letter = '` + bad + `'`}, 2},
		{"two events swapped", []string{
			`UPDATE events SET seq = 9 WHERE seq = 1 AND letter = '` + bad + `'`,
			`UPDATE events SET seq = 1 WHERE seq = 2 AND letter = '` + bad + `'`,
			`UPDATE events SET seq = 2 WHERE seq = 9 AND letter = '` + bad + `'`}, 1},
		{"the state of the row", []string{`UPDATE letters SET state = 'closed' WHERE number = '` + bad + `'`}, 0},
		{"the text of the row", []string{`UPDATE letters SET body = 'x' WHERE number = '` + bad + `'`}, 0},
	}
	storetest.EachURL(t, func(t *testing.T, url string) {
		s, raw := storetest.Open(t, url), connect(t, url)
		for i := range 300 { // more than one batch
			insert(t, s, written(i+1))
		}
		for _, tamper := range tampering {
			var public, private []byte
			if err := raw.QueryRow(`SELECT public, private FROM events WHERE seq = 2 AND letter = '`+bad+`'`).Scan(&public, &private); err != nil {
				t.Fatal(err)
			}
			for _, text := range tamper.sql {
				switch {
				case strings.Contains(text, "public ="):
					run(t, raw, text, flipped(public))
				case strings.Contains(text, "private ="):
					run(t, raw, text, flipped(private))
				default:
					run(t, raw, text)
				}
			}
			found := faults(t, s)
			switch {
			case tamper.seq < 0 && len(found) != 0:
				t.Errorf("%s: %v", tamper.name, found)
			case tamper.seq >= 0 && (len(found) != 1 || found[0].Number != bad || found[0].Seq != tamper.seq):
				t.Errorf("%s: %v, want event %d of %s", tamper.name, found, tamper.seq, bad)
			}
			for _, table := range []string{"events", "clocks", "letter_keys"} {
				run(t, raw, `DELETE FROM `+table+` WHERE letter = '`+bad+`'`)
			}
			run(t, raw, `DELETE FROM letters WHERE number = '`+bad+`'`)
			insert(t, s, written(250))
		}
	})
}

// A letter removed with all its rows is not found by its own chain, but its
// events are when they are left.
func TestEventsWithoutTheirLetterAreCounted(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s, raw := storetest.Open(t, url), connect(t, url)
		insert(t, s, written(1), written(2))
		if strings.HasPrefix(url, "postgres") {
			run(t, raw, `ALTER TABLE events DROP CONSTRAINT events_letter_fkey`)
		}
		for _, table := range []string{"letter_keys", "clocks"} {
			run(t, raw, `DELETE FROM `+table+` WHERE letter = '`+letter.NewNumber(day, 2)+`'`)
		}
		run(t, raw, `DELETE FROM letters WHERE number = '`+letter.NewNumber(day, 2)+`'`)
		if totals, err := s.Totals(t.Context()); err != nil || totals.Letters != 1 || totals.Orphans != 2 {
			t.Errorf("%+v %v", totals, err)
		}
	})
}

// connect opens the database beside the store, as one who tampers does.
func connect(t *testing.T, url string) *sql.DB {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(url, "postgres") {
		driver = "pgx"
	}
	raw, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}

func run(t *testing.T, raw *sql.DB, text string, args ...any) {
	t.Helper()
	if _, err := raw.Exec(text, args...); err != nil {
		t.Fatal(err)
	}
}

func flipped(b []byte) []byte {
	c := bytes.Clone(b)
	c[len(c)/2] ^= 1
	return c
}
