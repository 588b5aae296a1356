package store

import (
	"context"
	"database/sql"
	"fmt"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
	"github.com/pressly/goose/v3"
)

var postgres = dialect{
	goose:      goose.DialectPostgres,
	forUpdate:  " FOR UPDATE",
	skipLocked: " FOR UPDATE SKIP LOCKED",
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
