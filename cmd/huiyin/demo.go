package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"huiyin/citypack"
	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/bulk"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// How far the demonstration city of a data folder is; no such row: the folder is
// a real city's, and its accounts are left alone.
const (
	demoID  = "demo"
	seeding = `"seeding"`
	seeded  = `"seeded"`
)

// demonstrate fills an empty data folder with the demonstration city and prints
// its accounts; a folder that holds letters or accounts is left as it is.
func (s *server) demonstrate(ctx context.Context) error {
	if !s.config.Demo {
		return nil
	}
	totals, err := s.store.Totals(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	pack, err := citypack.Demo()
	if err != nil {
		return err
	}
	if totals.Letters > 0 || totals.Members > 0 {
		return s.again(ctx, pack.Staff, now)
	}
	if err := s.store.PutDocument(ctx, systemKind, demoID, []byte(seeding), now); err != nil {
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
	if err := s.topics(ctx, now); err != nil {
		return err
	}
	if err := s.rebuild(ctx); err != nil {
		return err
	}
	return s.store.PutDocument(ctx, systemKind, demoID, []byte(seeded), now)
}

// again opens a folder that was seeded before: its accounts get new passwords,
// because those of the last start were only printed.
func (s *server) again(ctx context.Context, members []staff.Member, now time.Time) error {
	how, err := s.store.Document(ctx, systemKind, demoID)
	switch {
	case letter.IsKind(err, letter.KindNotFound):
		fmt.Fprintf(s.command.OutOrStdout(), "数据目录 %s 里已有数据，保持原样，没有建立演示城市。\n", s.config.Data)
		return nil
	case err != nil:
		return err
	case string(how) == seeding:
		return letter.Refuse("数据目录 %s 里的演示城市没有建完。请删除这个目录，或用 --data 另选一个空目录。", s.config.Data)
	}
	return s.people(ctx, members, now)
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

// participation opens the demonstration's survey, with the forms filled in so
// far, and its interviews.
func (s *server) participation(ctx context.Context, now time.Time) error {
	p, err := citypack.DemoParticipation(now.In(s.zone))
	if err != nil {
		return err
	}
	for _, body := range p.Surveys {
		var v survey.Survey
		if err := json.Unmarshal(body, &v); err != nil {
			return fmt.Errorf("survey of the demonstration: %w", err)
		}
		if err := s.surveys.Put(ctx, v, now); err != nil {
			return err
		}
	}
	for i, a := range p.Answers {
		answer := survey.Answer{Values: a.Values, Once: s.vault.Sign("demo", fmt.Sprint(a.Survey, i))}
		if _, err := s.surveys.Answer(ctx, a.Survey, answer, a.At); err != nil {
			return fmt.Errorf("answer %d of the demonstration: %w", i+1, err)
		}
	}
	for _, body := range p.Interviews {
		var v interview.Interview
		if err := json.Unmarshal(body, &v); err != nil {
			return fmt.Errorf("interview of the demonstration: %w", err)
		}
		if err := s.interviews.Put(ctx, v, now); err != nil {
			return err
		}
	}
	return nil
}
