package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// group is the one writer of an embedded database. It takes what waits, up to
// groupSize pieces of work, runs each in a savepoint of its own, and answers all
// of them after one COMMIT: one flush to disk serves many letters. There is no
// timer; while one group is flushed, the next one gathers.
type group struct {
	db    *sql.DB
	conn  *sql.Conn
	stmts map[string]*sql.Stmt

	waiting chan *job
	done    chan struct{} // closed when the writer has ended

	mu     sync.RWMutex // guards closed against a send on a closed channel
	closed bool
}

const groupSize = 64

type job struct {
	ctx    context.Context
	do     work
	err    error
	answer chan struct{}
}

var errClosed = errors.New("the store is closed")

func newGroup(ctx context.Context, db *sql.DB) (*group, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("open the writer: %w", err)
	}
	g := &group{db: db, conn: conn, stmts: map[string]*sql.Stmt{}, waiting: make(chan *job, groupSize), done: make(chan struct{})}
	go g.run()
	return g, nil
}

// do hands work to the writer and waits until it is on disk or has failed.
func (g *group) do(ctx context.Context, do work) error {
	j := &job{ctx: ctx, do: do, answer: make(chan struct{})}
	g.mu.RLock()
	if g.closed {
		g.mu.RUnlock()
		return unavailable(errClosed)
	}
	g.waiting <- j
	g.mu.RUnlock()
	<-j.answer
	return j.err
}

func (g *group) close() error {
	g.mu.Lock()
	if g.closed {
		g.mu.Unlock()
		return nil
	}
	g.closed = true
	close(g.waiting)
	g.mu.Unlock()
	<-g.done
	return errors.Join(g.conn.Close(), g.db.Close())
}

func (g *group) run() {
	defer close(g.done)
	jobs := make([]*job, 0, groupSize)
	for first := range g.waiting {
		jobs = g.commit(g.gather(append(jobs[:0], first)))
		for _, j := range jobs {
			close(j.answer)
		}
	}
}

// gather adds what else is waiting now.
func (g *group) gather(jobs []*job) []*job {
	for len(jobs) < groupSize {
		select {
		case j, open := <-g.waiting:
			if !open {
				return jobs
			}
			jobs = append(jobs, j)
		default:
			return jobs
		}
	}
	return jobs
}

// commit runs the jobs in one transaction, and those that arrive meanwhile. A job
// that fails is undone alone; when the transaction itself fails, all have failed.
func (g *group) commit(jobs []*job) []*job {
	// A statement that a caller's context could interrupt would take its
	// neighbours with it, so the writer uses its own.
	ctx := context.Background()
	if _, err := g.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		failAll(jobs, unavailable(err))
		return jobs
	}
	for i := 0; i < len(jobs); i++ {
		if err := g.alone(ctx, jobs[i]); err != nil {
			g.giveUp(ctx, jobs, err)
			return jobs
		}
		if i == len(jobs)-1 {
			// Those about to hand over a letter get their turn: with few callers,
			// most groups would be of one, and a flush costs more than a letter.
			runtime.Gosched()
			jobs = g.gather(jobs)
		}
	}
	if _, err := g.ExecContext(ctx, "COMMIT"); err != nil {
		g.giveUp(ctx, jobs, err)
	}
	return jobs
}

// alone runs one job in its savepoint. Its own failure is the job's; what alone
// returns is a failure of the transaction.
func (g *group) alone(ctx context.Context, j *job) error {
	if j.err = j.ctx.Err(); j.err != nil {
		return nil // the caller is gone
	}
	if _, err := g.ExecContext(ctx, "SAVEPOINT job"); err != nil {
		return err
	}
	if j.err = safely(ctx, g, j.do); j.err != nil {
		if _, err := g.ExecContext(ctx, "ROLLBACK TO job"); err != nil {
			return err
		}
	}
	_, err := g.ExecContext(ctx, "RELEASE job")
	return err
}

func (g *group) giveUp(ctx context.Context, jobs []*job, cause error) {
	if _, err := g.ExecContext(ctx, "ROLLBACK"); err != nil {
		// A full disk may have rolled back already.
		cause = errors.Join(cause, err)
	}
	failAll(jobs, unavailable(cause))
}

func failAll(jobs []*job, err error) {
	for _, j := range jobs {
		j.err = err
	}
}

// stmt prepares each text once: parsing it again would cost more than running it.
func (g *group) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	if st := g.stmts[text]; st != nil {
		return st, nil
	}
	st, err := g.conn.PrepareContext(ctx, inOrder(text))
	if err == nil {
		g.stmts[text] = st
	}
	return st, err
}

// inOrder writes ? for $1, $2, … where they come in this order and once each: the
// driver looks each name up for each value, an eighth of what an INSERT costs.
func inOrder(text string) string {
	var b strings.Builder
	parts := strings.Split(text, "$")
	b.WriteString(parts[0])
	for i, part := range parts[1:] {
		after, ok := strings.CutPrefix(part, strconv.Itoa(i+1))
		if !ok || after != "" && after[0] >= '0' && after[0] <= '9' {
			return text
		}
		b.WriteString("?" + after)
	}
	return b.String()
}

// ExecContext makes the writer a querier for the work it runs.
func (g *group) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	st, err := g.stmt(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args...)
}

// QueryContext is the same for a statement that returns rows.
func (g *group) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	st, err := g.stmt(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// QueryRowContext is the same for a statement that returns one row.
func (g *group) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	st, err := g.stmt(ctx, text)
	if err != nil {
		return g.conn.QueryRowContext(ctx, text, args...) // fails the same way, at Scan
	}
	return st.QueryRowContext(ctx, args...)
}
