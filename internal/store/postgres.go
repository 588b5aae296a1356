package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver
	"github.com/pressly/goose/v3"
)

var postgres = dialect{
	goose:      goose.DialectPostgres,
	forUpdate:  " FOR UPDATE",
	skipLocked: " FOR UPDATE SKIP LOCKED",
	bytes:      "BYTEA",
	ddl:        func(text string) string { return text },
}

// connections of one process to PostgreSQL; a handful of processes fit into its
// default of 100.
const connections = 16

func (s *Store) openPostgres(ctx context.Context, url string) error {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	s.db, s.dialect = db, postgres
	if err := s.migrateServer(ctx); err != nil {
		db.Close()
		return err
	}
	return nil
}

// migrateServer holds an advisory lock, because two processes that start at once
// would both make the first table.
func (s *Store) migrateServer(ctx context.Context) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close()
	const lock = `SELECT pg_advisory_lock(hashtext('huiyin/migrate/' || current_schema()))`
	const unlock = `SELECT pg_advisory_unlock(hashtext('huiyin/migrate/' || current_schema()))`
	if _, err := conn.ExecContext(ctx, lock); err != nil {
		return fmt.Errorf("lock for migration: %w", err)
	}
	failed := s.migrate(ctx, s.db)
	if _, err := conn.ExecContext(context.WithoutCancel(ctx), unlock); err != nil && failed == nil {
		return fmt.Errorf("unlock after migration: %w", err)
	}
	return failed
}

// letGo is how long the server may take to notice that the process which held
// the lock was killed.
const letGo = "5s"

// lockServer takes a lock that ends with its connection, and so with the process
// at the latest; errLocked when another process holds it. how is the function of
// PostgreSQL that takes it, alone or shared.
func (s *Store) lockServer(ctx context.Context, how string) (unlock func(), err error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	// Both statements in one transaction, so that the patience ends with it while
	// the lock, which belongs to the connection, stays.
	err = func() error {
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // does nothing after Commit
		if _, err := tx.ExecContext(ctx, "SET LOCAL lock_timeout = '"+letGo+"'"); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `SELECT `+how+`(hashtext('huiyin/serve/' || current_schema()))`); err != nil {
			return err
		}
		return tx.Commit()
	}()
	if err == nil {
		return func() { discard(conn) }, nil
	}
	discard(conn)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == lockNotAvailable {
		err = errLocked
	}
	return nil, fmt.Errorf("lock for serving: %w", err)
}

// tryLockServer takes a lock of a name as lockServer does, and waits for nobody.
func (s *Store) tryLockServer(ctx context.Context, name string) (unlock func(), err error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	mine := false
	err = conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock(hashtext(CAST($1 AS TEXT) || current_schema()))`, name).Scan(&mine)
	switch {
	case err != nil:
		discard(conn)
		return nil, fmt.Errorf("lock %s: %w", name, err)
	case !mine:
		return nil, errors.Join(errLocked, conn.Close())
	}
	return func() {
		// The server notices only after a while that a connection has ended; asked, it lets go at once.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), unlockWithin)
		defer cancel()
		if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_unlock(hashtext(CAST($1 AS TEXT) || current_schema()))`, name); err != nil {
			discard(conn)
			return
		}
		conn.Close()
	}, nil
}

const unlockWithin = 5 * time.Second

// lockNotAvailable is PostgreSQL's code for a lock that was waited for in vain.
const lockNotAvailable = "55P03"

// discard ends a connection instead of giving it back to the pool with its lock.
func discard(conn *sql.Conn) {
	conn.Raw(func(any) error { return driver.ErrBadConn }) // its error is the order to end it
	conn.Close()
}
