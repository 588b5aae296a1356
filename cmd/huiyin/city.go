package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"huiyin/citypack"
	"huiyin/internal/letter"
)

func citypackCommand() *cobra.Command {
	c := &cobra.Command{Use: "citypack", Short: "城市包：单位、规则、时限、日历、栏目", Args: noSuchCommand, RunE: help}
	c.AddCommand(
		&cobra.Command{Use: "check DIR", Short: "检查一个城市包", Args: exactly(1), RunE: checkPack},
		&cobra.Command{Use: "import DIR", Short: "用城市包替换现行规则（旧的只是停用，不删除）", Args: exactly(1), RunE: with(openData, importPack)},
		&cobra.Command{Use: "export DIR", Short: "把现行规则写成城市包", Args: exactly(1), RunE: with(openData, exportPack)})
	return c
}

func checkPack(c *cobra.Command, args []string) error {
	pack, err := citypack.Read(os.DirFS(args[0]))
	if err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "%s：单位 %d 个，规则 %d 条，时限规则 %d 条，日历 %d 年，工作人员 %d 名。没有发现问题。\n", pack.City.Name,
		len(pack.Routing.Units), len(pack.Routing.Rules), len(pack.Time.Policies), len(pack.Years), len(pack.Staff))
	return nil
}

// importPack puts the pack's rules in force and ends those it does not have.
// Members of the pack who have no account get one without a password: staff
// reset gives them one.
func importPack(c *cobra.Command, p *parts, args []string) error {
	pack, err := citypack.Read(os.DirFS(args[0]))
	if err != nil {
		return err
	}
	items, err := pack.Items()
	if err != nil {
		return err
	}
	now := time.Now()
	if err := p.replaceCity(c, items, now); err != nil {
		return err
	}
	for _, m := range pack.Staff {
		_, err := p.store.Member(c.Context(), m.Login)
		if letter.IsKind(err, letter.KindNotFound) {
			err = p.store.PutMember(c.Context(), m, now)
		}
		if err != nil {
			return err
		}
	}
	fmt.Fprintf(c.OutOrStdout(), "已启用 %s 的 %d 条规则；正在运行的服务半分钟内换用。新账号用 huiyin staff reset 设口令。\n", pack.City.Name, len(items))
	return p.tellRedating(c.Context(), c.OutOrStdout())
}

// replaceCity puts the items in force from now on. Where no letter was taken yet
// they always held, and those they replace never did: clocks go by the policies of
// their start, and letters of earlier years may be imported next.
func (p *parts) replaceCity(c *cobra.Command, items []letter.CityItem, now time.Time) error {
	from, end := now, now
	fresh, err := p.isFresh(c.Context())
	if err != nil {
		return err
	}
	if fresh {
		from, end = time.Time{}, time.UnixMilli(1)
	}
	old, err := p.store.CityItems(c.Context(), now)
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, it := range items {
		kept[it.Kind+"/"+it.ID] = true
	}
	for _, it := range old {
		if !kept[it.Kind+"/"+it.ID] {
			if err := p.store.EndCityItem(c.Context(), it.Kind, it.ID, end, now); err != nil {
				return err
			}
		}
	}
	for i := range items {
		items[i].From = from
	}
	return p.store.PutCityItems(c.Context(), items, now)
}

func exportPack(c *cobra.Command, p *parts, args []string) error {
	members, err := p.store.Members(c.Context())
	if err != nil {
		return err
	}
	if len(members) == 0 {
		// A city without people cannot be whole: its pack to start from names those of the demonstration.
		demo, err := citypack.Demo()
		if err != nil {
			return err
		}
		members = demo.Staff
	}
	files, err := p.city.Load().Pack.Files(members)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(args[0], 0o755); err != nil {
		return letter.Refuse("无法建立目录 %s。", args[0]).Because(err)
	}
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(args[0], name), body, 0o644); err != nil {
			return letter.Refuse("无法写入 %s。", name).Because(err)
		}
	}
	fmt.Fprintf(c.OutOrStdout(), "已写出 %d 个文件到 %s\n", len(files), args[0])
	return nil
}

func calendarCommand() *cobra.Command {
	c := &cobra.Command{Use: "calendar", Short: "工作日历", Args: noSuchCommand, RunE: help}
	c.AddCommand(
		&cobra.Command{Use: "import FILE", Short: "导入一年的放假安排（holiday-cn 的 JSON，或本系统的 YAML、JSON）", Args: exactly(1), RunE: with(openData, importYear)},
		&cobra.Command{Use: "status", Short: "已知道哪些年份的放假安排", Args: exactly(0), RunE: with(openData, calendarStatus)})
	return c
}

func importYear(c *cobra.Command, p *parts, args []string) error {
	body, err := os.ReadFile(args[0])
	if errors.Is(err, fs.ErrNotExist) {
		return letter.Refuse("没有文件 %s。", args[0])
	}
	if err != nil {
		return letter.Refuse("无法读取 %s。", args[0]).Because(err)
	}
	notice := citypack.Notice{Name: filepath.Base(args[0]), Body: body}
	year, err := notice.Year()
	if err != nil {
		return err
	}
	if err := citypack.ImportYear(c.Context(), p.store, year, notice, "", time.Now()); err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "已导入 %d 年：放假 %d 天，调休上班 %d 天。来源：%s\n", year.Year, len(year.Off), len(year.Work), year.Source)
	return p.tellRedating(c.Context(), c.OutOrStdout())
}

func calendarStatus(c *cobra.Command, p *parts, _ []string) error {
	calendar := p.city.Load().Clocks.Calendar
	fmt.Fprintf(c.OutOrStdout(), "日历版本 %s\n", calendar.Version())
	for _, y := range calendar.Years() {
		fmt.Fprintf(c.OutOrStdout(), "%d 年：放假 %d 天，调休上班 %d 天。来源：%s\n", y.Year, len(y.Off), len(y.Work), y.Source)
	}
	return p.tellProgress(c.Context(), c.OutOrStdout())
}
