package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"huiyin/internal/jobs"
	"huiyin/internal/letter"
)

// queue is the table of deliveries as the interface describes it, in memory.
func TestEveryEventReachesItsHandler(t *testing.T) {
	q := &queue{}
	var seen calls
	handler := func(name string) jobs.Handler {
		return func(_ context.Context, d letter.Delivery) error { seen.add(name + d.Number); return nil }
	}
	for i := range 200 {
		q.add("index", string(rune('a'+i%26))+strings.Repeat("x", i))
	}
	q.add("notice", "1")
	r := run(t, open(t), jobs.List{Queue: q, Handlers: map[string]jobs.Handler{"index": handler("index"), "notice": handler("notice")}})
	r.until(t, time.Second, "all delivered", func() bool { return q.open() == 0 })
	if seen.of("notice1") != 1 || seen.of("index1") != 0 {
		t.Error("a delivery went to the wrong handler")
	}
}

func TestPokeDeliversWithoutWaiting(t *testing.T) {
	q := &queue{}
	got := make(chan string, 1)
	r := run(t, open(t), jobs.List{Queue: q, Handlers: map[string]jobs.Handler{
		"push": func(_ context.Context, d letter.Delivery) error { got <- d.Number; return nil },
	}})
	q.add("push", "1")
	r.Poke()
	r.Poke()
	select {
	case <-got: // the clock stood still
	case <-time.After(5 * time.Second):
		t.Fatal("nothing was delivered")
	}
}

func TestFailedAndPanickingDeliveriesComeAgainLater(t *testing.T) {
	q := &queue{}
	q.add("notice", "fails", "panics", "good")
	var seen calls
	r := run(t, open(t), jobs.List{Queue: q, Handlers: map[string]jobs.Handler{
		"notice": func(_ context.Context, d letter.Delivery) error {
			n := seen.add(d.Number)
			if n < 4 && d.Number == "fails" {
				return errors.New("no line")
			}
			if n < 4 && d.Number == "panics" {
				panic("nil map")
			}
			return nil
		},
	}})
	r.until(t, 100*time.Millisecond, "the good one is delivered", func() bool { return seen.of("good") == 1 })
	r.until(t, time.Second, "all are delivered", func() bool { return q.open() == 0 })
	// 2 + 4 + 8 seconds of waiting, not one attempt a second
	if took := r.clock.Since(start); took < 14*time.Second || seen.of("fails") != 4 {
		t.Errorf("four attempts after %v, %d calls", took, seen.of("fails"))
	}
	for _, want := range []string{"nil map", "letter=fails", "handler=notice", "attempts=3"} {
		if !strings.Contains(r.log.String(), want) {
			t.Errorf("the log does not say %s:\n%s", want, r.log)
		}
	}
}

func TestABrokenQueueIsLoggedOnceAndWorksAgain(t *testing.T) {
	q := &queue{broken: errors.New("database is gone")}
	r := run(t, open(t), jobs.List{Queue: q, Handlers: map[string]jobs.Handler{
		"index": func(context.Context, letter.Delivery) error { return nil },
	}})
	r.until(t, time.Second, "it is logged", func() bool { return strings.Contains(r.log.String(), "stand still") })
	for range 20 {
		r.clock.Advance(time.Second)
		time.Sleep(time.Millisecond)
	}
	q.Lock()
	q.broken = nil
	q.Unlock()
	r.until(t, time.Second, "it goes on", func() bool { return strings.Contains(r.log.String(), "go on") })
	if n := strings.Count(r.log.String(), "stand still"); n != 1 {
		t.Errorf("logged %d times", n)
	}
}

func TestTasksRunOnTheirIntervalAndPanicsEndNothing(t *testing.T) {
	var seen calls
	r := run(t, open(t), jobs.List{Tasks: []jobs.Task{
		{Name: "sweep", Every: 10 * time.Second, Run: func(context.Context, time.Time) error { seen.add("sweep"); return nil }},
		{Name: "bad", Every: 10 * time.Second, Run: func(context.Context, time.Time) error { seen.add("bad"); panic("boom") }},
		{Name: "worse", Every: 10 * time.Second, Run: func(context.Context, time.Time) error { return errors.New("refused") }},
	}})
	r.until(t, 5*time.Second, "three sweeps", func() bool { return seen.of("sweep") >= 3 && seen.of("bad") >= 3 })
	for _, want := range []string{"boom", "task=bad", "refused", "task=worse"} {
		if !strings.Contains(r.log.String(), want) {
			t.Errorf("the log does not say %s", want)
		}
	}
}

