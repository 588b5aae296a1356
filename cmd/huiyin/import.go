package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"huiyin/internal/bulk"
	"huiyin/internal/letter"
	"huiyin/internal/sheet"
)

func importCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "import FILE", Short: "导入 CSV、XLSX、JSON Lines 文件中的来信", Args: exactly(1),
		Long: "列：title、body、kind、name、phone、place、time、source_id、user；加 --published 时还有 reply、reply_time、department。\n" +
			"user 是原系统里区分来信人的代号，只保存加密后的指纹，用来数有多少人来信，不能用来联系人。\n" +
			"同一文件再导入一次不会重复。被拒绝的行逐一列出行号、列和原因，其余照常导入；有被拒绝的行时退出码为 1。",
		PreRunE: possible,
		RunE:    with(openWork, importFile),
	}
	c.Flags().Bool("published", false, "这些来信已经答复并公开，导入后直接公开（自动隐去个人信息）")
	c.Flags().String("channel", string(letter.Web), "来源渠道：web、wechat 或 hotline")
	return c
}

// possible refuses a channel or a file that is not there before a data folder
// is made.
func possible(c *cobra.Command, args []string) error {
	channel, err := c.Flags().GetString("channel")
	if err != nil {
		return err
	}
	if !letter.Channel(channel).Known() {
		return &usageError{fmt.Errorf("没有渠道“%s”，只有 web、wechat、hotline", channel)}
	}
	if _, err := os.Stat(args[0]); err != nil {
		return letter.Refuse("打不开文件 %s，请检查路径和权限。", args[0]).Because(err)
	}
	return nil
}

func importFile(c *cobra.Command, p *parts, args []string) error {
	published, err := c.Flags().GetBool("published")
	if err != nil {
		return err
	}
	channel, err := c.Flags().GetString("channel")
	if err != nil {
		return err
	}
	rows, err := sheet.Open(args[0])
	if err != nil {
		return err
	}
	run := bulk.Import{
		Intake: p.intake, Source: "file:" + filepath.Base(args[0]), Channel: letter.Channel(channel), Published: published, Zone: p.zone,
	}
	began := time.Now()
	report, err := run.Run(c.Context(), rows, progress(c))
	err = errors.Join(err, rows.Close())
	fmt.Fprintln(c.ErrOrStderr())
	tell(c, report, published, time.Since(began))
	if err != nil {
		return fmt.Errorf("导入中断，已导入的不会丢失，再运行一次会接着导入：%w", err)
	}
	if len(report.Refusals) > 0 {
		return errReported
	}
	return nil
}

// progress draws a bar on the terminal, in bytes or rows, whichever the file tells.
func progress(c *cobra.Command) func(done, total int64) {
	var bar *progressbar.ProgressBar
	return func(done, total int64) {
		if bar == nil {
			bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(c.ErrOrStderr()),
				progressbar.OptionSetDescription("导入"), progressbar.OptionSetWidth(30), progressbar.OptionThrottle(200*time.Millisecond))
		}
		// A bar that cannot be drawn must not stop the import.
		_ = bar.Set64(done)
	}
}

func tell(c *cobra.Command, r bulk.Report, published bool, took time.Duration) {
	out := c.OutOrStdout()
	where := fmt.Sprintf("（其中待派单员判断 %d 封，密件或值班 %d 封）", r.Asked, r.Sealed)
	if published {
		where = "并公开" // what is public already waits for nobody
	}
	fmt.Fprintf(out, "已导入 %d 封%s，以前已导入 %d 封，拒绝 %d 处，用时 %s。\n",
		r.Taken, where, r.Already, len(r.Refusals), took.Round(time.Millisecond))
	for _, refusal := range r.Refusals {
		fmt.Fprintln(out, refusal)
	}
}
