package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/live"
	"huiyin/internal/vault"
)

func reindexCommand() *cobra.Command {
	return &cobra.Command{
		Use: "reindex", Short: "重建检索索引", Args: exactly(0),
		Long: "只在数据库里记下要求；正在运行的服务几秒内开始重建，没有运行时下次启动重建。重建时检索照常。",
		RunE: with(openData, func(c *cobra.Command, p *parts, _ []string) error {
			if err := p.wishForIndexes(c.Context(), time.Now()); err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout(), "已记下。正在运行的服务会在几秒内重建索引；没有运行时，下次启动重建。")
			return nil
		}),
	}
}

func verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: "核对每封信的事件链、状态和时限", Args: exactly(0),
		Long: "逐封核对：每个事件的散列和次序、私密内容的承诺、状态与时限是否与事件一致。发现问题逐条列出，退出码为 1。",
		RunE: with(openData, verify),
	}
}

// verify names every letter whose events, row or clocks do not agree.
func verify(c *cobra.Command, p *parts, _ []string) error {
	out := c.OutOrStdout()
	letters, events, faults := 0, 0, 0
	rules := p.city.Load().Clocks
	err := p.store.EachLetter(c.Context(), func(l *letter.Letter, row letter.Kept) error {
		letters++
		events += len(l.Events)
		found := l.Verify(row)
		if len(found) == 0 {
			found = rules.Verify(l)
		}
		for _, f := range found {
			faults++
			fmt.Fprintln(out, f)
		}
		return nil
	})
	if err != nil {
		return err
	}
	totals, err := p.store.Totals(c.Context())
	if err != nil {
		return err
	}
	if totals.Orphans > 0 {
		faults++
		fmt.Fprintf(out, "%d 个事件的来信不见了\n", totals.Orphans)
	}
	fmt.Fprintf(out, "核对 %d 封信、%d 个事件，发现 %d 处问题。\n", letters, events, faults)
	if faults > 0 {
		return errReported
	}
	return nil
}

func doctorCommand() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: "检查这台机器和数据目录是否可用", Args: exactly(0), RunE: doctor}
}

// doctor looks at everything a serving process needs and says what to do about
// what is missing.
func doctor(c *cobra.Command, _ []string) error {
	config, err := loadConfig(c.Flags())
	if err != nil {
		return err
	}
	out := c.OutOrStdout()
	bad := 0
	tell := func(what string, err error, good string) {
		if err != nil {
			bad++
			fmt.Fprintf(out, "✗ %s：%s\n", what, sentence(err))
			return
		}
		fmt.Fprintf(out, "✓ %s：%s\n", what, good)
	}
	p, err := openWork(c.Context(), config)
	tell("数据目录、密钥、数据库、词典", err, config.Data+"，"+config.databaseKind())
	if err != nil {
		return errReported
	}
	defer func() { err = errors.Join(err, p.close()) }()
	totals, err := p.store.Totals(c.Context())
	tell("数据", err, fmt.Sprintf("来信 %d 封（未办结 %d，已公开 %d），事件 %d，账号 %d，待投递 %d",
		totals.Letters, totals.Open, totals.Published, totals.Events, totals.Members, totals.Pending))
	tell("密钥与数据相配", keysFit(c, p), "可以解开最近一封来信的联系方式")
	tell("Redis", redisAnswers(c, config), config.redisKind())
	tell("检索", searchAnswers(c.Context(), p), config.searchKind())
	year := time.Now().In(p.zone).Year()
	calendar := p.city.Load().Clocks.Calendar
	tell("放假安排", announced(calendar.Known(year), year), fmt.Sprintf("%d 年已公布", year))
	if !calendar.Known(year + 1) {
		fmt.Fprintf(out, "· %d 年放假安排还没有导入，跨年的时限标为暂定。公布后在 /admin/calendar 导入，或者用 huiyin calendar import。\n", year+1)
	}
	if demo, err := citypack.Demo(); err != nil {
		return err
	} else if name := demo.City.Name; p.city.Load().Pack.City.Name == name {
		fmt.Fprintf(out, "· 单位、规则和时限还是演示城市%s的。本市的用 huiyin citypack import 导入。\n", name)
	}
	if totals.Members == 0 {
		fmt.Fprintln(out, "· 还没有账号。用 huiyin staff add 建立。")
	}
	if bad > 0 {
		return errReported
	}
	return nil
}

func announced(known bool, year int) error {
	if !known {
		return letter.Refuse("%d 年的放假安排没有导入，时限只按周一到周五计算。请在 /admin/calendar 导入，或者用 huiyin calendar import。", year)
	}
	return nil
}

// errFound ends the search for a letter with contact data.
var errFound = errors.New("found")

// keysFit opens one contact, so that a lost and newly made keys file is noticed
// before somebody needs to call a sender back.
func keysFit(c *cobra.Command, p *parts) error {
	err := p.store.EachLetter(c.Context(), func(l *letter.Letter, _ letter.Kept) error {
		if len(l.Contact) == 0 {
			return nil
		}
		if _, err := p.vault.Open(l.Contact); err != nil {
			return err
		}
		return errFound
	})
	if errors.Is(err, vault.ErrOtherKey) {
		return letter.Refuse("数据目录里的 keys 不是写入这些来信时的密钥。请从备份恢复 %s/keys。", p.config.Data).Because(err)
	}
	if errors.Is(err, errFound) {
		return nil
	}
	return err
}

func redisAnswers(c *cobra.Command, config Config) error {
	l, err := live.Open(c.Context(), config.Redis)
	if err != nil {
		return err
	}
	return errors.Join(l.Ping(c.Context()), l.Close())
}
