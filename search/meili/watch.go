package meili

import (
	"context"
	"time"

	"github.com/meilisearch/meilisearch-go"
)

// watch looks once a second whether another process has written, or whether a server that was not there is again.
func (x *Index) watch() {
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		select {
		case <-x.ctx.Done():
			return
		case <-ticker.C:
			x.lookAround(x.ctx)
		}
	}
}

// lookAround leaves errors to whoever asks next: each search reports the same.
func (x *Index) lookAround(ctx context.Context) {
	if x.connect(ctx) != nil {
		return
	}
	var newest int64
	err := x.server.ask(ctx, func(ctx context.Context) error {
		found, err := x.server.write.GetTasksWithContext(ctx, &meilisearch.TasksQuery{
			Limit: 1, IndexUIDS: []string{lettersUID, nextUID}, Statuses: []meilisearch.TaskStatus{meilisearch.TaskStatusSucceeded},
		})
		if err == nil && len(found.Results) > 0 {
			newest = found.Results[0].UID
		}
		return err
	})
	if err != nil || !x.seen(newest) {
		return
	}
	x.grow()
	_ = x.Reread(ctx)
}

// Reread learns how the index on the server is cut, and takes that over where it is what the last Use asked for: another
// process may have built it since.
func (x *Index) Reread(ctx context.Context) error {
	if err := x.connect(ctx); err != nil {
		return err
	}
	if err := x.readEdition(ctx); err != nil || !x.stale.Load() {
		return x.lost(err)
	}
	if err := x.writing.take(ctx); err != nil {
		return err
	}
	defer x.writing.free()
	return x.lost(x.adopt(ctx))
}

// seen notes a task that has ended; it says whether it is newer than any known.
func (x *Index) seen(uid int64) bool {
	for {
		known := x.newest.Load()
		if uid <= known {
			return false
		}
		if x.newest.CompareAndSwap(known, uid) {
			return true
		}
	}
}
