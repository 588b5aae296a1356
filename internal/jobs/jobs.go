// Package jobs is the one list of all background work and what runs it: events handed to their handlers, and tasks on a schedule.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
	_ "time/tzdata" // a server without zone files must still know Shanghai

	"github.com/go-co-op/gocron/v2"
	"github.com/jonboulle/clockwork"

	"huiyin/internal/letter"
)

// List is all background work of a running program.
type List struct {
	Queue    Queue
	Handlers map[string]Handler // by the handler's name in the deliveries
	Batches  map[string]Batch   // likewise; a name stands in one of the two
	Tasks    []Task
	Zone     *time.Location // of cron times; nil: Asia/Shanghai
}

// Handler does what one event asks for. It is called at least once for each
// event, so it must be harmless the second time.
type Handler func(ctx context.Context, d letter.Delivery) error

// Batch does what many events ask for at once, for handlers that need about as long for many as for one. The same goes
// for it as for Handler. When it fails, the list comes in halves, so that one letter that cannot be handled holds up no
// other; all that an error of kind unavailable or conflict says is that none could be handled now. After a conflict, other
// work that was in the way, they come again soon.
type Batch func(ctx context.Context, list []letter.Delivery) error

// Slots lets one copy of the program take a slot of a job: true for the first
// that asks. *live.Live is one.
type Slots interface {
	Slot(ctx context.Context, job, slot string, ttl time.Duration) (bool, error)
}

// Jobs runs a List.
type Jobs struct {
	list      List
	slots     Slots
	log       *slog.Logger
	clock     clockwork.Clock
	scheduler gocron.Scheduler
	tasks     []scheduled
	pokes     map[string]chan struct{} // by handler

	ctx    context.Context // of all work; ends when Stop runs out of patience
	cancel context.CancelFunc
	stop   chan struct{}
	loops  sync.WaitGroup
}

// New checks the list and makes ready to run it. A nil clock is the real one.
func New(list List, slots Slots, log *slog.Logger, clock clockwork.Clock) (*Jobs, error) {
	if clock == nil {
		clock = clockwork.NewRealClock()
	}
	if list.Zone == nil {
		zone, err := time.LoadLocation("Asia/Shanghai")
		if err != nil {
			return nil, fmt.Errorf("load zone: %w", err)
		}
		list.Zone = zone
	}
	scheduler, err := gocron.NewScheduler(gocron.WithClock(clock), gocron.WithLocation(list.Zone), gocron.WithStopTimeout(time.Minute))
	if err != nil {
		return nil, fmt.Errorf("make scheduler: %w", err)
	}
	j := &Jobs{list: list, slots: slots, log: log, clock: clock, scheduler: scheduler,
		pokes: map[string]chan struct{}{}, stop: make(chan struct{})}
	j.ctx, j.cancel = context.WithCancel(context.Background())
	for name := range j.ways() {
		j.pokes[name] = make(chan struct{}, 1)
	}
	for _, t := range list.Tasks {
		if err := j.schedule(t); err != nil {
			j.cancel()
			return nil, errors.Join(fmt.Errorf("task %s: %w", t.Name, err), scheduler.Shutdown())
		}
	}
	return j, nil
}

// Start begins the work and returns.
func (j *Jobs) Start() {
	for name, w := range j.ways() {
		j.loops.Add(1)
		go j.deliver(name, w, j.pokes[name])
	}
	j.scheduler.Start()
	j.loops.Add(1)
	go j.watch(j.clock.Now())
}

// Poke says that there are new deliveries, so that they need not wait for the
// next look. It never blocks.
func (j *Jobs) Poke() {
	for _, poke := range j.pokes {
		select {
		case poke <- struct{}{}:
		default:
		}
	}
}

// Stop takes up no more work and waits for what is under way. When ctx ends
// first, what is under way is cancelled and ctx's error returned; unfinished
// deliveries come again after their lease.
func (j *Jobs) Stop(ctx context.Context) error {
	close(j.stop)
	defer j.cancel()
	done := make(chan error, 1)
	go func() {
		err := j.scheduler.Shutdown()
		j.loops.Wait()
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("background work did not end: %w", ctx.Err())
	}
}

// guarded runs work and turns a panic into an error, because one bad letter must
// not end the program.
func guarded(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return work()
}
