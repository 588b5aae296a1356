package store_test

import (
	"database/sql"
	"strings"
	"testing"

	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// planned is what the database means to do for a statement.
func planned(t *testing.T, db *sql.DB, explain, text string, args ...any) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), explain+" "+text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var plan []string
	for rows.Next() {
		line := make([]any, len(names))
		for i := range line {
			line[i] = new(sql.NullString)
		}
		if err := rows.Scan(line...); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, line[len(line)-1].(*sql.NullString).String)
	}
	return strings.Join(plan, "\n")
}

// What is due is found by the index of the rungs and by nothing else, however
// many clocks there are; and a batch of letters is written by their numbers.
func TestTheSweepReadsNeitherAllClocksNorAllLetters(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		l := written(1)
		insert(t, s, l)
		driver, explain := "sqlite", "EXPLAIN QUERY PLAN"
		if strings.HasPrefix(url, "postgres") {
			driver, explain = "pgx", "EXPLAIN"
		}
		db, err := sql.Open(driver, url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		_, err = db.Exec(`WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
			INSERT INTO clocks SELECT letter, n.i, name, part, unit, started, due, amount, measure, next_rung + n.i, rung, paused_since,
			calendar_version, policy, provisional, stopped FROM clocks, n WHERE letter = $1 AND place = 0`, l.Number)
		if err != nil {
			t.Fatal(err)
		}
		if driver == "pgx" {
			if _, err := db.Exec("ANALYZE clocks"); err != nil {
				t.Fatal(err)
			}
		}
		due := planned(t, db, explain, store.DueRungsText, l.Clocks[0].NextRung.UnixMilli()+50, 0, "", 10_000)
		if !strings.Contains(due, "clocks_rung") || strings.Contains(due, "SCAN clocks") || strings.Contains(due, "Seq Scan") {
			t.Error(due)
		}
		if driver == "sqlite" && strings.Contains(due, "TEMP B-TREE") {
			t.Errorf("sorted instead of read in order: %s", due)
		}
		if driver == "pgx" {
			return // which way PostgreSQL writes depends on how many letters there are
		}
		args := make([]any, 4*256)
		for i := range args {
			args[i] = "1"
		}
		if write := planned(t, db, explain, s.UpdateText(256), args...); !strings.Contains(write, "SEARCH letters USING") || strings.Contains(write, "SCAN letters") {
			t.Error(write)
		}
		finish := planned(t, db, explain, store.FinishText(256), args[:3*256+2]...)
		if !strings.Contains(finish, "SEARCH deliveries USING") || strings.Contains(finish, "SCAN deliveries") {
			t.Error(finish)
		}
	})
}
