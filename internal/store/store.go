// Package store holds all SQL of Huiyin: letters with their events, clocks and deliveries, and everything else that must last, on SQLite and PostgreSQL with one text; it keeps and finds, and decides nothing.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"huiyin/internal/letter"
)

// Store is one open database. It is safe for concurrent use.
type Store struct {
	db       *sql.DB // PostgreSQL: everything; SQLite: readers only
	group    *group  // SQLite: the one writer; nil on PostgreSQL
	dialect  dialect
	path     string // file of the embedded database, "" on PostgreSQL
	handlers func(letter.Event, *letter.Letter) []string
	serials  serials

	texts        texts // of readers of the embedded database
	teachersText *sql.Stmt
}

// Option changes how a store is opened.
type Option func(*Store)

// WithHandlers says to which handlers each fresh event is delivered. The
// function is called while the event is being stored and must not block; no
// handlers: no deliveries.
func WithHandlers(f func(letter.Event, *letter.Letter) []string) Option {
	return func(s *Store) { s.handlers = f }
}

// Open opens the database and brings its tables up to date. A postgres:// or
// postgresql:// address names a server; anything else is the path of a SQLite
// file, with or without sqlite: in front, which is made when missing.
func Open(ctx context.Context, url string, options ...Option) (*Store, error) {
	s := &Store{handlers: func(letter.Event, *letter.Letter) []string { return nil }}
	for _, o := range options {
		o(s)
	}
	var err error
	switch {
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		err = s.openPostgres(ctx, url)
	case strings.Contains(url, "://"):
		scheme, _, _ := strings.Cut(url, "://") // the rest may hold a password
		err = letter.Refuse("数据库地址只能是文件路径，或以 postgres:// 开头，不能是 %s://。", scheme)
	default:
		err = s.openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"))
	}
	if err == nil {
		err = s.prepareAlike(ctx)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Close waits for the writes under way and closes the database.
func (s *Store) Close() error {
	s.serials.drawing.Wait()
	if s.teachersText != nil {
		if err := s.teachersText.Close(); err != nil {
			return err
		}
	}
	if err := s.texts.close(); err != nil {
		return err
	}
	if s.group != nil {
		if err := s.group.close(); err != nil {
			return err
		}
	}
	return s.db.Close()
}

// Embedded says whether the database is a file of this machine, which only one
// serving process may use.
func (s *Store) Embedded() bool { return s.path != "" }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.db.PingContext(ctx); err != nil {
		return fmt.Errorf("ping database: %w", err)
	}
	return nil
}

// querier is what a statement needs: a pool, a transaction or the writer.
type querier interface {
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row
}

// work is a unit of writing: all of it is stored, or nothing when it returns an
// error or panics. It must use the context it is given.
type work func(ctx context.Context, q querier) error

// write runs one unit of writing and returns after it is on disk.
func (s *Store) write(ctx context.Context, do work) error {
	if s.group != nil {
		return s.group.do(ctx, do)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return unavailable(err)
	}
	defer tx.Rollback() // does nothing after Commit
	if err := safely(ctx, tx, do); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// exec is write for a single statement; it returns the number of rows it changed.
func (s *Store) exec(ctx context.Context, text string, args ...any) (changed int64, err error) {
	err = s.write(ctx, func(ctx context.Context, q querier) error {
		changed, err = affected(q.ExecContext(ctx, text, args...))
		return err
	})
	return changed, err
}

// snapshot reads with several statements that all see the same moment.
func (s *Store) snapshot(ctx context.Context, do work) error {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return unavailable(err)
	}
	defer tx.Rollback() // nothing was written
	return do(ctx, parsed{tx, s})
}

// safely turns a panic of the caller's function into its error, so that one bad
// letter neither ends the process nor fails its neighbours.
func safely(ctx context.Context, q querier, do work) (err error) {
	defer recovered(&err)
	return do(ctx, q)
}

// recovered is deferred where a panic is to be an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic while writing: %v", p)
	}
}

func affected(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func unavailable(cause error) error {
	return letter.Fail(letter.KindUnavailable, "系统正忙，请稍后再试。").Because(cause)
}
