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

func TestABatchThatNobodyCanTakeIsNotHalved(t *testing.T) {
	unavailable := letter.Fail(letter.KindUnavailable, "检索暂时不可用。")
	if took := notHalved(t, 3, "deliveries failed", unavailable); took < 14*time.Second { // 2 + 4 + 8
		t.Errorf("four attempts after %v", took)
	}
}

// Another process builds the index anew for minutes; what meets it comes again in seconds however often it did.
func TestABatchThatMeetsOtherWorkComesAgainSoon(t *testing.T) {
	conflict := errors.Join(letter.Fail(letter.KindConflict, "搜索索引正在重建，请等它完成。"))
	if took := notHalved(t, 20, "deliveries wait", conflict); took < 95*time.Second || took > 140*time.Second { // 20 · 5, and looks
		t.Errorf("21 attempts after %v", took)
	}
}

// notHalved has a hundred events fail some times with the error before they can be handled.
func notHalved(t *testing.T, times int, told string, err error) (took time.Duration) {
	t.Helper()
	q := &queue{}
	for i := range 100 {
		q.add("index", fmt.Sprint(i))
	}
	var calls calls
	r := run(t, open(t), jobs.List{Queue: q, Batches: map[string]jobs.Batch{
		"index": func(context.Context, []letter.Delivery) error {
			if calls.add("") <= times {
				return err
			}
			return nil
		},
	}})
	r.until(t, time.Second, "all are done", func() bool { return q.open() == 0 })
	if n := calls.of(""); n != times+1 {
		t.Errorf("%d calls, want %d that failed whole and one", n, times)
	}
	if n := strings.Count(r.log.String(), told); n != times {
		t.Errorf("told %d times:\n%s", n, r.log)
	}
	return r.clock.Since(start)
}
