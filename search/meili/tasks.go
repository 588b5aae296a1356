package meili

import (
	"context"
	"fmt"
	"time"

	"github.com/meilisearch/meilisearch-go"
)

// A task is looked at after the first of these waits, then ever more seldom up to the last.
const (
	firstLook = 5 * time.Millisecond
	lastLook  = 250 * time.Millisecond
)

// failure is a task that ended otherwise than well. The server tells it in the task alone: the request that made it went
// well, and so does the client's waiting.
type failure struct {
	task   int64
	status meilisearch.TaskStatus
	code   string
}

func (f *failure) Error() string {
	return fmt.Sprintf("meilisearch: task %d %s: %s", f.task, f.status, f.code)
}

// do asks for a change and waits until it can be seen.
func (x *Index) do(ctx context.Context, change func(context.Context) (*meilisearch.TaskInfo, error)) error {
	var made *meilisearch.TaskInfo
	err := x.server.tell(ctx, func(ctx context.Context) (err error) {
		made, err = change(ctx)
		return err
	})
	if err != nil {
		return err
	}
	return x.finished(ctx, made.TaskUID)
}

// finished waits for the end of a task and gives its failure. The context bounds it: behind a long import of somebody
// else a task waits for minutes.
func (x *Index) finished(ctx context.Context, uid int64) error {
	for wait := firstLook; ; wait = min(2*wait, lastLook) {
		var task *meilisearch.Task
		err := x.server.tell(ctx, func(ctx context.Context) (err error) {
			task, err = x.server.write.GetTaskWithContext(ctx, uid)
			return err
		})
		if err != nil {
			return err
		}
		switch task.Status {
		case meilisearch.TaskStatusSucceeded:
			x.seen(uid)
			return nil
		case meilisearch.TaskStatusEnqueued, meilisearch.TaskStatusProcessing:
		default:
			x.seen(uid)
			return &failure{task: uid, status: task.Status, code: task.Error.Code}
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
}
