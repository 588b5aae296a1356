// Package storetest runs a test on every database that the store knows, each time on a fresh one.
package storetest

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"huiyin/internal/store"
)

// Each runs the test on a fresh SQLite file and on a fresh PostgreSQL schema.
func Each(t *testing.T, f func(*testing.T, *store.Store), options ...store.Option) {
	t.Helper()
	EachURL(t, func(t *testing.T, url string) { f(t, Open(t, url, options...)) })
}

// EachURL runs the test with the address of each fresh database, for tests that
// open it more than once or from another process. PostgreSQL is the server that
// HUIYIN_TEST_POSTGRES names; without it that half is skipped, but fails in CI.
func EachURL(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, filepath.Join(t.TempDir(), "huiyin.db")) })
	t.Run("postgres", func(t *testing.T) { f(t, PostgresURL(t)) })
}

// Open opens the database for the length of the test.
func Open(t testing.TB, url string, options ...store.Option) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// address is that of a server to test on, which ./run test starts: without it nothing is tested, and where everything must
// be, that fails.
func address(t testing.TB, setting string) string {
	t.Helper()
	server := os.Getenv(setting)
	if server == "" {
		if os.Getenv("CI") != "" || os.Getenv("HUIYIN_TEST_REQUIRE") != "" {
			t.Fatalf("%s names no server; use ./run test", setting)
		}
		t.Skipf("%s is not set; ./run test does it", setting)
	}
	return server
}

// RedisURL is a database of the Redis to test on, which the test shares with nobody who does not name it.
func RedisURL(t testing.TB, database int) string {
	t.Helper()
	return fmt.Sprintf("%s/%d", strings.TrimSuffix(address(t, "HUIYIN_TEST_REDIS"), "/0"), database)
}

// PostgresURL makes a schema of its own on the test server and drops it after
// the test.
func PostgresURL(t testing.TB) string {
	t.Helper()
	server := address(t, "HUIYIN_TEST_POSTGRES")
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	if _, err := db.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			t.Error(err)
		}
		db.Close()
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}
