package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// readingTime is how long every replica has had to read new rules before letters
// are brought to them: one that still counts by the old ones would file new
// letters that re-dating has passed by.
const readingTime = 45 * time.Second

func (p *parts) redater() *casework.Redater {
	me := "serve"
	if !p.store.Embedded() { // replicas are possible; an embedded database has one serving process, which goes on at once
		host, err := os.Hostname()
		if err != nil {
			host = "?" // the process id still tells replicas of one machine apart
		}
		me = fmt.Sprintf("%s:%d", host, os.Getpid())
	}
	return &casework.Redater{Letters: p.store, Progress: p.store, City: p.casework.City, Now: time.Now, Me: me}
}

// redate brings the open letters to a changed calendar or changed policies.
func (s *server) redate(ctx context.Context, now time.Time) error {
	changed, err := time.Parse(cityVersion, s.city.Load().Version)
	if err != nil {
		return fmt.Errorf("version of the city: %w", err)
	}
	if s.config.Redis != "" && now.Before(changed.Add(readingTime)) {
		return nil
	}
	p, err := s.redater().Run(ctx)
	if p.Moved > 0 {
		err = errors.Join(err, s.live.Publish(ctx, "desk", string(letter.Redating)))
	}
	if p.Looked > 0 {
		s.log.Info("open letters re-dated", "looked", p.Looked, "moved", p.Moved, "failed", p.Failed, "took", time.Since(p.Started).Round(time.Millisecond))
	}
	return err
}

// redateFresh notes in a folder without letters that there is nothing to re-date, or the first letters would be looked
// at for the sake of rules that were always theirs.
func (s *server) redateFresh(ctx context.Context) error {
	fresh, err := s.isFresh(ctx)
	if err != nil || !fresh {
		return err
	}
	return s.redate(ctx, time.Now())
}

// tellRedating says after a change of the rules what will happen to open letters.
func (p *parts) tellRedating(ctx context.Context, out io.Writer) error {
	n, err := p.store.CountOpen(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "未办结的来信 %d 封将逐封重算时限：由正在运行的服务在后台进行，没有运行时下次启动进行。已经告知的期限不会提前，已过的期限不变。\n", n)
	return nil
}

// tellProgress says how far the newest re-dating is.
func (p *parts) tellProgress(ctx context.Context, out io.Writer) error {
	r, ok, err := casework.ReadRedating(ctx, p.store)
	if err != nil || !ok {
		return err
	}
	state := "正在重算"
	switch {
	case r.Rules != p.city.Load().Clocks.Version():
		state = "等待按现行规则重算；上一次"
	case !r.Done.IsZero():
		state = "已于 " + r.Done.In(p.zone).Format("2006-01-02 15:04") + " 重算完"
	}
	fmt.Fprintf(out, "未办结来信的时限：%s，看了 %d 封，变动 %d 封。\n", state, r.Looked, r.Moved)
	return nil
}

// isFresh says that no letter was ever taken, so that no rule has held for one yet.
func (p *parts) isFresh(ctx context.Context) (bool, error) {
	err := p.store.EachLetter(ctx, func(*letter.Letter, letter.Kept) error { return errFound })
	if errors.Is(err, errFound) {
		return false, nil
	}
	return err == nil, err
}
