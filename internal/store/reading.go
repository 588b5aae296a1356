package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// texts are those that readers of the embedded database have parsed. They are as
// many as there are shapes of lists to look letters up by.
type texts struct {
	sync.Mutex
	stmts  map[string]*sql.Stmt // nil: being parsed, or not to be parsed
	making sync.WaitGroup
}

// stmt is the parsed text, nil the first time and until it is parsed. Whoever asks
// holds a connection, and parsing takes one of its own: were it waited for, all
// could hold one and wait for another.
func (t *texts) stmt(db *sql.DB, text string) *sql.Stmt {
	t.Lock()
	defer t.Unlock()
	st, known := t.stmts[text]
	if known {
		return st
	}
	if t.stmts == nil {
		t.stmts = map[string]*sql.Stmt{}
	}
	t.stmts[text] = nil
	t.making.Go(func() {
		st, err := db.PrepareContext(context.Background(), inOrder(text))
		if err != nil {
			return // whoever asks the text itself hears why
		}
		t.Lock()
		defer t.Unlock()
		t.stmts[text] = st
	})
	return nil
}

func (t *texts) close() (err error) {
	t.making.Wait()
	for _, st := range t.stmts {
		if st != nil {
			err = errors.Join(err, st.Close())
		}
	}
	return err
}

// parsed is a transaction whose texts come again and again: parsing one for a
// hundred numbers, and looking each parameter up by its name, costs a tenth of
// reading those letters. PostgreSQL's driver keeps texts by itself.
type parsed struct {
	*sql.Tx
	s *Store
}

func (p parsed) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if p.s.group == nil {
		return p.Tx.QueryContext(ctx, text, args...)
	}
	if st := p.s.texts.stmt(p.s.db, text); st != nil {
		return p.StmtContext(ctx, st).QueryContext(ctx, args...)
	}
	return p.Tx.QueryContext(ctx, inOrder(text), args...)
}
