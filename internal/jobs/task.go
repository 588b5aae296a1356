package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/go-co-op/gocron/v2"
)

// Task is work on a schedule: every so often, or at the times of a cron line of
// five fields in the list's zone. With several copies of the program running,
// one of them does it in each slot; it must be harmless in two, since the work
// goes on when Redis does not answer.
type Task struct {
	Name  string
	Every time.Duration
	Cron  string
	Run   func(ctx context.Context, now time.Time) error
	// Everywhere tasks are done by every copy: they concern its own memory.
	Everywhere bool
}

// scheduled is a task as the scheduler knows it.
type scheduled struct {
	Task
	job gocron.Job
}

func (j *Jobs) schedule(t Task) error {
	when, options, err := j.when(t)
	if err != nil {
		return err
	}
	job, err := j.scheduler.NewJob(when, gocron.NewTask(j.run, t), options...)
	if err != nil {
		return err
	}
	j.tasks = append(j.tasks, scheduled{t, job})
	return nil
}

// reschedule finds the next moment of a task anew.
func (j *Jobs) reschedule(s scheduled) error {
	when, options, err := j.when(s.Task)
	if err != nil {
		return err
	}
	_, err = j.scheduler.Update(s.job.ID(), when, gocron.NewTask(j.run, s.Task), options...)
	return err
}

func (j *Jobs) when(t Task) (gocron.JobDefinition, []gocron.JobOption, error) {
	options := []gocron.JobOption{gocron.WithName(t.Name), gocron.WithSingletonMode(gocron.LimitModeReschedule)}
	switch {
	case t.Name == "" || t.Run == nil:
		return nil, nil, errors.New("it needs a name and something to run")
	case t.Every > 0 && t.Cron == "":
		// Starting on a multiple of the interval makes all copies fire in the same slot.
		first := j.clock.Now().Truncate(t.Every).Add(t.Every)
		return gocron.DurationJob(t.Every), append(options, gocron.WithStartAt(gocron.WithStartDateTime(first))), nil
	case t.Cron != "" && t.Every == 0:
		return gocron.CronJob(t.Cron, false), options, nil
	}
	return nil, nil, errors.New("it needs either an interval or a cron line")
}

// run does a task unless another copy of the program took the slot.
func (j *Jobs) run(t Task) {
	select {
	case <-j.stop:
		return
	default:
	}
	now := j.clock.Now()
	mine, err := j.mine(t, now)
	if err != nil {
		// Legal clocks do not wait for Redis: better done twice than not at all.
		j.log.Warn("task runs without its slot", "task", t.Name, "error", err)
		mine = true
	}
	if !mine {
		return
	}
	if err := guarded(func() error { return t.Run(j.ctx, now) }); err != nil {
		j.log.Error("task failed", "task", t.Name, "error", err)
	}
}

// mine says whether this copy does the task in its present slot.
func (j *Jobs) mine(t Task, now time.Time) (bool, error) {
	if t.Everywhere {
		return true, nil
	}
	slot, ttl := t.slot(now)
	return j.slots.Slot(j.ctx, t.Name, slot, ttl)
}

// slot names the turn that now belongs to, and how long it must stay taken: well
// past the slot's end, for copies whose clocks are behind.
func (t Task) slot(now time.Time) (name string, ttl time.Duration) {
	length := t.Every
	if t.Cron != "" {
		length = time.Minute // a cron line fires at most once a minute
	}
	// To the nearest slot, because a timer may fire a little early or late.
	turn := now.UTC().Add(length / 2).Truncate(length)
	return turn.Format("2006-01-02T15:04:05.000"), 2*length + time.Minute
}
