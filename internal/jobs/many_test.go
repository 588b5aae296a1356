package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"huiyin/internal/jobs"
	"huiyin/internal/letter"
)

func TestManyLettersGoTogetherAndOneBadOneHoldsUpNoOther(t *testing.T) {
	q := &queue{}
	for i := range 1000 {
		q.add("index", fmt.Sprintf("%04d", i))
	}
	q.add("index", "fails", "panics")
	var calls, good calls
	r := run(t, open(t), jobs.List{Queue: q, Batches: map[string]jobs.Batch{
		"index": func(_ context.Context, list []letter.Delivery) error {
			calls.add("")
			for _, d := range list {
				if d.Number == "fails" && good.of("fails") < 3 {
					if len(list) == 1 {
						good.add("fails")
					}
					return errors.New("no such word")
				}
				if d.Number == "panics" && d.Attempts == 0 {
					panic("nil map")
				}
			}
			for _, d := range list {
				good.add(d.Number)
			}
			return nil
		},
	}})
	r.until(t, time.Millisecond, "all but the bad are done", func() bool { return q.open() == 2 })
	if n := calls.of(""); n > 40 {
		t.Errorf("%d calls for 1,002 letters", n)
	}
	r.until(t, time.Second, "the bad are done", func() bool { return q.open() == 0 })
	if took := r.clock.Since(start); took < 14*time.Second { // 2 + 4 + 8
		t.Errorf("four attempts after %v", took)
	}
	for i := range 1000 {
		if n := good.of(fmt.Sprintf("%04d", i)); n != 1 {
			t.Fatalf("letter %d was handled %d times", i, n)
		}
	}
	for _, want := range []string{"nil map", "letter=fails", "letter=panics", "handler=index", "attempts=3"} {
		if !strings.Contains(r.log.String(), want) {
			t.Errorf("the log does not say %s:\n%s", want, r.log)
		}
	}
}

// Nobody can take it when the index is away, or when another process builds it anew.
func TestABatchThatNobodyCanTakeIsNotHalved(t *testing.T) {
	for _, kind := range []letter.ErrorKind{letter.KindUnavailable, letter.KindConflict} {
		t.Run(string(kind), func(t *testing.T) { notHalved(t, kind) })
	}
}

func notHalved(t *testing.T, kind letter.ErrorKind) {
	q := &queue{}
	for i := range 100 {
		q.add("index", fmt.Sprint(i))
	}
	var calls calls
	r := run(t, open(t), jobs.List{Queue: q, Batches: map[string]jobs.Batch{
		"index": func(context.Context, []letter.Delivery) error {
			if calls.add("") < 4 {
				return letter.Fail(kind, "检索暂时不可用。")
			}
			return nil
		},
	}})
	r.until(t, time.Second, "all are done", func() bool { return q.open() == 0 })
	if n := calls.of(""); n != 4 {
		t.Errorf("%d calls, want three that failed whole and one", n)
	}
	if took := r.clock.Since(start); took < 14*time.Second {
		t.Errorf("four attempts after %v", took)
	}
	if n := strings.Count(r.log.String(), "deliveries failed"); n != 3 {
		t.Errorf("told %d times:\n%s", n, r.log)
	}
}
