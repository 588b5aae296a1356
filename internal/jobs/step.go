package jobs

import (
	"context"
	"time"
)

// leastStep is by how much the machine's clock must have been set to matter; what
// time servers correct little by little stays below it.
const leastStep = 2 * time.Second

// watch notices when the machine's clock is set, by hand or by a time server,
// because tasks and leases wait for moments of that clock: set back by a day,
// they would all stand still for a day.
func (j *Jobs) watch(began time.Time) {
	defer j.loops.Done()
	tick := j.clock.NewTicker(look)
	defer tick.Stop()
	for looks := 0; ; looks++ {
		// The clock may have been set while no program ran, or between the making
		// of a wait and its writing.
		if looks%int(lease/look) == 0 {
			j.free(longest)
		}
		select {
		case <-j.stop:
			return
		case <-tick.Chan():
		}
		// Round takes away the reading of the clock that nobody sets, which Since uses.
		step := j.clock.Now().Round(0).Sub(began.Round(0)) - j.clock.Since(began)
		if step.Abs() >= leastStep {
			j.stepped(step)
			began = j.clock.Now()
		}
	}
}

// stepped begins every wait anew by the clock as it is now. A delivery that is
// free too early is made twice, which its handler must bear anyway.
func (j *Jobs) stepped(step time.Duration) {
	j.log.Warn("the machine's clock was set", "by", step)
	for _, t := range j.tasks {
		if err := j.reschedule(t); err != nil {
			j.log.Error("task is not scheduled", "task", t.Name, "error", err)
		}
	}
	if step < 0 {
		j.free(lease)
	}
}

// free gives up leases and waits that end later than any begun now could.
func (j *Jobs) free(longest time.Duration) {
	ctx, cancel := context.WithTimeout(j.ctx, patience)
	defer cancel()
	for name := range j.pokes {
		n, err := j.list.Queue.FreeDeliveries(ctx, name, j.clock.Now().Add(longest))
		if err != nil {
			j.log.Error("deliveries may wait for a clock that was set", "handler", name, "error", err)
		} else if n > 0 {
			j.log.Warn("deliveries waited for a clock that was set", "handler", name, "count", n)
			j.Poke()
		}
	}
}