func TestCronTimesAreTheCitys(t *testing.T) {
	at := make(chan time.Time, 8)
	r := run(t, open(t), jobs.List{Tasks: []jobs.Task{
		{Name: "daily", Cron: "30 9 * * *", Run: func(_ context.Context, now time.Time) error { at <- now; return nil }},
	}})
	var ran time.Time
	r.until(t, time.Minute, "it runs", func() bool {
		select {
		case ran = <-at:
			return true
		default:
			return false
		}
	})
	due := start.Add(30 * time.Minute)
	if ran.Before(due) || ran.After(due.Add(5*time.Minute)) {
		t.Errorf("ran at %v, due %v", ran, due)
	}
}

func TestOneCopyRunsATaskInEachSlot(t *testing.T) {
	var seen calls
	s, clock := open(t), clockwork.NewFakeClockAt(start.Add(3*time.Second))
	list := jobs.List{Tasks: []jobs.Task{{Name: "sweep", Every: time.Minute, Run: func(_ context.Context, now time.Time) error {
		seen.add(now.Truncate(time.Minute).Format("15:04"))
		seen.add("all")
		return nil
	}}}}
	runAt(t, s, list, clock)
	runAt(t, s, list, clock)
	r := runAt(t, s, list, clock)
	r.until(t, 5*time.Second, "five slots", func() bool { return seen.of("all") >= 5 })
	seen.Lock()
	defer seen.Unlock()
	for slot, n := range seen.n {
		if slot != "all" && n != 1 {
			t.Errorf("slot %s was run %d times", slot, n)
		}
	}
}

func TestTasksOfEachCopyRunInAll(t *testing.T) {
	var one, two calls
	s, clock := open(t), clockwork.NewFakeClockAt(start)
	task := func(c *calls) jobs.List {
		return jobs.List{Tasks: []jobs.Task{{Name: "city", Every: 10 * time.Second, Everywhere: true,
			Run: func(context.Context, time.Time) error { c.add("city"); return nil }}}}
	}
	runAt(t, s, task(&one), clock)
	r := runAt(t, s, task(&two), clock)
	r.until(t, 5*time.Second, "both ran thrice", func() bool { return one.of("city") >= 3 && two.of("city") >= 3 })
}

type deadSlots struct{}

func (deadSlots) Slot(context.Context, string, string, time.Duration) (bool, error) {
	return false, errors.New("redis is gone")
}

func TestTasksRunWhenRedisDoesNotAnswer(t *testing.T) {
	var seen calls
	r := run(t, deadSlots{}, jobs.List{Tasks: []jobs.Task{
		{Name: "sweep", Every: 10 * time.Second, Run: func(context.Context, time.Time) error { seen.add("sweep"); return nil }},
	}})
	r.until(t, 5*time.Second, "it runs", func() bool { return seen.of("sweep") > 0 })
}

func TestStopWaitsForWhatIsUnderWay(t *testing.T) {
	q := &queue{}
	q.add("index", "1", "2")
	began, release := make(chan struct{}), make(chan struct{})
	j, err := jobs.New(jobs.List{Queue: q, Handlers: map[string]jobs.Handler{
		"index": func(context.Context, letter.Delivery) error { close(began); <-release; return nil },
	}}, open(t), slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	j.Start()
	<-began
	stopped := make(chan error, 1)
	go func() { stopped <- j.Stop(context.Background()) }()
	select {
	case <-stopped:
		t.Fatal("stopped while a handler ran")
	case <-time.After(50 * time.Millisecond):
	}
	close(release)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	if q.open() != 1 {
		t.Errorf("%d open: the one under way is finished, the next not begun", q.open())
	}
}

func TestStopCancelsWhatDoesNotEnd(t *testing.T) {
	q := &queue{}
	q.add("index", "1")
	began, cancelled := make(chan struct{}), make(chan struct{})
	j, err := jobs.New(jobs.List{Queue: q, Handlers: map[string]jobs.Handler{
		"index": func(ctx context.Context, _ letter.Delivery) error {
			close(began)
			<-ctx.Done()
			close(cancelled)
			return ctx.Err()
		},
	}}, open(t), slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	j.Start()
	<-began
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := j.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	<-cancelled
	if q.open() != 1 {
		t.Error("what was cut off counts as done")
	}
}

func TestListsThatCannotRunAreRefused(t *testing.T) {
	nothing := func(context.Context, time.Time) error { return nil }
	for why, task := range map[string]jobs.Task{
		"no name":     {Every: time.Second, Run: nothing},
		"no work":     {Name: "x", Every: time.Second},
		"no schedule": {Name: "x", Run: nothing},
		"two":         {Name: "x", Every: time.Second, Cron: "* * * * *", Run: nothing},
		"bad cron":    {Name: "x", Cron: "61 * * * *", Run: nothing},
	} {
		if _, err := jobs.New(jobs.List{Tasks: []jobs.Task{task}}, deadSlots{}, slog.New(slog.DiscardHandler), nil); err == nil {
			t.Errorf("%s: accepted", why)
		}
	}
}
