package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"huiyin/internal/store/storetest"
)

// tampering is what somebody with the database in his hands may do to the second
// event of a letter; each is undone by nothing, so every case has its own letter.
var tampering = []struct {
	what  string
	texts []string // with $1 for the number of the letter
	event string   // the event that verify must name
}{
	{"one byte of an event changed", []string{`UPDATE events SET actor = 'routes' WHERE letter = $1 AND seq = 2`}, "event 2: changed"},
	{"one byte of its hash changed", []string{`UPDATE events SET hash = $2 WHERE letter = $1 AND seq = 1`}, "event 1: changed"},
	{"an event removed", []string{`DELETE FROM events WHERE letter = $1 AND seq = 1`}, "event 1: missing"},
	{"the last event removed", []string{`DELETE FROM events WHERE letter = $1 AND seq = 2`}, "event 2: missing"},
	{"two events swapped", []string{
		`UPDATE events SET seq = 9 WHERE letter = $1 AND seq = 1`,
		`UPDATE events SET seq = 1 WHERE letter = $1 AND seq = 2`,
		`UPDATE events SET seq = 2 WHERE letter = $1 AND seq = 9`,
	}, "event 1: "},
	{"the text of the letter changed", []string{`UPDATE letters SET body = body || '!' WHERE number = $1`}, "text or contact"},
	{"a published text put under it", []string{`UPDATE letters SET open_reply = 'x' WHERE number = $1`}, "published text"},
	{"its state changed", []string{`UPDATE letters SET state = 'closed' WHERE number = $1`}, "state"},
	{"its clock put off", []string{`UPDATE clocks SET due = due + 86400000 WHERE letter = $1 AND name = 'sender'`}, `clock "sender"`},
}

// verify passes on what the program wrote, and names letter and event of whatever
// somebody changed behind its back.
func TestVerifyNamesLetterAndEvent(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		args := []string{"--data", filepath.Dir(url)}
		if strings.HasPrefix(url, "postgres") {
			args = []string{"--data", t.TempDir(), "--database", url}
		}
		file := filepath.Join(t.TempDir(), "letters.csv")
		lines := "title,body,phone\n路灯不亮,梧桐路东段三盏路灯不亮，请派人维修路灯。,13900000001\n"
		for _, c := range tampering {
			lines += "路灯不亮,梧桐路东段三盏路灯不亮，请派人维修路灯（" + c.what + "）。,13900000001\n"
		}
		if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, errs, code := command(t, "", append([]string{"import", file}, args...)...); code != 0 {
			t.Fatalf("import: exit %d\n%s%s", code, out, errs)
		}
		if out, errs, code := command(t, "", append([]string{"verify"}, args...)...); code != 0 || !strings.Contains(out, "发现 0 处问题") {
			t.Fatalf("before: exit %d\n%s%s", code, out, errs)
		}
		numbers := tamper(t, url)
		out, _, code := command(t, "", append([]string{"verify"}, args...)...)
		if code != 1 || strings.Count(out, "\n") != len(tampering)+1 {
			t.Errorf("after: exit %d\n%s", code, out)
		}
		for i, c := range tampering {
			named := false
			for _, line := range strings.Split(out, "\n") {
				named = named || strings.HasPrefix(line, numbers[i]) && strings.Contains(line, c.event)
			}
			if !named {
				t.Errorf("%s: %s is not named with %q\n%s", c.what, numbers[i], c.event, out)
			}
		}
	})
}

// tamper does each of tampering to a letter of its own and returns their numbers.
func tamper(t *testing.T, url string) []string {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(url, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var numbers []string
	for i, c := range tampering {
		var number string
		err := db.QueryRow(`SELECT number FROM letters WHERE body LIKE $1`, "%（"+c.what+"）%").Scan(&number)
		if err != nil {
			t.Fatalf("letter %d: %v", i, err)
		}
		numbers = append(numbers, number)
		for _, text := range c.texts {
			values := []any{number}
			if strings.Contains(text, "$2") {
				values = append(values, make([]byte, 32))
			}
			r, err := db.Exec(text, values...)
			if err != nil {
				t.Fatalf("%s: %v", c.what, err)
			}
			if n, err := r.RowsAffected(); err != nil || n != 1 {
				t.Fatalf("%s: %d rows, %v", c.what, n, err)
			}
		}
	}
	return numbers
}
