package main_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/sla"
)

// Killed while it re-dates, the program goes on where it stopped, writes no event
// twice, and verify finds nothing.
func TestAKilledServerGoesOnRedating(t *testing.T) {
	t.Parallel() // both wait most of the time
	storetest.EachURL(t, func(t *testing.T, url string) {
		t.Parallel()
		const letters = 5_000
		h := houseAt(t, url)
		if out, code := h.run(t, "calendar", "status"); code != 0 {
			t.Fatal(out)
		}
		s := storetest.Open(t, url)
		openLetters(t, s, letters)
		out, code := h.run(t, "calendar", "import", moreHolidays(t))
		if code != 0 || !strings.Contains(out, "未办结的来信 5000 封将逐封重算时限") {
			t.Fatalf("import exits %d: %s", code, out)
		}
		p := h.serve(t)
		begun := wait(t, s, func(r casework.Redating) bool { return r.Looked > 0 })
		p.kill(t)
		t.Logf("killed after %d letters", begun.Looked)
		p = h.serve(t)
		if r := wait(t, s, func(r casework.Redating) bool { return !r.Done.IsZero() }); r.Looked != letters || r.Failed != 0 {
			t.Errorf("%+v", r)
		}
		p.stop(t)
		once(t, s)
		if out, code := h.run(t, "verify"); code != 0 {
			t.Errorf("verify exits %d: %s", code, out)
		}
		if out, _ := h.run(t, "calendar", "status"); !strings.Contains(out, "重算完，看了 5000 封") {
			t.Errorf("status says %s", out)
		}
	})
}

// openLetters files letters of this morning under the rules of the demonstration city.
func openLetters(t *testing.T, s *store.Store, n int) {
	t.Helper()
	pack, err := citypack.Demo()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	city, err := pack.Snapshot(zone, "")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().Add(-time.Minute)
	var at sync.WaitGroup
	for w := range 16 {
		at.Go(func() {
			for i := w; i < n; i += 16 {
				l := &letter.Letter{Number: letter.NewNumber(now, 10_000+i), Key: make([]byte, 32), Kind: letter.Complaint, Channel: letter.Web,
					Title: "路灯", Body: "路灯不亮", Received: now.UTC()}
				err := errors.Join(
					l.Record(letter.Submission, letter.SenderActor, now, letter.Facts{Digest: l.Digest()}, letter.Facts{}),
					l.Record(letter.Assignment, letter.RouterActor, now, letter.Facts{Unit: "cgj-sz"}, letter.Facts{}))
				l.Clocks = city.Clocks.Clocks(l)
				if err := errors.Join(err, s.Insert(t.Context(), l, nil)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	at.Wait()
}

// moreHolidays is a notice for this year, and for the next in its last weeks, that takes the next ten days off.
func moreHolidays(t *testing.T) string {
	t.Helper()
	year := sla.Year{Year: time.Now().AddDate(0, 0, 14).Year(), Source: "测试用"}
	for i := range 10 {
		if d := time.Now().AddDate(0, 0, i+1); d.Year() == year.Year || d.Month() == time.December {
			year.Off = append(year.Off, sla.Special{Date: d.Format(time.DateOnly), Name: "测试"})
		}
	}
	body, err := json.Marshal(year)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "year.json")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// wait looks at the progress until it is as wanted.
func wait(t *testing.T, s *store.Store, wanted func(casework.Redating) bool) casework.Redating {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		r, ok, err := casework.ReadRedating(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		if ok && wanted(r) {
			return r
		}
	}
	t.Fatal("re-dating does not come that far")
	return casework.Redating{}
}

func once(t *testing.T, s *store.Store) {
	t.Helper()
	err := s.EachLetter(t.Context(), func(l *letter.Letter, _ letter.Kept) error {
		n := 0
		for _, e := range l.Events {
			if e.Step == letter.Redating {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s was re-dated %d times", l.Number, n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
