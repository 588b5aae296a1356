package bulk_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"huiyin/internal/bulk"
	"huiyin/internal/letter"
	"huiyin/internal/sheet"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

// table is rows as a file gives them; before runs before each of them.
type table struct {
	rows   []map[string]string
	before func(n int) error
	n      int
}

func (f *table) Next() (sheet.Row, error) {
	if f.n == len(f.rows) {
		return sheet.Row{}, io.EOF
	}
	f.n++
	if f.before != nil {
		if err := f.before(f.n); err != nil {
			return sheet.Row{}, err
		}
	}
	return sheet.Row{Line: f.n + 1, Cells: f.rows[f.n-1]}, nil
}

func (f *table) Progress() (done, total int64) { return int64(f.n), int64(len(f.rows)) }

func imported(t *testing.T, h *testhouse.House, published bool, rows ...map[string]string) bulk.Report {
	t.Helper()
	m := bulk.Import{Intake: h.Intake, Source: "file:old.csv", Channel: letter.Web, Published: published, Zone: h.City.Zone()}
	report, err := m.Run(t.Context(), &table{rows: rows}, func(int64, int64) {})
	must(t, err)
	return report
}

type cells = map[string]string

// A second run adds nothing, with and without ids; equal lines are one letter.
func TestASecondImportAddsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		rows := []cells{
			{"id": "1", "正文": "梧桐路东段三盏路灯不亮，请维修路灯。", "时间": "2026-11-02"},
			{"body": "供水管道爆管，家里停水。", "phone": "13900000001"},
			{"body": "供水管道爆管，家里停水。", "phone": "13900000001"},
			{"body": "供水管道爆管，家里停水。", "phone": "13900000002"},
		}
		if r := imported(t, h, false, rows...); r.Taken != 3 || r.Already != 1 || len(r.Refusals) != 0 {
			t.Errorf("first run %+v", r)
		}
		if r := imported(t, h, false, rows...); r.Taken != 0 || r.Already != 4 {
			t.Errorf("second run %+v", r)
		}
	})
}

// Each refused line is listed with line, field and reason; the rest goes in.
func TestRefusedLinesAreListedAndTheRestGoesIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		body := "梧桐路东段三盏路灯不亮，请维修路灯。"
		r := imported(t, h, true,
			cells{"body": body, "reply": "已修好。", "time": "2026/11/2 9:30", "reply_time": "2026-11-04T10:00:00+08:00", "department": "供水公司"},
			cells{"body": "", "reply": "已修好。"},
			cells{"body": body + "1"},
			cells{"body": body + "2", "reply": "已修好。", "time": "2026-11-31"},
			cells{"body": body + "3", "reply": "已修好。", "time": "2026-11-24"},
			cells{"body": body + "4", "reply": "已修好。", "time": "0206-11-02"},
			cells{"body": body + "5", "reply": "已修好。", "reply_time": "2030-01-01"},
			cells{"body": body + "6", "reply": "已修好。", "department": "天文台"},
			cells{"body": body + "7", "reply": "已修好。", "kind": "吐槽"},
			cells{"body": body + "8", "reply": "已修好。", "kind": "咨询", "phone": "无"},
		)
		var got []string
		for _, x := range r.Refusals {
			got = append(got, x.Field)
			if x.Reason == "" || x.Line == 0 {
				t.Errorf("%+v", x)
			}
		}
		want := "body reply time time time reply_time department kind phone"
		if r.Taken != 1 || strings.Join(got, " ") != want {
			t.Errorf("taken %d, refused %v, want %s", r.Taken, got, want)
		}
	})
}

// Stopped between two rows, an import does not say that it is done; the next run
// takes what is missing.
func TestAnInterruptedImportSaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		rows := []cells{{"body": "路灯不亮一"}, {"body": "路灯不亮二"}}
		ctx, stop := context.WithCancel(t.Context())
		m := bulk.Import{Intake: h.Intake, Source: "file:old.csv", Channel: letter.Web, Zone: h.City.Zone()}
		_, err := m.Run(ctx, &table{rows: rows, before: func(n int) error {
			stop()
			return &sheet.LineError{Line: n + 1, Reason: "读不懂"}
		}}, func(int64, int64) {})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the interrupted import ended with %v", err)
		}
		if r := imported(t, h, false, rows...); r.Taken+r.Already != 2 {
			t.Errorf("%+v", r)
		}
	})
}

// The key of a line is shown beside a published letter: nobody may find out a
// phone number by trying.
func TestTheKeyOfALineIsNoPlainHash(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		one, other := testhouse.New(t, s), testhouse.New(t, s)
		row := cells{"body": "梧桐路三盏路灯不亮。", "phone": "13900000001", "reply": "已修好。"}
		keys := map[string]bool{}
		for _, h := range []*testhouse.House{one, other} { // two cities, each with its own keys
			imported(t, h, true, row)
		}
		list, err := s.NewestPublished(t.Context(), 5)
		must(t, err)
		for _, p := range list {
			keys[p.SourceID] = true
		}
		if len(list) != 2 || len(keys) != 2 {
			t.Errorf("%d letters with the keys %v", len(list), keys)
		}
	})
}

// What comes from another system tells nobody what is long past: clocks count
// from the day it was received there, but no rung before the import is played.
func TestRungsBeforeTheImportAreNotPlayed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		imported(t, h, false, cells{"body": "梧桐路东段三盏路灯不亮，请派人维修路灯。", "time": "2026-10-12"})
		due, err := s.DueRungs(t.Context(), h.Now.Add(time.Hour), letter.DueRung{}, 10)
		must(t, err)
		if len(due) != 0 {
			t.Errorf("%+v", due)
		}
		rows, _, err := s.List(t.Context(), store.Reader{All: true}, store.OverdueQueue(h.Now), store.Page{Number: 1, Size: 5})
		must(t, err)
		if len(rows) != 1 || rows[0].Due.After(h.Now) {
			t.Errorf("the sender waits since October: %+v", rows)
		}
	})
}
