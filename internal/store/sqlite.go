package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
)

var sqlite = dialect{
	goose: goose.DialectSQLite3,
	bytes: "BLOB",
	ddl:   func(text string) string { return strings.ReplaceAll(text, "-- sqlite: ", "") },
}

// readers is how many connections read at once: enough for two processors, few
// enough that they do not starve the writer.
const readers = 4

func (s *Store) openSQLite(ctx context.Context, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	s.path, s.dialect = path, sqlite
	// A PRAGMA run on a pool reaches one connection: all of them stand in the address.
	writing, err := sql.Open("sqlite", WriterAddress(path))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	writing.SetMaxOpenConns(1)
	if err := s.migrateFile(ctx, writing); err != nil {
		writing.Close()
		return err
	}
	if s.group, err = newGroup(ctx, writing); err != nil {
		writing.Close()
		return err
	}
	if s.db, err = sql.Open("sqlite", sqliteAddress(path, "query_only(1)", "cache_size(-8192)")); err != nil {
		s.group.close()
		return fmt.Errorf("open database: %w", err)
	}
	s.db.SetMaxOpenConns(readers)
	s.db.SetMaxIdleConns(readers)
	return nil
}

// WriterAddress is the address under which the one writer opens a database file;
// the benchmark's bare server opens its own file under the same.
func WriterAddress(path string) string {
	return sqliteAddress(path, "synchronous(FULL)", "wal_autocheckpoint(4000)", "cache_size(-32768)")
}

func sqliteAddress(path string, pragmas ...string) string {
	q := url.Values{"_txlock": {"immediate"}}
	for _, p := range append([]string{"busy_timeout(15000)", "journal_mode(WAL)", "foreign_keys(1)", "temp_store(MEMORY)"}, pragmas...) {
		q.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// migrateFile holds a file lock, because two processes that start at once would
// both make the first table.
func (s *Store) migrateFile(ctx context.Context, db *sql.DB) error {
	unlock, err := lockFile(s.path+".migrate", true)
	if err != nil {
		return err
	}
	defer unlock()
	return s.migrate(ctx, db)
}
