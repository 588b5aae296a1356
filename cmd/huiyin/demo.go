package main

import (
	"context"
	"fmt"
	"time"

	"huiyin/citypack"
	"huiyin/internal/bulk"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// demonstrate fills an empty data folder with the demonstration city and prints
// its accounts; a folder that holds letters is left as it is.
func (s *server) demonstrate(ctx context.Context) error {
	if !s.config.Demo {
		return nil
	}
	totals, err := s.store.Totals(ctx)
	if err != nil || totals.Letters > 0 {
		return err
	}
	now := time.Now()
	pack, err := citypack.Demo()
	if err != nil {
		return err
	}
	if err := s.people(ctx, pack.Staff, now); err != nil {
		return err
	}
	if err := s.stories(ctx, pack, now); err != nil {
		return err
	}
	if err := s.participation(ctx, now); err != nil {
		return err
	}
	if _, err := s.casework.Sweep(ctx, now); err != nil {
		return err
	}
	return s.rebuild(ctx)
}

// people makes the accounts with passwords that are new at every start.
func (s *server) people(ctx context.Context, members []staff.Member, now time.Time) error {
	out := s.command.OutOrStdout()
	fmt.Fprintln(out, "演示账号（口令每次启动重新生成）：")
	for _, m := range members {
		password := staff.NewPassword()
		hash, err := staff.HashPassword(password)
		if err != nil {
			return err
		}
		m.PasswordHash = hash
		if err := s.store.PutMember(ctx, m, now); err != nil {
			return err
		}
		fmt.Fprintf(out, "  %-10s %s  %s（%s）\n", m.Login, password, m.RoleWords(), s.city.Load().Router.Name(m.Unit))
	}
	return nil
}

func (s *server) stories(ctx context.Context, pack *citypack.Pack, now time.Time) error {
	stories, err := citypack.DemoStories()
	if err != nil {
		return err
	}
	cast := *s.city.Load()
	cast.Pack = pack // the rows hold no members
	t := bulk.Teller{
		Start: now, Intake: s.intake, Casework: s.casework,
		Take: func(ctx context.Context, work *casework.Service, l bulk.Standing, step letter.Step, in casework.Input) (string, error) {
			by := cast.Cast(step, l.Unit, l.Guard, l.Avoid)
			_, err := work.Take(ctx, l.Number, step, by, in)
			return by.Login, err
		},
	}
	return t.Tell(ctx, stories, func(int) {})
}
